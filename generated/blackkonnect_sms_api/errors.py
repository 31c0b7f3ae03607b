# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
"""Contains shared errors types that can be raised from API functions"""

from collections.abc import Mapping


class UnexpectedStatus(Exception):
    """Raised by api functions when the response status an undocumented status and Client.raise_on_unexpected_status is True"""

    def __init__(self, status_code: int, content: bytes):
        self.status_code = status_code
        self.content = content

        super().__init__(f"unexpected status {status_code}, {len(content)} bytes")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.status_code, self.content), vars(self)


class UnreadableResponse(Exception):
    """Raised when a response that is no error can't be read as the document describes it.

    Its text tells nothing of the body.

    Args:
        status_code: The response's status.
        content: The body as it came.
        headers: The response's headers.
    """

    def __init__(self, status_code: int, content: bytes, headers: Mapping[str, str]):
        self.status_code = status_code
        self.content = content
        self.headers = headers

        super().__init__(f"unreadable response of status {status_code}, {len(content)} bytes")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.status_code, self.content, self.headers), vars(self)


UNREADABLE = (AttributeError, KeyError, RecursionError, TypeError, ValueError)
"""What reading a body can raise."""

__all__ = ["UNREADABLE", "UnexpectedStatus", "UnreadableResponse"]
