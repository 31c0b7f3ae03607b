"""Encoding and parts of a text, on the traps."""

import pytest
from blackkonnect_emulator.segmentation import GSM, UCS2, beyond_gsm, encoding, parts, split
from hypothesis import given, settings
from hypothesis import strategies as st

DOUBLES = "\f^{}\\[~]|€"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 159 + "€", 2),
        # An escape pair doesn't fit behind 152 septets, so the part ends early.
        ("a" * 152 + "€" + "a" * 152, 3),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("Ç" * 160, 1),
        ("\t" * 70, 1),
        ("\t" * 71, 2),
        ("ç" * 71, 2),
        ("\N{GREEK SMALL LETTER ALPHA}" * 70, 1),
        ("Δ" * 160, 1),
        ("`" * 71, 2),
        ("\n\r" * 80, 1),
        ("\f" * 80, 1),
        ("ɛ" * 70, 1),
        ("ɛ" * 71, 2),
        ("ɛ" * 134, 2),
        ("ɛ" * 135, 3),
        ("🙏" * 35, 1),
        ("🙏" * 36, 2),
        # A surrogate pair doesn't fit behind 66 units, so the part ends early.
        ("ɛ" * 66 + "🙏" + "ɛ" * 66, 3),
        ("ɛ" * 66 + "🙏" + "ɛ" * 65, 2),
        ("\u0000" * 71, 2),
        ("a" * (153 * 255), 255),
        ("ɛ" * (67 * 255 + 1), 256),
    ],
)
def test_traps(text: str, wanted: int) -> None:
    assert parts(text) == wanted


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet=st.sampled_from("aé@" + DOUBLES), max_size=800))
def test_gsm_is_between_the_bounds_of_its_septets(text: str) -> None:
    septets = len(text) + sum(character in DOUBLES for character in text)
    if septets <= 160:
        assert parts(text) == 1
    else:
        assert -(-septets // 153) <= parts(text) <= -(-septets // 152)


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=300), st.characters(exclude_categories=["Cs"]))
def test_a_longer_text_never_needs_fewer_parts_in_the_same_alphabet(text: str, character: str) -> None:
    text += "ɛ"
    assert parts(text) <= parts(text + character) <= parts(text) + 1


@settings(derandomize=True, deadline=None)
@given(
    st.one_of(
        st.text(alphabet=st.sampled_from("aé@ɛ🙏" + DOUBLES), max_size=800),
        st.text(alphabet=st.sampled_from("aé@" + DOUBLES), max_size=800),
    )
)
def test_the_parts_are_the_text_and_none_is_too_full(text: str) -> None:
    found = split(text)
    assert "".join(part.text for part in found) == text
    assert len(found) == parts(text)
    assert all(part.used <= part.room for part in found)
    rooms = (160, 153) if encoding(text) == GSM else (70, 67)
    assert {part.room for part in found} == {rooms[len(found) > 1]}


def test_each_part_tells_the_units_that_it_fills() -> None:
    assert [part.used for part in split("a" * 152 + "€" + "a" * 152)] == [152, 153, 1]
    assert [part.used for part in split("ɛ" * 66 + "🙏" + "ɛ" * 66)] == [66, 67, 1]
    assert split("") == [("", 0, 160)]


@pytest.mark.parametrize(
    ("text", "wanted", "because_of"),
    [("Δ€@", GSM, []), ("çÇç`", UCS2, ["ç", "`"]), ("\t", UCS2, ["\t"]), ("", GSM, []), ("🙏", UCS2, ["🙏"])],
)
def test_the_encoding_and_what_asks_for_it(text: str, wanted: str, because_of: list[str]) -> None:
    assert encoding(text) == wanted
    assert beyond_gsm(text) == because_of
