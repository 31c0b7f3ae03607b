"""What the clients need for their first request and not before; each name is loaded when it is first used."""

from __future__ import annotations

from blackkonnect_sms._lazily import found_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import timeout
    from collections.abc import AsyncIterable, Collection, Iterable
    from functools import partial
    from importlib.util import find_spec
    from inspect import iscoroutinefunction
    from ipaddress import ip_address
    from urllib.parse import urlsplit

    from blackkonnect_sms_api.models import BulkSmsMessageRequest

    from blackkonnect_sms._bulk_results import joined
    from blackkonnect_sms._deadlines import Patience, obey, overdue
    from blackkonnect_sms._fast import AsyncFastClient, FastClient
    from blackkonnect_sms._hooks import beside, beside_async, checked_hooks
    from blackkonnect_sms._http import http
    from blackkonnect_sms._limits import hooks, hooks_async
    from blackkonnect_sms._loops import ClientPerLoop
    from blackkonnect_sms._opening import arguments_of, auth_of, core_of, fast_arguments_of
    from blackkonnect_sms._splitting import check_size, pack, pack_async, packer_for, split
    from blackkonnect_sms.bulks import AsyncBulkSends, BulkSends, check_concurrency
    from blackkonnect_sms.messages import bulk_request, message_request
    from blackkonnect_sms.retry import RetryPolicy

_OURS = {
    "_bulk_results": ("joined",),
    "_deadlines": ("Patience", "obey", "overdue"),
    "_fast": ("AsyncFastClient", "FastClient"),
    "_hooks": ("beside", "beside_async", "checked_hooks"),
    "_http": ("http",),
    "_limits": ("hooks", "hooks_async"),
    "_loops": ("ClientPerLoop",),
    "_opening": ("arguments_of", "auth_of", "core_of", "fast_arguments_of"),
    "_splitting": ("check_size", "pack", "pack_async", "packer_for", "split"),
    "bulks": ("AsyncBulkSends", "BulkSends", "check_concurrency"),
    "messages": ("bulk_request", "message_request"),
    "retry": ("RetryPolicy",),
}
_WHERE = {
    **{name: f"blackkonnect_sms.{module}" for module, names in _OURS.items() for name in names},
    **dict.fromkeys(("AsyncIterable", "Collection", "Iterable"), "collections.abc"),
    "partial": "functools",
    "timeout": "asyncio",
    "find_spec": "importlib.util",
    "iscoroutinefunction": "inspect",
    "ip_address": "ipaddress",
    "urlsplit": "urllib.parse",
    "BulkSmsMessageRequest": "blackkonnect_sms_api.models",
}

__getattr__, __dir__ = found_in(__name__, _WHERE)

__all__ = [
    "AsyncBulkSends",
    "AsyncFastClient",
    "AsyncIterable",
    "BulkSends",
    "BulkSmsMessageRequest",
    "ClientPerLoop",
    "Collection",
    "FastClient",
    "Iterable",
    "Patience",
    "RetryPolicy",
    "arguments_of",
    "auth_of",
    "beside",
    "beside_async",
    "bulk_request",
    "check_concurrency",
    "check_size",
    "checked_hooks",
    "core_of",
    "fast_arguments_of",
    "find_spec",
    "hooks",
    "hooks_async",
    "http",
    "ip_address",
    "iscoroutinefunction",
    "joined",
    "message_request",
    "obey",
    "overdue",
    "pack",
    "pack_async",
    "packer_for",
    "partial",
    "split",
    "timeout",
    "urlsplit",
]
