"""YAML that tools read in different ways is refused, with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from openapi import strict_yaml

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "text",
    [
        "date: 2026-02-25",
        "at: 2026-02-25T08:00:00Z",
        "answer: no",
        "answer: Yes",
        "answer: True",
        "answer: on",
        "at: 12:30",
        "at: 12:30.5",
        "code: 010",
        "code: 0x10",
        "code: 1_000",
        "code: +1",
        "cost: .inf",
        "cost: .nan",
        "cost: 1.",
        "nothing: ~",
        "nothing:",
        "200: OK",
        "true: 1",
        "1.5: 1",
        "a: 1\nb: 2\na: 3",
        "a: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n  d: 2",
        "? [a]\n: 1",
    ],
)
def test_what_is_ambiguous_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(f"first: 1\n{text}\n", encoding="utf-8")
    with pytest.raises(strict_yaml.AmbiguousYAMLError, match=r"^some\.yaml, line [2-6]: "):
        strict_yaml.read(path)


def test_what_is_clear_is_read(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(
        'date: "2026-02-25"\nanswer: "no"\nint: -12\nfloat: 0.031\nbig: 9223372036854775807\n'
        "true_: true\nnone: null\n"
        "base: &base {a: 1, b: [1]}\nmerged:\n  <<: *base\n  a: 2\nagain: *base\n",
        encoding="utf-8",
    )
    assert strict_yaml.read(path) == {
        "date": "2026-02-25",
        "answer": "no",
        "int": -12,
        "float": 0.031,
        "big": 9223372036854775807,
        "true_": True,
        "none": None,
        "base": {"a": 1, "b": [1]},
        "merged": {"a": 2, "b": [1]},
        "again": {"a": 1, "b": [1]},
    }


def test_aliases_are_copies(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text("one: &one {list: [1]}\ntwo: *one\n", encoding="utf-8")
    content = strict_yaml.read(path)
    content["one"]["list"].append(2)
    assert content["two"] == {"list": [1]}
