"""`retrieveAccessToken`."""

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.problems import Problem


async def retrieve_access_token(gateway: Gateway, call: Call) -> Answer:
    """Trade a client's id and secret for a token (RFC 6749, section 4.4)."""
    # An edition that doesn't ask for a body gets no credentials without one.
    given = call.body or {"client_id": "", "client_secret": ""}
    if not gateway.tenants.knows(given["client_id"], given["client_secret"]):
        # RFC 9110, section 15.5.2, asks for a challenge; the token that one gets is a bearer token.
        raise Problem(401, "The client's id or secret is wrong.", headers={"WWW-Authenticate": "Bearer"})
    return Answer.json({"token": gateway.tokens.issue(call.tenant)}, headers={"Cache-Control": "no-store"})
