"""What a receiver answers: decisions alone, which the ASGI and the WSGI application carry out."""

from __future__ import annotations

import hmac
import json
import logging
import re
from http import HTTPStatus

from attrs import evolve, field, frozen

from blackkonnect_sms.errors import InvalidArgument
from blackkonnect_sms.receipts.receipt import LONGEST_QUERY, Receipt, parse_receipt

__all__ = ["FAILED", "TAKEN", "Answer", "Guard", "log_failure"]

_logger = logging.getLogger("blackkonnect_sms.receipts")

# What RFC 3986, section 2.3, leaves as it is in a path, so that nobody has to encode it to write the address.
_SECRET = re.compile(r"[A-Za-z0-9._~-]{16,255}")


@frozen
class Answer:
    """The answer to a request.

    Attributes:
        status: The HTTP status.
        headers: The headers, as pairs of name and value.
        body: The body, empty or problem details (RFC 9457).
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    @property
    def reason(self) -> str:
        """The status in words."""
        return HTTPStatus(self.status).phrase


class Guard:
    """Lets in receipts that know the secret, and refuses everything else.

    Args:
        secret: The secret in the path, 16 to 255 letters, digits and characters of ``-._~``.

    Raises:
        InvalidArgument: The secret is none.
    """

    def __init__(self, secret: str) -> None:
        if not isinstance(secret, str) or not _SECRET.fullmatch(secret):
            raise InvalidArgument(
                "secret", "must be 16 to 255 letters, digits and -._~, as secrets.token_urlsafe() makes them"
            )
        self._secret = secret.encode("ascii")

    def examine(self, method: str, secret: str, query: str | bytes) -> Receipt | Answer:
        """Decide on a request.

        Who does not know the secret learns nothing, not even by the method, and by the time that it takes
        no more than the secret's length.

        Args:
            method: The request's method.
            secret: What stands in the path where the secret should, percent-decoded.
            query: What stands behind the question mark, still percent-encoded.

        Returns:
            The receipt, to be handed on; or the answer, where there is none.
        """
        found = self._examine(method, secret, query)
        # RFC 9110, section 9.3.2.
        return evolve(found, body=b"") if method == "HEAD" and isinstance(found, Answer) else found

    def _examine(self, method: str, secret: str, query: str | bytes) -> Receipt | Answer:
        if not hmac.compare_digest(secret.encode("utf-8", "surrogatepass"), self._secret):
            return _problem(HTTPStatus.NOT_FOUND, "There is nothing here.")
        if method != "GET":
            return _problem(
                HTTPStatus.METHOD_NOT_ALLOWED, "A receipt comes by GET.", more=(("Allow", "GET"),)
            )
        if len(query) > LONGEST_QUERY:
            _logger.warning("a receipt was refused: its query is too long")
            return _problem(
                HTTPStatus.REQUEST_URI_TOO_LONG, f"A receipt's query has at most {LONGEST_QUERY} bytes."
            )
        try:
            return parse_receipt(query)
        except InvalidArgument as error:
            _logger.warning("a receipt was refused: %s", error)
            rule = str(error).removeprefix(f"{error.argument}: ")
            return _problem(HTTPStatus.BAD_REQUEST, str(error), parameter=error.argument, rule=rule)


def log_failure(kind: str) -> None:
    """Tell that the handler failed, by its kind alone: an error's words may hold a number or a text.

    Args:
        kind: What went wrong, as the name of the exception's class.
    """
    _logger.error("the handler of receipts failed: %s", kind)


def _problem(
    status: HTTPStatus,
    detail: str,
    *,
    parameter: str | None = None,
    rule: str = "",
    more: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """Write problem details, in the form that the document gives the gateway's own."""
    told: dict[str, object] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    if parameter is not None:
        told["errors"] = [{"parameter": parameter, "detail": rule}]
    body = json.dumps(told).encode()
    return _answer(status, body, (("Content-Type", "application/problem+json"), *more))


def _answer(status: HTTPStatus, body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    # A GET that changes something must reach the handler each time, whatever caches are on the way.
    kept = (("Content-Length", str(len(body))), ("Cache-Control", "no-store"))
    return Answer(status.value, (*headers, *kept), body)


# Not 204: some WSGI servers, wsgiref among them, would send that with a Content-Length against RFC 9110,
# section 8.6. The type is for frameworks that would add one of their own.
TAKEN = _answer(HTTPStatus.OK, b"", (("Content-Type", "text/plain; charset=utf-8"),))
"""The answer to a receipt that the handler took."""

FAILED = _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The receipt was not taken; it may come again.")
"""The answer to a receipt that the handler failed on, so that it comes again."""
