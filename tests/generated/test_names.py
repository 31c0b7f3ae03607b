"""Properties that are called like something in the generated code work; the few that can't are refused."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import pytest

from openapi import client, names

if TYPE_CHECKING:
    from pathlib import Path

NASTY = [
    *(
        "d",
        "cls",
        "self",
        "T",
        "Any",
        "UNSET",
        "Unset",
        "field_dict",
        "src_dict",
        "prop",
        "prop_name",
        "prop_dict",
    ),
    *(
        "_cls_",
        "_fields_",
        "_dict_",
        "_source_",
        "_model_",
        "_name_",
        "_item_",
        "_reading",
        "reading",
        "items",
        "data",
    ),
    *(
        "class",
        "from",
        "import",
        "type",
        "list",
        "dict",
        "isinstance",
        "datetime",
        "UUID",
        "uuid",
        "json",
        "types",
    ),
    *(
        "_attrs_define",
        "_attrs_field",
        "Mapping",
        "annotations",
        "TYPE_CHECKING",
        "value",
        "key",
        "None",
        "true",
        "id",
    ),
    *(
        "a-b",
        "a b",
        "1st",
        "__init__",
        "Ünï",
        "x_data",
        "item",
        "Inner",
        "inner",
        "additional",
        "field_",
        "repr",
    ),
]
KINDS: dict[str, tuple[dict[str, Any], object]] = {
    "string": ({"type": "string"}, "text"),
    "time": ({"type": "string", "format": "date-time"}, "2026-03-02T08:00:00+00:00"),
    "models": ({"type": "array", "items": {"$ref": "#/components/schemas/Inner"}}, [{"a": 1}, {}]),
    "either": (
        {"oneOf": [{"$ref": "#/components/schemas/Inner"}, {"type": "array", "items": {"type": "string"}}]},
        ["x"],
    ),
}


def document(schemas: dict[str, Any]) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Toy", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }


def schemas() -> dict[str, Any]:
    """One schema for each name, kind and need, so that no name hides another's fault."""
    found: dict[str, Any] = {"Inner": {"type": "object", "properties": {"a": {"type": "integer"}}}}
    for number, name in enumerate(NASTY):
        for kind, (schema, _) in KINDS.items():
            for need, required in (("Must", [name]), ("May", [])):
                found[f"N{number}{kind.title()}{need}"] = {
                    "type": "object",
                    "properties": {name: schema, "other": {"type": "string", "format": "date-time"}},
                    "required": required,
                    "additionalProperties": {
                        "type": "array",
                        "items": {"$ref": "#/components/schemas/Inner"},
                    },
                }
    return found


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("toy")
    client.write(document(schemas()), folder / "toy_of_names")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield importlib.import_module("toy_of_names.models")


@pytest.mark.parametrize("name", NASTY)
def test_a_model_with_this_name_comes_back_as_it_went(models: Any, name: str) -> None:
    for kind, (_, value) in KINDS.items():
        for need in ("Must", "May"):
            model = getattr(models, f"N{NASTY.index(name)}{kind.title()}{need}")
            wire = {name: value, "other": "2026-03-02T08:00:00+00:00", "new": [{"a": 2}]}
            read = model.from_dict(wire)
            assert read.to_dict() == wire, (name, kind, need)
            assert model.from_dict(read.to_dict()) == read


@pytest.mark.parametrize("name", ["toDict", "from_dict", "additionalProperties", "additional-keys", "cast"])
def test_a_property_that_can_not_be_mended_is_refused(tmp_path: Path, name: str) -> None:
    toy = document({"A": {"type": "object", "properties": {name: {"type": "string"}}}})
    with pytest.raises(names.NameClashError, match=name):
        client.write(toy, tmp_path / "toy")


@pytest.mark.parametrize("name", sorted(names.FORBIDDEN_PARAMETERS))
def test_a_parameter_that_can_not_be_mended_is_refused(name: str) -> None:
    toy = document({})
    toy["paths"]["/a"] = {
        "get": {"parameters": [{"name": name, "in": "query", "schema": {"type": "string"}}]}
    }
    with pytest.raises(names.NameClashError, match=name):
        names.check(toy)


@pytest.mark.parametrize(
    "extra",
    [
        {"a": {"type": "object"}},
        {"B": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Gone"}}}},
        {"B": {"type": "array"}},
    ],
)
def test_a_warning_of_the_generator_is_an_error(tmp_path: Path, extra: dict[str, Any]) -> None:
    with pytest.raises(client.GenerationError, match=r"^WARNING: "):
        client.write(document({"A": {"type": "object"}, **extra}), tmp_path / "toy")


def test_a_document_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(client.GenerationError, match=r"^ERROR: "):
        client.write({"openapi": "3.1.0"}, tmp_path / "toy")
