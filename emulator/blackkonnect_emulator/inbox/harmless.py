"""Showing text of others so that it can do no harm."""

import re

from markupsafe import Markup

_NULL_PICTURE = 0x2400
_DELETE = 0x7F
_LAST_C0 = 0x1F
# Unicode Standard, section 23.1, control codes but tab and line feed; UAX #9, section 2, the characters that
# change the direction of what follows; UTS #39, section 5, those that can't be seen; and surrogates, which
# no encoding of a page can hold. The joiners U+200C and U+200D stay: scripts and emoji need them.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def harmless(value: object) -> object:
    """Make what can't be seen, and what changes its surroundings, plain to see.

    Escaping is left to the templates, which call this with whatever they show.

    Args:
        value: Text of anybody's; anything else, and what is HTML already, is left as it is.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _HARMFUL.sub(_picture, value)


def _picture(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code <= _LAST_C0:
        return chr(_NULL_PICTURE + code)
    return "\N{SYMBOL FOR DELETE}" if code == _DELETE else f"\u27e8U+{code:04X}\u27e9"
