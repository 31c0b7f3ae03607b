"""Text of others does no harm."""

import unicodedata

import pytest
from blackkonnect_emulator.inbox.harmless import harmless
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@settings(derandomize=True, deadline=None)
@given(st.text(st.one_of(st.characters(codec=None), st.sampled_from(BIDI + "\x00\ud800\n\t"))))
def test_nothing_is_left_that_can_not_be_seen_or_changes_the_direction(text: str) -> None:
    shown = harmless(text)
    assert isinstance(shown, str)
    assert not set(BIDI) & set(shown)
    assert all(unicodedata.category(one) not in ("Cc", "Cs") or one in "\n\t" for one in shown)
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x00", "␀"),
        ("a\rb", "a␍b"),
        ("\x7f", "␡"),
        ("\x85", "⟨U+0085⟩"),
        ("\u202egnp", "⟨U+202E⟩gnp"),
        ("👩\u200d🚀 Yɛn\n\tç", "👩\u200d🚀 Yɛn\n\tç"),
    ],
)
def test_it_is_shown_by_a_picture_or_its_code(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_other_things_are_left_as_they_are() -> None:
    assert harmless(5) == 5
    assert harmless(Markup("<b>\u200e</b>")) == "<b>\u200e</b>"
