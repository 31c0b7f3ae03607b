"""Passing over most messages that don't hold a text, which SQLite does twenty times as fast as Python.

What is left is looked at in full, so that the case of letters is that of Unicode and not of ASCII alone. A
request that holds nothing but ASCII and no escape of JSON (RFC 8259, section 7) shows its text as it is. The
other characters that matter are those that become ASCII when the case is folded.
"""

from collections.abc import Mapping

# Far less than the longest pattern that SQLite takes, and enough to pass over nearly everything.
_LONGEST = 100
_ANY_NOT_ASCII = "*"
_UUID_LENGTH = 36
# Unicode Character Database, CaseFolding.txt: all characters beyond ASCII whose folding holds ASCII.
BECOME_ASCII = "\u00df\u0130\u0149\u017f\u01f0\u1e96-\u1e9e\u212a\ufb00-\ufb06"

# CASE, since SQLite works out both sides of an AND or OR here, and GLOB takes long.
_HOLDS = (
    "CASE WHEN {text} LIKE :like ESCAPE '\\' THEN 1"
    " WHEN length({text}) <> length(CAST({text} AS BLOB)) THEN {text} GLOB :odd END"
)
# SQLite stops reading a text at a NUL.
_ONE = (
    "CASE WHEN instr(requests.content, X'5C') = 0"
    f" THEN {_HOLDS.format(text='CAST(requests.content AS TEXT)')}"
    " WHEN instr(requests.content, CAST('\\u0000' AS BLOB)) THEN 1"
    f" ELSE {_HOLDS.format(text='json_extract(CAST(requests.content AS TEXT), :text)')} END"
)
# A bulk's content is looked at once and not for each of its messages, and not in each of its texts.
_BULK = (
    "messages.request IN (SELECT bulks.id FROM requests AS bulks WHERE bulks.bulk_id IS NOT NULL AND"  # noqa: S608 - no value from outside
    f" CASE WHEN instr(bulks.content, X'5C') = 0 THEN {_HOLDS.format(text='CAST(bulks.content AS TEXT)')}"
    " ELSE 1 END)"
)
_COLUMNS = ("messages.message_id", "messages.source_address", "requests.correlation_id", "requests.bulk_id")
_IN_COLUMNS = " OR ".join(f"{column} LIKE :like ESCAPE '\\'" for column in _COLUMNS)
CONDITION = (
    f"('+' || ltrim(messages.destination, '+') LIKE :like ESCAPE '\\' OR {_IN_COLUMNS}"
    " OR requests.correlation_id LIKE :head"
    f" OR CASE WHEN requests.bulk_id IS NULL THEN {_ONE} ELSE {_BULK} END)"
)
"""Holds for each message that holds the text, and for some others."""


def values(text: str) -> Mapping[str, str]:
    """Tell the values that the condition takes.

    Args:
        text: What is searched for.
    """
    sought = text.casefold()[:_LONGEST]
    like = sought.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    # The ids that the gateway makes for one request differ in their last group alone.
    head = f"{sought[:24]}%" if is_uuid(sought) else ""
    odd = _ANY_NOT_ASCII
    if sought.isascii():
        # What they become is letters.
        odd = f"*[{BECOME_ASCII}]*" if any(character.isalpha() for character in sought) else ""
    return {"head": head, "like": f"%{like}%", "odd": odd, "text": "$.text"}


def is_uuid(text: str) -> bool:
    """Tell whether a text looks like a UUID."""
    return len(text) == _UUID_LENGTH and text[8] == text[13] == text[18] == text[23] == "-"
