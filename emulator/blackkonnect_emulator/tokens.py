"""The tokens that the emulator gives out and takes back: JWTs signed with a key of its own."""

import hmac
from collections.abc import Mapping

import jwt

from blackkonnect_emulator.clock import SECOND, Clock
from blackkonnect_emulator.ids import Ids

# The one algorithm that is taken (RFC 8725, section 3.1): never what a token says of itself.
_ALGORITHM = "HS256"
_ISSUER = "blackkonnect-emulator"
_AUDIENCE = "blackkonnect-sms"
_CLAIMS = ["exp", "iat", "iss", "aud", "sub"]
_MOST_REMEMBERED = 1024
_NOT_A_TOKEN = "The token is not one of this gateway's."  # noqa: S105 - words, no secret


class TokenRefused(Exception):
    """A token is not valid, or not any more."""


class Tokens:
    """Gives out tokens and tells whose they are.

    Args:
        key: The key that they are signed with, at least 32 random bytes.
        clients: The secret of each client id.
        lifetime: For how many seconds a token is valid.
        clock: Tells the time.
        ids: Makes the tokens' ids.
    """

    def __init__(self, key: bytes, clients: Mapping[str, str], lifetime: int, clock: Clock, ids: Ids) -> None:
        self._key = key
        self._clients = clients
        self._lifetime = lifetime
        self._clock = clock
        self._ids = ids
        self._remembered: dict[str, tuple[str, int]] = {}

    def knows(self, client: str, secret: str) -> bool:
        """Tell whether a client's secret is right, in a time that doesn't tell how much of it is."""
        wanted = self._clients.get(client)
        # An unknown client costs the same comparison as a known one.
        right = hmac.compare_digest((wanted or "x" * 32).encode(), secret.encode())
        return right and wanted is not None

    def issue(self, client: str) -> str:
        """Make a token for a client (RFC 7519)."""
        now = self._clock.now() // SECOND
        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": client,
            "iat": now,
            "exp": now + self._lifetime,
            "jti": self._ids.new(),
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def client(self, token: str) -> str:
        """Tell whose token it is.

        Args:
            token: What came after `Bearer`.

        Raises:
            TokenRefused: It is not valid, or not any more.
        """
        known = self._remembered.get(token)
        if known is None:
            known = self._verify(token)
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[token] = known
        client, expires = known
        if self._clock.now() >= expires * SECOND:
            raise TokenRefused("The token has expired.")
        return client

    def _verify(self, token: str) -> tuple[str, int]:
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                audience=_AUDIENCE,
                # The times are checked on the emulator's own clock.
                options={"require": _CLAIMS, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
            )
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise TokenRefused(_NOT_A_TOKEN) from None
        client, expires = claims["sub"], claims["exp"]
        if client not in self._clients or type(expires) is not int:
            raise TokenRefused(_NOT_A_TOKEN)
        return client, expires
