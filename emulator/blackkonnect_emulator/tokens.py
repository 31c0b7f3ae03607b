"""The tokens that the emulator gives out and takes back: JWTs signed with a key of its own."""

import jwt

from blackkonnect_emulator.clock import SECOND
from blackkonnect_emulator.tenants import Tenant, Tenants

# The one algorithm that is taken (RFC 8725, section 3.1): never what a token says of itself.
_ALGORITHM = "HS256"
_ISSUER = "blackkonnect-emulator"
_AUDIENCE = "blackkonnect-sms"
# The number tells a client from one that had its name before and was removed: numbers are not used again.
_NUMBER = "tenant"
_CLAIMS = ["exp", "iat", "iss", "aud", "sub", _NUMBER]
_MOST_REMEMBERED = 1024
_NOT_A_TOKEN = "The token is not one of this gateway's."  # noqa: S105 - words, no secret


class TokenRefused(Exception):
    """A token is not valid, or not any more."""


class Tokens:
    """Gives out tokens and tells whose they are.

    Args:
        key: The key that they are signed with, at least 32 random bytes.
        tenants: Those who may have tokens.
        lifetime: For how many seconds a token is valid.
    """

    def __init__(self, key: bytes, tenants: Tenants, lifetime: int) -> None:
        self._key = key
        self._tenants = tenants
        self._lifetime = lifetime
        self._remembered: dict[str, tuple[str, int, int]] = {}

    def issue(self, tenant: Tenant) -> str:
        """Make a token for a client (RFC 7519), valid by the client's own clock."""
        now = tenant.clock.now() // SECOND
        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": tenant.name,
            _NUMBER: tenant.number,
            "iat": now,
            "exp": now + self._lifetime,
            "jti": tenant.ids.new(),
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def tenant(self, token: str) -> tuple[Tenant, int]:
        """Tell whose token it is.

        Args:
            token: What came after `Bearer`.

        Returns:
            The client, and the time by its clock.

        Raises:
            TokenRefused: It is not valid, or not any more.
        """
        known = self._remembered.get(token)
        if known is None:
            known = self._verify(token)
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[token] = known
        name, number, expires = known
        tenant = self._tenants.get(name)
        # A client that the settings named before a restart, and do no more, has no secret.
        if tenant is None or tenant.number != number or tenant.secret is None:
            raise TokenRefused(_NOT_A_TOKEN)
        now = tenant.clock.now()
        if now >= expires * SECOND:
            raise TokenRefused("The token has expired.")
        return tenant, now

    def _verify(self, token: str) -> tuple[str, int, int]:
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                audience=_AUDIENCE,
                # The times are checked on the tenant's own clock.
                options={"require": _CLAIMS, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
            )
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise TokenRefused(_NOT_A_TOKEN) from None
        name, number, expires = claims["sub"], claims[_NUMBER], claims["exp"]
        if type(expires) is not int:
            raise TokenRefused(_NOT_A_TOKEN)
        return name, number, expires
