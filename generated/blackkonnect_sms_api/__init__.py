# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
"""A client library for accessing Blackkonnect SMS"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
