"""Whether a body is of the media type that an operation reads."""

from collections.abc import Sequence
from functools import lru_cache

from blackkonnect_emulator.problems import Problem


def check(wanted: str, content_types: Sequence[bytes], content_encodings: Sequence[bytes]) -> None:
    """Refuse a body of another media type, charset or coding with 415 (RFC 9110, section 15.5.16).

    Args:
        wanted: The media type that the operation reads.
        content_types: The values of the request's Content-Type headers.
        content_encodings: The values of its Content-Encoding headers.
    """
    if content_encodings and any(
        coding.strip().lower() not in (b"", b"identity") for coding in content_encodings
    ):
        raise Problem(415, "The body must not be compressed or coded otherwise.")
    if len(content_types) != 1 or not _is(wanted, content_types[0]):
        raise Problem(415, f"The body must be {wanted}.")


@lru_cache(maxsize=64)
def _is(wanted: str, content_type: bytes) -> bool:
    given, *parameters = content_type.decode("latin-1").split(";")
    if given.strip(" \t").lower() != wanted:
        return False
    for parameter in parameters:
        name, _, value = parameter.strip(" \t").partition("=")
        # Both media types are UTF-8 by their own rules; RFC 8259, section 8.1, defines no charset at all.
        if name.lower() == "charset" and value.strip('"').lower() not in ("utf-8", "utf8"):
            return False
    return True
