"""How the templates write what they are given."""

import json

import pytest
from blackkonnect_emulator.inbox.templating import body, colour, day, environment, length, short, time_of_day

NOON = 1_772_452_800_000


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [
        (0, "0 ms"),
        (999, "999 ms"),
        (1000, "1 s"),
        (1500, "1.5 s"),
        (90_000, "2 min"),
        (4_800_000, "1 h 20 min"),
        (172_800_000, "2 d"),
    ],
)
def test_lengths(milliseconds: int, written: str) -> None:
    assert length(milliseconds) == written


def test_times() -> None:
    assert (time_of_day(NOON), day(NOON)) == ("12:00:00", "Mon, 2 March 2026")
    assert short(NOON, NOON + 3_600_000) == "12:00:00"
    assert short(NOON, NOON + 86_400_000) == "2 Mar"


@pytest.mark.parametrize(
    "content", [b"\xff\x00", b"[" * 20_000, b"not json", b'{"a":' + b"1" * 100_000 + b"}", b""]
)
def test_a_body_that_is_no_json_is_shown_as_it_is(content: bytes) -> None:
    assert body(content) == content.decode("utf-8", "replace")


def test_json_is_shown_with_indents() -> None:
    assert body(b'{"text":"\xc9\x9b"}') == json.dumps({"text": "ɛ"}, indent=2, ensure_ascii=False)


def test_a_colour_is_always_the_same() -> None:
    assert colour("+233200000001") == colour("+233200000001") < 8
    assert colour("\ud800") < 8


def test_whatever_is_shown_is_escaped_and_harmless() -> None:
    template = environment().from_string('{{ x }}|{{ x|upper }}|{{ x ~ x }}|<a title="{{ x }}">')
    shown = template.render(x='<\u202e">')
    once = "&lt;⟨U+202E⟩&#34;&gt;"
    assert shown == f'{once}|{once}|{once}{once}|<a title="{once}">'
