# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
"""A client library for accessing Blackkonnect SMS"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from .client import AuthenticatedClient, Client


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import client

    value = globals()[name] = getattr(client, name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = (
    "AuthenticatedClient",
    "Client",
)
