"""JSON Pointers in URI fragments."""

import re
from urllib.parse import unquote

import pytest
from blackkonnect_emulator.problems import pointer
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ((), "#"),
        (("",), "#/"),
        (("messages", 0, "text"), "#/messages/0/text"),
        (("a/b~c",), "#/a~1b~0c"),
        (("é %",), "#/%C3%A9%20%25"),
        (("a", "x" * 501, "b"), "#/a"),
        (("a", "é" * 100, "b"), "#/a"),
    ],
)
def test_pointer(path: tuple[str | int, ...], wanted: str) -> None:
    assert pointer(path) == wanted


@settings(derandomize=True)
@given(st.lists(st.text(max_size=20), max_size=4))
def test_a_pointer_leads_back(path: list[str]) -> None:
    written = pointer(path)
    assert re.fullmatch(r"#[!-~]*", written)
    assert len(written) <= 500
    read = [part.replace("~1", "/").replace("~0", "~") for part in unquote(written[1:]).split("/")[1:]]
    assert read == path[: len(read)]
