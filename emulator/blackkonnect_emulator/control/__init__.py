"""The control API, below `/_emulator/`: what tests and people do with the emulator beside its operations."""

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

from blackkonnect_emulator.control import clocks, data, logs, messages, rules, tenants, waiting
from blackkonnect_emulator.control.answering import ControlEndpoint, Handler, route
from blackkonnect_emulator.control.description import describe, health
from blackkonnect_emulator.control.events import events

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway

__all__ = ["BASE", "ENDPOINTS", "routes"]

BASE = "/_emulator/"

# A path with a word stands before one with a parameter in its place.
ENDPOINTS = tuple(
    ControlEndpoint(method, f"{BASE}{path}", handler)
    for method, path, handler in (
        ("GET", "", describe),
        ("GET", "health", health),
        ("POST", "reset", data.reset),
        ("POST", "seed", data.seed),
        ("GET", "clock", clocks.tell_clock),
        ("POST", "clock", clocks.set_clock),
        ("GET", "faults", rules.list_faults),
        ("POST", "faults", rules.add_fault),
        ("DELETE", "faults", rules.clear_faults),
        ("GET", "faults/{number}", rules.show_fault),
        ("DELETE", "faults/{number}", rules.remove_fault),
        ("GET", "outcomes", rules.list_outcomes),
        ("POST", "outcomes", rules.add_outcome),
        ("DELETE", "outcomes", rules.clear_outcomes),
        ("GET", "outcomes/{number}", rules.show_outcome),
        ("DELETE", "outcomes/{number}", rules.remove_outcome),
        ("GET", "tenants", tenants.list_tenants),
        ("GET", "tenants/{name:path}", tenants.show_tenant),
        ("PUT", "tenants/{name:path}", tenants.put_tenant),
        ("DELETE", "tenants/{name:path}", tenants.remove_tenant),
        ("GET", "messages", messages.list_messages),
        ("GET", "messages/wait", waiting.wait_for_message),
        ("GET", "messages/{number}", messages.show_message),
        ("POST", "messages/{number}/receipt", messages.take_operator_receipt),
        ("GET", "requests", logs.list_requests),
        ("DELETE", "requests", logs.clear_requests),
        ("GET", "receipts", logs.list_receipts),
        ("GET", "events", events),
    )
)
"""Every method of every path."""


def routes(gateway: "Gateway") -> list[BaseRoute]:
    """List the routes of the control API.

    Args:
        gateway: What is controlled.
    """
    by_path: dict[str, dict[str, Handler]] = {}
    for endpoint in ENDPOINTS:
        by_path.setdefault(endpoint.path, {})[endpoint.method] = endpoint.handler
    return [route(gateway, path, handlers) for path, handlers in by_path.items()]
