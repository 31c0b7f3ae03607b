"""Encoding and parts of a text: by the standard's tables, and as independent implementations have it."""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from blackkonnect_sms import InvalidArgument
from blackkonnect_sms._segments import Segment, Segments, segments
from hypothesis import given
from hypothesis import strategies as st

SEED = 23_038
STRINGS = 100_000
STRINGS_OF_SLOW_ONES = 10_000

# 3GPP TS 23.038, clause 6.2.1, by the names of the characters: look-alikes can't hide behind a name. What
# stands between these by code, digits and letters, is as in ASCII.
DEFAULT = {
    0x00: "COMMERCIAL AT",
    0x01: "POUND SIGN",
    0x02: "DOLLAR SIGN",
    0x03: "YEN SIGN",
    0x04: "LATIN SMALL LETTER E WITH GRAVE",
    0x05: "LATIN SMALL LETTER E WITH ACUTE",
    0x06: "LATIN SMALL LETTER U WITH GRAVE",
    0x07: "LATIN SMALL LETTER I WITH GRAVE",
    0x08: "LATIN SMALL LETTER O WITH GRAVE",
    0x09: "LATIN CAPITAL LETTER C WITH CEDILLA",
    0x0A: "LINE FEED",
    0x0B: "LATIN CAPITAL LETTER O WITH STROKE",
    0x0C: "LATIN SMALL LETTER O WITH STROKE",
    0x0D: "CARRIAGE RETURN",
    0x0E: "LATIN CAPITAL LETTER A WITH RING ABOVE",
    0x0F: "LATIN SMALL LETTER A WITH RING ABOVE",
    0x10: "GREEK CAPITAL LETTER DELTA",
    0x11: "LOW LINE",
    0x12: "GREEK CAPITAL LETTER PHI",
    0x13: "GREEK CAPITAL LETTER GAMMA",
    0x14: "GREEK CAPITAL LETTER LAMDA",
    0x15: "GREEK CAPITAL LETTER OMEGA",
    0x16: "GREEK CAPITAL LETTER PI",
    0x17: "GREEK CAPITAL LETTER PSI",
    0x18: "GREEK CAPITAL LETTER SIGMA",
    0x19: "GREEK CAPITAL LETTER THETA",
    0x1A: "GREEK CAPITAL LETTER XI",
    0x1C: "LATIN CAPITAL LETTER AE",
    0x1D: "LATIN SMALL LETTER AE",
    0x1E: "LATIN SMALL LETTER SHARP S",
    0x1F: "LATIN CAPITAL LETTER E WITH ACUTE",
    0x20: "SPACE",
    0x21: "EXCLAMATION MARK",
    0x22: "QUOTATION MARK",
    0x23: "NUMBER SIGN",
    0x24: "CURRENCY SIGN",
    0x25: "PERCENT SIGN",
    0x26: "AMPERSAND",
    0x27: "APOSTROPHE",
    0x28: "LEFT PARENTHESIS",
    0x29: "RIGHT PARENTHESIS",
    0x2A: "ASTERISK",
    0x2B: "PLUS SIGN",
    0x2C: "COMMA",
    0x2D: "HYPHEN-MINUS",
    0x2E: "FULL STOP",
    0x2F: "SOLIDUS",
    0x3A: "COLON",
    0x3B: "SEMICOLON",
    0x3C: "LESS-THAN SIGN",
    0x3D: "EQUALS SIGN",
    0x3E: "GREATER-THAN SIGN",
    0x3F: "QUESTION MARK",
    0x40: "INVERTED EXCLAMATION MARK",
    0x5B: "LATIN CAPITAL LETTER A WITH DIAERESIS",
    0x5C: "LATIN CAPITAL LETTER O WITH DIAERESIS",
    0x5D: "LATIN CAPITAL LETTER N WITH TILDE",
    0x5E: "LATIN CAPITAL LETTER U WITH DIAERESIS",
    0x5F: "SECTION SIGN",
    0x60: "INVERTED QUESTION MARK",
    0x7B: "LATIN SMALL LETTER A WITH DIAERESIS",
    0x7C: "LATIN SMALL LETTER O WITH DIAERESIS",
    0x7D: "LATIN SMALL LETTER N WITH TILDE",
    0x7E: "LATIN SMALL LETTER U WITH DIAERESIS",
    0x7F: "LATIN SMALL LETTER A WITH GRAVE",
}
# 3GPP TS 23.038, clause 6.2.1.1, likewise.
EXTENSION = {
    0x0A: "FORM FEED",
    0x14: "CIRCUMFLEX ACCENT",
    0x28: "LEFT CURLY BRACKET",
    0x29: "RIGHT CURLY BRACKET",
    0x2F: "REVERSE SOLIDUS",
    0x3C: "LEFT SQUARE BRACKET",
    0x3D: "TILDE",
    0x3E: "RIGHT SQUARE BRACKET",
    0x40: "VERTICAL LINE",
    0x65: "EURO SIGN",
}
ASCII = [*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)]
ONE_SEPTET = {unicodedata.lookup(name): code for code, name in DEFAULT.items()} | {
    chr(code): code for code in ASCII
}
TWO_SEPTETS = {unicodedata.lookup(name): code for code, name in EXTENSION.items()}


def test_the_tables_are_whole() -> None:
    # 128 codes, of which the escape is no character.
    assert len(ONE_SEPTET) == 127
    assert sorted(ONE_SEPTET.values()) == [code for code in range(128) if code != 0x1B]
    assert len(TWO_SEPTETS) == 10
    assert set("\f^{}\\[~]|€") == set(TWO_SEPTETS)


def is_surrogate(code: int) -> bool:
    return 0xD800 <= code < 0xE000


def test_each_character_of_the_basic_plane() -> None:
    for code in range(0x10000):
        character = chr(code)
        if is_surrogate(code):
            with pytest.raises(InvalidArgument, match="half of a surrogate pair"):
                segments(character)
        elif character in ONE_SEPTET or character in TWO_SEPTETS:
            used = 1 if character in ONE_SEPTET else 2
            assert segments(character) == Segments("GSM 03.38", (Segment(character, used, 160),), ())
        else:
            assert segments(character) == Segments("UCS-2", (Segment(character, 1, 70),), (character,))


def test_each_character_above_the_basic_plane() -> None:
    # Many at once, for there are a million; all that each could differ in is told.
    for start in range(0x10000, sys.maxunicode + 1, 32):
        text = "".join(map(chr, range(start, start + 32)))
        told = segments(text)
        assert told == Segments("UCS-2", (Segment(text, 64, 70),), tuple(text))


def random_texts(count: int) -> Iterator[str]:
    """Make texts whose lengths lie about the ends of parts, of alphabets that mix in what costs more."""
    chance = random.Random(SEED)  # noqa: S311 - the same in each run
    plain, doubles = sorted(ONE_SEPTET), sorted(TWO_SEPTETS)
    beyond = "\t\0ç`ÁȚαДɛ中\u2019\ufeff\uffff"
    above = "🙏🇬\U00010000\U0010ffff"
    any_character = [
        chr(code) for code in chance.sample(range(sys.maxunicode + 1), 2_000) if not is_surrogate(code)
    ]
    about_septets, about_units = (3, 20, 80, 153, 160, 306), (3, 20, 35, 67, 70, 134)
    kinds = [
        (plain, about_septets),
        ([*plain, *doubles], about_septets),
        (doubles, (3, 20, 76, 80, 153)),
        ([*plain, *beyond], about_units),
        ([*beyond, *above], about_units),
        ([*plain, *doubles, *beyond, *above], about_units),
        (any_character, about_units),
    ]
    for _ in range(count):
        alphabet, lengths = chance.choice(kinds)
        length = chance.choice(lengths) + chance.randint(-3, 3)
        text = "".join(chance.choices(alphabet, k=length))
        if chance.random() < 0.2:
            # A single character that changes everything, at any place.
            place = chance.randint(0, length)
            text = text[:place] + chance.choice([*doubles, *beyond, *above]) + text[place:]
        yield text


@pytest.mark.slow
def test_the_emulator_s_own_implementation_agrees() -> None:
    segmentation = pytest.importorskip("blackkonnect_emulator.segmentation")
    for text in random_texts(STRINGS):
        told = segments(text)
        other = [tuple(part) for part in segmentation.split(text)]
        assert [(part.text, part.used, part.room) for part in told.parts] == other
        assert told.encoding == segmentation.encoding(text)
        assert list(told.beyond_gsm) == segmentation.beyond_gsm(text)
        assert told.count == segmentation.parts(text)


def test_a_third_implementation_agrees() -> None:
    smsutil = pytest.importorskip("smsutil")
    for text in random_texts(STRINGS_OF_SLOW_ONES):
        told = segments(text)
        other = smsutil.split(text)
        assert [part.text for part in told.parts] == [part.content for part in other.parts]
        bits = 7 if told.encoding == "GSM 03.38" else 16
        assert [part.used * bits for part in told.parts] == [
            part.bytes * (7 if bits == 7 else 8) for part in other.parts
        ]


@given(st.text(max_size=400))
def test_the_parts_are_the_text_and_none_is_too_full(text: str) -> None:
    told = segments(text)
    assert "".join(part.text for part in told.parts) == text
    assert told.count == len(told.parts) >= 1
    assert told.left == told.parts[-1].left >= 0
    alone, joined = (160, 153) if told.encoding == "GSM 03.38" else (70, 67)
    assert {part.room for part in told.parts} == {alone if told.count == 1 else joined}
    for part, after in zip(told.parts, told.parts[1:], strict=False):
        assert part.text
        # At most one unit is given away, and that for a character of two.
        first = segments(after.text[0] if told.encoding == "GSM 03.38" else after.text[0] + "ɛ")
        width = first.parts[0].used - (told.encoding == "UCS-2")
        assert 0 <= part.left < width


@pytest.mark.parametrize(
    ("text", "encoding", "used", "left"),
    [
        ("", "GSM 03.38", [0], 160),
        ("a" * 160, "GSM 03.38", [160], 0),
        ("a" * 161, "GSM 03.38", [153, 8], 145),
        ("€" * 80, "GSM 03.38", [160], 0),
        ("€" * 81, "GSM 03.38", [152, 10], 143),
        ("a" * 152 + "€" + "a" * 152, "GSM 03.38", [152, 153, 1], 152),
        ("Ç" * 160, "GSM 03.38", [160], 0),
        ("\t" * 70, "UCS-2", [70], 0),
        ("ç" * 71, "UCS-2", [67, 4], 63),
        ("🙏" * 35, "UCS-2", [70], 0),
        ("🙏" * 36, "UCS-2", [66, 6], 61),
        ("ɛ" * 66 + "🙏" + "ɛ" * 66, "UCS-2", [66, 67, 1], 66),
        ("a" * (153 * 255 + 1), "GSM 03.38", [*[153] * 255, 1], 152),
    ],
)
def test_traps(text: str, encoding: str, used: list[int], left: int) -> None:
    told = segments(text)
    assert (told.encoding, [part.used for part in told.parts], told.left) == (encoding, used, left)


def test_what_forces_ucs_2() -> None:
    assert segments("ç`Çç🙏`").beyond_gsm == ("ç", "`", "🙏")
    assert segments("Ω").beyond_gsm == ()
    assert segments("\N{OHM SIGN}").beyond_gsm == ("\N{OHM SIGN}",)


@pytest.mark.parametrize("text", ["\ud83d", "a\udc00", "\ud83d\ude4f"])
def test_half_of_a_surrogate_pair_is_no_text(text: str) -> None:
    with pytest.raises(InvalidArgument) as raised:
        segments(text)
    assert raised.value.argument == "text"
    assert str(raised.value) == "text: must not hold half of a surrogate pair"


@pytest.mark.parametrize("text", [None, b"text", 7])
def test_what_is_no_text(text: object) -> None:
    with pytest.raises(InvalidArgument, match="text: must be a string"):
        segments(text)  # type: ignore[arg-type]


def test_no_text_is_in_a_repr() -> None:
    told = segments("Your code is 482913 ɛ")
    assert repr(told) == "Segments(encoding='UCS-2', parts=(Segment(used=21, room=70),))"


def test_the_examples_of_the_manual() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "segments.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", manual, re.DOTALL | re.MULTILINE)
    assert blocks
    for block in blocks:
        exec(block, {})  # noqa: S102 - our own examples
