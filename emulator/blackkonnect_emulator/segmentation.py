"""How many parts a text needs on the air."""

# 3GPP TS 23.038, clause 6.2.1: the GSM 7 bit default alphabet, in the order of its table.
_DEFAULT = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅå"
    "Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./"
    "0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmno"
    "pqrstuvwxyzäöñüà"
)
# 3GPP TS 23.038, clause 6.2.1.1: behind an escape, so each takes two septets.
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM = _DEFAULT | _EXTENSION

# 3GPP TS 23.040, clauses 9.2.3.16 and 9.2.3.24.1: 140 octets for one part, 6 of them for the header
# that joins several.
_GSM_ALONE, _GSM_JOINED = 160, 153
_UCS2_ALONE, _UCS2_JOINED = 70, 67
_LAST_OF_ONE_UNIT = "\uffff"


def parts(text: str) -> int:
    """Count the parts that a text needs; an empty one needs one.

    A character that takes two units, behind an escape in GSM 03.38 or as a surrogate pair in UCS-2, is
    never split between two parts.

    Args:
        text: The text.
    """
    if _DEFAULT.issuperset(text):
        return 1 if len(text) <= _GSM_ALONE else -(-len(text) // _GSM_JOINED)
    if _GSM.issuperset(text):
        return _fill([2 if character in _EXTENSION else 1 for character in text], _GSM_ALONE, _GSM_JOINED)
    units = [2 if character > _LAST_OF_ONE_UNIT else 1 for character in text]
    return _fill(units, _UCS2_ALONE, _UCS2_JOINED)


def _fill(widths: list[int], alone: int, joined: int) -> int:
    if sum(widths) <= alone:
        return 1
    count, room = 1, joined
    for width in widths:
        if width > room:
            count, room = count + 1, joined
        room -= width
    return count
