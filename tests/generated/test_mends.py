"""A mend that does not fit the installed templates is an error, and each says why it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from openapi import client, mending

if TYPE_CHECKING:
    from pathlib import Path

FITS = mending.Mend("types.py.jinja", "a test", "status_code: HTTPStatus", "status_code: int")


def test_every_mend_has_a_reason_and_few_lines() -> None:
    mends = mending.read(client.TEMPLATES / "mends")
    assert mends
    for mend in mends:
        assert mend.reason.strip().endswith("."), mend
        assert len(mend.new.splitlines()) <= 40, mend
        assert mend.old != mend.new, mend


def test_a_mend_replaces_in_the_stock_template(tmp_path: Path) -> None:
    mending.apply([FITS], tmp_path)
    assert "status_code: int" in (tmp_path / "types.py.jinja").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["types.py.jinja"]


@pytest.mark.parametrize(
    ("mend", "words"),
    [
        (mending.Mend("types.py.jinja", "a test", "no such text", ""), "expected 1 times, found 0 times"),
        (mending.Mend("types.py.jinja", "a test", "class", "klass"), "expected 1 times, found 3 times"),
        (
            mending.Mend("types.py.jinja", "a test", "status_code: HTTPStatus", "", 2),
            "expected 2 times, found 1",
        ),
        (mending.Mend("gone.jinja", "a test", "x", "y"), "no template gone.jinja"),
    ],
)
def test_a_mend_that_does_not_fit_is_an_error(tmp_path: Path, mend: mending.Mend, words: str) -> None:
    with pytest.raises(mending.MendError, match=words):
        mending.apply([mend], tmp_path)


def test_a_mend_sees_the_text_that_an_earlier_one_left(tmp_path: Path) -> None:
    with pytest.raises(mending.MendError, match="found 0 times"):
        mending.apply([FITS, FITS], tmp_path)
