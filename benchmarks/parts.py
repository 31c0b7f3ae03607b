"""Which part of the emulator a stack of calls belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

SERVER = "HTTP server, event loop"
DISPATCH = "finding the operation"
AUTHENTICATION = "authentication"
READING = "reading headers and body"
VALIDATION = "validation"
ACCEPTING = "operation: plan, ids, parts"
STORING = "storing"
HANDING = "handing over to the store"
OBSERVING = "journal, changes, faults, receipts"
ANSWERING = "writing the answer"
REST = "the rest"

PARTS = (
    SERVER,
    DISPATCH,
    AUTHENTICATION,
    READING,
    VALIDATION,
    ACCEPTING,
    HANDING,
    STORING,
    OBSERVING,
    ANSWERING,
    REST,
)

# The emulator's modules by part; others are the rest, which the report names so that they get a line here.
_MODULES = {
    SERVER: "connection server exchange request_reader watch connection_limits",
    DISPATCH: "app endpoint heads routing asgi host",
    AUTHENTICATION: "authentication tokens tenants remembered_tenants",
    READING: "body form_body json_body media_type parameters headers",
    VALIDATION: "validation rules",
    ACCEPTING: "operations ids clock lifecycle segmentation delivery_window timestamps statuses profile"
    " agenda outcomes outcome_kinds outcome_rules rule_book",
    STORING: "store database acceptance records queries send_queue file_lock",
    OBSERVING: "journal changes faults fault_rules fault_kinds receipts trial",
    ANSWERING: "answers problems wording",
}
_PART_BY_MODULE = {module: part for part, modules in _MODULES.items() for module in modules.split()}
# A frame of the standard library belongs to whoever called it.
_OURS = re.compile(r"/blackkonnect_emulator/(\w+)")
_SERVERS = re.compile(r"/(?:uvicorn|uvloop|httptools)/|/asyncio/")
_COMMITS = re.compile(r"_transaction .*/blackkonnect_emulator/worker")
_FRAMEWORK = re.compile(r"/starlette/")
_FUNCTION = re.compile(r"^(?P<name>.*) \((?P<file>.*?)(?::\d+)?\)$")


def part_of(stack: Sequence[str]) -> str:
    """Tell the part that the innermost frame with a part is in.

    Args:
        stack: The frames as py-spy writes them, outermost first.
    """
    for frame in reversed(stack):
        if ours := _OURS.search(frame):
            return _part(ours[1], stack)
        if _SERVERS.search(frame):
            return SERVER
        if _FRAMEWORK.search(frame):
            return DISPATCH
    return REST


def _part(module: str, stack: Sequence[str]) -> str:
    if module == "worker":
        # The same file has the side that asks, the side that does, and the side that tells.
        return STORING if any(_COMMITS.search(inner) for inner in stack) else HANDING
    return _PART_BY_MODULE.get(module, REST)


def module_of(stack: Sequence[str]) -> str:
    """Tell the emulator's innermost module in a stack, or nothing."""
    for frame in reversed(stack):
        if ours := _OURS.search(frame):
            return ours[1]
    return ""


def function_of(stack: Sequence[str]) -> str:
    """Tell the innermost function and its file's name."""
    if found := _FUNCTION.match(stack[-1]):
        return f"{found['name']} ({'/'.join(found['file'].split('/')[-2:])})"
    return stack[-1]
