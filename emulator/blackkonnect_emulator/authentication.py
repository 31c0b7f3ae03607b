"""Whose request it is."""

from collections.abc import Sequence

from blackkonnect_emulator.document import Operation
from blackkonnect_emulator.problems import Problem
from blackkonnect_emulator.tenants import Tenant, Tenants
from blackkonnect_emulator.tokens import TokenRefused, Tokens


def bearer_token(operation: Operation, authorizations: Sequence[str]) -> str | None:
    """Tell the token of a request, by RFC 6750, section 2.1; `None` where there is none and none is needed.

    Args:
        operation: What is asked for.
        authorizations: The values of the request's Authorization headers.

    Raises:
        Problem: 401: there is no token where one is needed, or something else instead of one.
    """
    if not operation.takes_token:
        return None
    if not authorizations:
        if operation.needs_token:
            raise _unauthorized("A bearer token is needed.", "Bearer")
        return None
    scheme, _, token = authorizations[0].strip(" \t").partition(" ")
    if len(authorizations) > 1 or scheme.lower() != "bearer":
        raise _unauthorized("The Authorization header must hold one bearer token.", "Bearer")
    return token.strip(" ")


def tenant_of(token: str | None, tokens: Tokens, tenants: Tenants) -> tuple[Tenant, int]:
    """Tell the tenant of a request, and the time by its clock.

    Args:
        token: What `bearer_token` told.
        tokens: Knows the tokens.
        tenants: Knows who asks without one.

    Raises:
        Problem: 401: the token is not valid; it is never passed over, even where none is needed.
    """
    if token is None:
        return tenants.anonymous, tenants.anonymous.clock.now()
    try:
        return tokens.tenant(token)
    except TokenRefused as refused:
        raise _unauthorized(
            str(refused), f'Bearer error="invalid_token", error_description="{refused}"'
        ) from None


def _unauthorized(detail: str, challenge: str) -> Problem:
    return Problem(401, detail, headers={"WWW-Authenticate": challenge})
