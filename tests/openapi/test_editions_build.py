"""An overlay that is malformed, or that does not do what it seems to do, is an error."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from openapi import generate, narrowing, strict_yaml, tree

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT: dict[str, Any] = {
    "info": {"title": "Toy", "x-origin": [{"edition": "one"}, {"edition": "two"}]},
    "a": {"required": ["x"], "size": 1, "list": [{"n": 0}, {"n": 1}, {"n": 2}], "odd key/~.": {"x": 1}},
    "b": {"required": ["x"], "list": [{"n": 3}, {"n": 4}, {"n": 5}]},
}


def overlay(*actions: Any, **changes: Any) -> dict[str, Any]:
    return {"overlay": "1.0.0", "info": {"title": "T", "version": "1"}, "actions": list(actions), **changes}


def narrow(*actions: Any) -> dict[str, Any]:
    before = copy.deepcopy(DOCUMENT)
    result = narrowing.narrow(DOCUMENT, overlay(*actions), "toy")
    assert before == DOCUMENT
    return result


@pytest.mark.parametrize(
    ("malformed", "words"),
    [
        ([], "no mapping"),
        (overlay({"target": "$.a", "update": {"new": 1}}, overlay="1.1.0"), "overlay: "),
        (overlay({"target": "$.a", "update": {"new": 1}}, info={"title": "T"}), "title and a version"),
        (overlay({"target": "$.a", "update": {"new": 1}}, actoins=[]), "unknown actoins"),
        (overlay(), "no actions"),
        (overlay(actions={}), "no actions"),
        (overlay("$.a"), "action 1: has no target"),
        (overlay({"update": {}}), "action 1: has no target"),
        (overlay({"target": "$.a"}), "either update or remove"),
        (overlay({"target": "$.a", "update": {}, "remove": True}), "either update or remove"),
        (overlay({"target": "$.a", "remove": False}), "remove can only be true"),
        (overlay({"target": "$.a", "copy": "$.b"}), "unknown copy"),
    ],
)
def test_a_malformed_overlay_is_an_error(malformed: Any, words: str) -> None:
    with pytest.raises(narrowing.OverlayError, match=f"overlay toy.*{words}"):
        narrowing.narrow(DOCUMENT, malformed, "toy")


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({"target": "$.gone", "update": {"x": 1}}, r"target \$\.gone: matches nothing"),
        ({"target": "$.gone", "remove": True}, r"target \$\.gone: matches nothing"),
        ({"target": "$.a.list[?(@.n==9)]", "remove": True}, "matches nothing"),
        ({"target": "$.a", "update": {"size": 1}}, "changes nothing"),
        ({"target": "$.a", "update": {}}, "changes nothing"),
        ({"target": "$.a", "update": {"required": ["x"]}}, "#/a/required names something twice"),
        ({"target": "$.a.size", "update": 2}, "update the object that holds it"),
        ({"target": "$.a", "update": 2}, "only an object updates an object"),
        ({"target": "$.a", "update": [1]}, "only an object updates an object"),
        ({"target": "$.a.required", "update": ["y"]}, "updated by one item"),
    ],
)
def test_an_action_that_does_not_do_what_it_seems_is_an_error(action: Any, words: str) -> None:
    with pytest.raises(narrowing.OverlayError, match=words):
        narrow(action)


def test_an_update_merges_and_adds_to_lists() -> None:
    result = narrow({"target": "$.a", "update": {"size": 2, "new": {"x": 1}, "required": ["y"]}})
    assert result["a"] == {**DOCUMENT["a"], "size": 2, "new": {"x": 1}, "required": ["x", "y"]}
    assert narrow({"target": "$.a.list", "update": {"n": 9}})["a"]["list"][-1] == {"n": 9}
    assert narrow({"target": "$", "update": {"c": 1}})["c"] == 1


def test_several_matches_share_nothing() -> None:
    result = narrow(
        {"target": "$['a','b']", "update": {"shared": {"list": [1]}}},
        {"target": "$.a.shared.list", "update": 2},
    )
    assert result["a"]["shared"] == {"list": [1, 2]}
    assert result["b"]["shared"] == {"list": [1]}


@pytest.mark.parametrize(
    ("target", "left"),
    [
        ("$.*.list[0]", [[1, 2], [4, 5]]),
        ("$.*.list[?(@.n!=1)]", [[1], []]),
        ("$['a','b'].list[*]", [[], []]),
        ("$.a.list[0:2]", [[2], [3, 4, 5]]),
        ("$..list[1]", [[0, 2], [3, 5]]),
    ],
)
def test_remove_takes_what_matched_and_no_more(target: str, left: list[list[int]]) -> None:
    result = narrow({"target": target, "remove": True})
    assert [[item["n"] for item in result[key]["list"]] for key in ("a", "b")] == left


def test_a_key_of_any_characters_is_found_again() -> None:
    assert narrow({"target": "$.a['odd key/~.']", "update": {"x": 2}})["a"]["odd key/~."] == {"x": 2}
    assert "size" not in narrow({"target": "$.a.size", "remove": True})["a"]


def test_every_edition_is_the_common_overlay_and_its_own(tmp_path: Path) -> None:
    def put(name: str, key: str) -> None:
        head = 'overlay: "1.0.0"\ninfo: {title: T, version: "1"}\n'
        text = f"{head}actions: [{{target: $.{key}, remove: true}}]\n"
        (tmp_path / f"{name}.overlay.yaml").write_text(text, encoding="utf-8")

    put("common", "b")
    put("one", "a.size")
    with pytest.raises(narrowing.OverlayError, match="x-origin names"):
        narrowing.build(DOCUMENT, tmp_path)
    put("two", "a.list")
    built = narrowing.build(DOCUMENT, tmp_path)
    assert list(built) == ["one", "two"]
    assert [set(document) for document in built.values()] == [{"info", "a"}, {"info", "a"}]
    assert "size" not in built["one"]["a"]
    assert "list" not in built["two"]["a"]
    put("three", "a")
    with pytest.raises(narrowing.OverlayError, match="x-origin names"):
        narrowing.build(DOCUMENT, tmp_path)


def test_a_path_of_the_document_can_change_on_its_own() -> None:
    document = strict_yaml.read(generate.DOCUMENT)
    before = narrowing.build(document, generate.DOCUMENT.parent / "editions")
    old = {name: tree.tokens_of(pointer)[1] for name, pointer in tree.operations(document).items()}
    new = {
        old["getMessageStatus"]: "/renamed/status/{correlationId}",
        old["handleDeliveryReceipt"]: "/renamed/receipt",
    }

    def rename(paths: dict[str, Any]) -> dict[str, Any]:
        return {new.get(path, path): item for path, item in paths.items()}

    document["paths"] = rename(document["paths"])
    after = narrowing.build(document, generate.DOCUMENT.parent / "editions")
    for edition, built in after.items():
        assert built == {**before[edition], "paths": rename(before[edition]["paths"])}
    assert [path for path in after["2025-05-16"]["paths"] if "/renamed/" in path] == list(new.values())
    assert [path for path in after["2026-02-25"]["paths"] if "/renamed/" in path] == [
        "/renamed/status/{correlationId}"
    ]


def test_the_products_editions_build() -> None:
    document = strict_yaml.read(generate.DOCUMENT)
    built = narrowing.build(document, generate.DOCUMENT.parent / "editions")
    assert [edition["info"]["x-edition"] for edition in built.values()] == list(built)
