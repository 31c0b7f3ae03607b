"""Whose request it is."""

from collections.abc import Sequence

from blackkonnect_emulator.document import Operation
from blackkonnect_emulator.problems import Problem
from blackkonnect_emulator.tenants import Tenant, Tenants
from blackkonnect_emulator.tokens import TokenRefused, Tokens


def tenant_of(
    operation: Operation, authorizations: Sequence[str], tokens: Tokens, tenants: Tenants
) -> Tenant:
    """Tell the tenant of a request, by RFC 6750, section 2.1.

    Args:
        operation: What is asked for.
        authorizations: The values of the request's Authorization headers.
        tokens: Knows the tokens.
        tenants: Knows who asks without one, where the operation lets them.

    Raises:
        Problem: 401: there is no token where one is needed, or the one presented is not valid; it is
            never passed over, even where none is needed.
    """
    if not operation.takes_token:
        return tenants.anonymous
    if not authorizations:
        if operation.needs_token:
            raise _unauthorized("A bearer token is needed.", "Bearer")
        return tenants.anonymous
    scheme, _, token = authorizations[0].strip(" \t").partition(" ")
    if len(authorizations) > 1 or scheme.lower() != "bearer":
        raise _unauthorized("The Authorization header must hold one bearer token.", "Bearer")
    try:
        return tokens.tenant(token.strip(" "))
    except TokenRefused as refused:
        raise _unauthorized(
            str(refused), f'Bearer error="invalid_token", error_description="{refused}"'
        ) from None


def _unauthorized(detail: str, challenge: str) -> Problem:
    return Problem(401, detail, headers={"WWW-Authenticate": challenge})
