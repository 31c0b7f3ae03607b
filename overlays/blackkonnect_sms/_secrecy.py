"""What a gateway says of a failure, without what was private in the request: it may well repeat that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, quote_plus

from blackkonnect_sms_api.models import ProblemDetail

from blackkonnect_sms._http import http

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["HIDDEN", "Private", "cleansed", "masked", "wordless"]

HIDDEN = "[hidden]"
"""What stands for words that repeat what is private."""

_RUN = 16
_SHORT = 4
_MOST_TEXT = 50_000
_LONGEST_WORDS = 2_000
_MOST_ITEMS = 100
_DEEPEST = 8
_CODE = re.compile(r"\d{4,}")
_NUMBER = re.compile(r"\+?\d{7,15}(?!\d)")
_QUOTE = re.compile(r"""['"]""")

FailureT = TypeVar("FailureT", bound=Exception)


def masked(words: str) -> str:
    """Return words with each phone number's last four digits alone."""
    return _NUMBER.sub(lambda found: f"…{found[0][-4:]}", words)


class Private:
    """Texts and secrets that no error may hold, as they are or as a URL or a form writes them.

    Words repeat a text where they hold all of it, sixteen characters of it in a row, or one of its numbers of
    four digits or more, as a code is: gateways quote what they find too long by its beginning.

    Args:
        texts: What is private.
    """

    def __init__(self, texts: Collection[str]) -> None:
        self._pieces: set[str] = set()
        self._runs: set[str] = set()
        # Of the texts of a large bulk the runs would fill the memory, so only their beginnings are kept.
        beginnings = sum(map(len, texts)) > _MOST_TEXT
        for text in texts:
            # Half of a surrogate pair has no form in a URL.
            plain = text.encode("utf-8", "replace").decode()
            for form in {text, quote(plain), quote(plain, safe=""), quote_plus(plain)}:
                line = _line(form)
                self._add(line[:_RUN] if beginnings else line)
            self._pieces.update(_CODE.findall(text))
        short = sorted(piece for piece in self._pieces if len(piece) < _SHORT)
        self._pieces.difference_update(short)
        # Two letters stand in most words: only as a word of their own do they tell anything.
        self._short = re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in short) or "(?!)")

    def _add(self, text: str) -> None:
        if len(text) < _RUN:
            self._pieces.update({text} - {""})
        else:
            self._runs.update(text[at : at + _RUN] for at in range(len(text) - _RUN + 1))

    def is_in(self, words: str) -> bool:
        """Tell whether words repeat any of it, however they are broken into lines."""
        words = _line(words)
        return (
            self._short.search(words) is not None
            or any(piece in words for piece in self._pieces)
            or any(words[at : at + _RUN] in self._runs for at in range(len(words) - _RUN + 1))
        )


def _line(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def cleansed(problem: ProblemDetail, private: Private) -> ProblemDetail:
    """Return a gateway's problem details without what is private, and cut to a size that can be kept.

    Args:
        problem: The problem details as they came; they are not changed.
        private: What must not be in them.

    Returns:
        New ones, in which ``[hidden]`` stands for each string or number that repeats it, and where phone
        numbers show their last four digits alone.
    """
    told = _cleansed(problem.to_dict(), private, 0)
    return ProblemDetail.from_dict(told)


def _cleansed(value: Any, private: Private, depth: int) -> Any:  # noqa: ANN401 - JSON is anything
    if isinstance(value, str):
        words = value[:_LONGEST_WORDS]
        return HIDDEN if private.is_in(words) else masked(words)
    if isinstance(value, int | float) and not isinstance(value, bool):
        digits = str(value) if abs(value) < 10**_RUN else ""
        return 0 if not digits or (len(digits) >= _SHORT and private.is_in(digits)) else value
    if isinstance(value, dict | list) and depth > _DEEPEST:
        return HIDDEN
    if isinstance(value, list):
        return [_cleansed(one, private, depth + 1) for one in value[:_MOST_ITEMS]]
    if isinstance(value, dict):
        pairs = list(value.items())[:_MOST_ITEMS]
        return {
            _cleansed(str(name), private, depth): _cleansed(one, private, depth + 1) for name, one in pairs
        }
    return value


def wordless(failure: FailureT) -> FailureT | http.RemoteProtocolError:
    """Return a failure of HTTP itself without the bytes that it quotes: a gateway can put anything there.

    Args:
        failure: Whatever ended a request.

    Returns:
        The same failure, or one of its kind, with the same request, that quotes nothing.
    """
    if not isinstance(failure, http.RemoteProtocolError) or not _QUOTE.search(str(failure)):
        return failure
    bare = http.RemoteProtocolError("the gateway's answer breaks the rules of HTTP")
    try:
        bare.request = failure.request
    except RuntimeError:  # httpx's own word for a failure that has no request
        return bare
    return bare
