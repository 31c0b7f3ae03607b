"""An edition of the document, as the gate reads it: operations, schemas, and where each rule comes from."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "METHODS",
    "Document",
    "Operation",
    "Provenance",
    "SchemaError",
    "document",
    "editions",
    "tolerant",
]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The methods that a path may have, by OpenAPI 3.1."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a rule comes from.

    Attributes:
        kind: ``documented``, ``inferred`` or ``convention``.
        note: Why, or what to mind.
        pointer: The object of the document that says so, as a JSON Pointer (RFC 6901).
    """

    kind: str
    note: str
    pointer: str


@dataclass(frozen=True, slots=True)
class SchemaError:
    """A value breaks a schema.

    Attributes:
        place: Where in the value, as a JSON Pointer.
        message: What is wrong there.
        pointer: The keyword of the document that says so, as a JSON Pointer.
    """

    place: str
    message: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the document.

    Attributes:
        name: Its operationId.
        method: Its method in capitals.
        path: Its path with names in braces.
        pointer: Where it stands, as a JSON Pointer.
        content: What the document says of it.
        parameters: Its parameters, references followed, each by where it is (``path``, ``query``, ``header``)
            and its name.
        media_type: That of its body; none where it takes none.
        body: The pointer of its body's schema; none where it takes none.
        responses: What it may answer by the status in digits: references followed.
        takes_token: Whether a bearer token is looked at.
        needs_token: Whether there is no answer without one.
    """

    name: str
    method: str
    path: str
    pointer: str
    content: Mapping[str, Any]
    parameters: Mapping[tuple[str, str], Mapping[str, Any]]
    media_type: str | None
    body: str | None
    responses: Mapping[str, tuple[str, Mapping[str, Any]]]
    takes_token: bool
    needs_token: bool

    def filled(self, **names: str) -> str:
        """Return its path with values, each percent-encoded by the caller, for the names in braces."""
        path = self.path
        for name, value in names.items():
            path = path.replace("{" + name + "}", value)
        return path

    @property
    def path_names(self) -> tuple[str, ...]:
        """The names in braces in its path."""
        return tuple(name for place, name in self.parameters if place == "path")


class Document:
    """An edition of the document.

    Args:
        edition: The edition, as ``2026-02-25``.
        content: What it says.
    """

    def __init__(self, edition: str, content: Mapping[str, Any]) -> None:
        self.edition = edition
        self.content = content
        self.operations: dict[str, Operation] = {}
        self._validators: dict[str, Any] = {}
        for path, item in content["paths"].items():
            for method in METHODS:
                if method in item:
                    operation = self._operation(path, method, item)
                    self.operations[operation.name] = operation

    def methods(self, path: str) -> frozenset[str]:
        """Return the methods, in capitals, that a path of the document has."""
        return frozenset(name.upper() for name in self.content["paths"].get(path, ()) if name in METHODS)

    def at(self, pointer: str) -> Any:  # noqa: ANN401 - a document holds anything
        """Return what stands at a JSON Pointer.

        Raises:
            KeyError: Nothing does.
        """
        value: Any = self.content
        for step in _steps(pointer):
            value = value[int(step) if isinstance(value, list) else step]
        return value

    def resolved(self, pointer: str) -> tuple[str, Any]:
        """Follow references from a pointer; return the last pointer and what stands there."""
        value = self.at(pointer)
        while isinstance(value, dict) and set(value) & {"$ref"} and len(set(value) - _BESIDE) == 1:
            pointer = value["$ref"].removeprefix("#")
            value = self.at(pointer)
        return pointer, value

    def errors(self, pointer: str, value: object, *, most: int = 20) -> list[SchemaError]:
        """Check a value by the schema at a pointer.

        Args:
            pointer: Where the schema stands.
            value: The value, as JSON reads it.
            most: How many errors are enough.
        """
        found = []
        try:
            broken = list(itertools.islice(self._validator(pointer).iter_errors(value), most))
        except (UnicodeEncodeError, OverflowError, RecursionError):
            # Half of a surrogate pair, which Python holds and UTF-8 does not, or what is nested too deep.
            return [SchemaError("", "can't be held", f"{pointer}/type")]
        for error in broken:
            place = _written(error.instance_path)
            found.append(SchemaError(place, error.message, _written(error.schema_path)))
        return found

    def provenance(self, pointer: str, *, rules: bool = True) -> Provenance:
        """Tell where something comes from, by the nearest object around it that says so.

        Args:
            pointer: What is asked about, as a JSON Pointer.
            rules: Whether a constraint is meant; else the thing itself.
        """
        steps = list(_steps(pointer))
        for length in range(len(steps), -1, -1):
            place = _written(steps[:length])
            try:
                held = self.at(place)
            except (KeyError, IndexError, ValueError, TypeError):
                continue
            block = held.get("x-provenance", {}) if isinstance(held, dict) else {}
            for said in (block.get("rules", {}), block) if rules else (block,):
                if "kind" in said:
                    return Provenance(said["kind"], said.get("note", ""), place)
        return Provenance("documented", "", "")

    def _validator(self, pointer: str) -> Any:  # noqa: ANN401 - jsonschema-rs tells no common type
        if pointer not in self._validators:
            schema = {**self.content, "$ref": "#" + quote(pointer, safe="/~")}
            self._validators[pointer] = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        return self._validators[pointer]

    def _operation(self, path: str, method: str, item: Mapping[str, Any]) -> Operation:
        pointer = _written(["paths", path, method])
        content = item[method]
        parameters = {}
        for held in (item.get("parameters", ()), content.get("parameters", ())):
            for parameter in held:
                _, found = self._followed(pointer, parameter)
                parameters[found["in"], found["name"]] = found
        media_type = body = None
        if "requestBody" in content:
            where, request = self._followed(pointer + "/requestBody", content["requestBody"])
            media_type = next(iter(request["content"]))
            body = where + _written(["content", media_type, "schema"])
        security = content.get("security", self.content.get("security", []))
        return Operation(
            name=content["operationId"],
            method=method.upper(),
            path=path,
            pointer=pointer,
            content=content,
            parameters=parameters,
            media_type=media_type,
            body=body,
            responses={
                status: self._followed(_written(["paths", path, method, "responses", status]), response)
                for status, response in content["responses"].items()
            },
            takes_token=any(one for one in security),
            needs_token=bool(security) and {} not in security,
        )

    def _followed(self, pointer: str, value: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        if "$ref" in value:
            pointer = value["$ref"].removeprefix("#")
            value = self.at(pointer)
        return pointer, value


_BESIDE = {"description", "summary"}


def editions() -> tuple[str, ...]:
    """Return the editions that there are, the oldest first."""
    names = (path.name for path in files("blackkonnect_sms_documents").iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name[:1].isdigit()))


@cache
def tolerant() -> Document:
    """Read the document that all editions lie within, and that the client is made from."""
    return Document(
        "", json.loads((files("blackkonnect_sms_documents") / "blackkonnect-sms.json").read_text("utf-8"))
    )


@cache
def document(edition: str) -> Document:
    """Read an edition of the document.

    Args:
        edition: The edition, as ``2026-02-25``.

    Raises:
        FileNotFoundError: There is no such edition.
    """
    content = json.loads((files("blackkonnect_sms_documents") / f"{edition}.json").read_text("utf-8"))
    return Document(edition, content)


def _steps(pointer: str) -> Iterator[str]:
    for step in pointer.split("/")[1:]:
        yield step.replace("~1", "/").replace("~0", "~")


def _written(steps: Any) -> str:  # noqa: ANN401 - names and indices
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)
