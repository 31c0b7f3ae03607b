"""The Blackkonnect SMS gateway on a laptop.

`create_app` makes an ASGI application, `running` serves one in a thread of this process and `serve`
until it is stopped. What goes over the wire is read from the built document of an edition; this
package imports neither the client nor its generated code.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blackkonnect_emulator.app import Emulator, create_app
    from blackkonnect_emulator.clock import Clock, ManualClock, RealClock, ScaledClock
    from blackkonnect_emulator.database import DatabaseError
    from blackkonnect_emulator.document import DocumentError
    from blackkonnect_emulator.server import ListenError, Running, running, serve
    from blackkonnect_emulator.settings import Settings, SettingsError

__all__ = [
    "Clock",
    "DatabaseError",
    "DocumentError",
    "Emulator",
    "ListenError",
    "ManualClock",
    "RealClock",
    "Running",
    "ScaledClock",
    "Settings",
    "SettingsError",
    "create_app",
    "running",
    "serve",
]

_HOMES = {
    "Clock": "clock",
    "DatabaseError": "database",
    "DocumentError": "document",
    "Emulator": "app",
    "ListenError": "server",
    "ManualClock": "clock",
    "RealClock": "clock",
    "Running": "server",
    "ScaledClock": "clock",
    "Settings": "settings",
    "SettingsError": "settings",
    "create_app": "app",
    "running": "server",
    "serve": "server",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute can be anything
    """Import what is asked for when it is asked for, so that importing the package costs nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
