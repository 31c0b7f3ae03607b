"""The built document of an edition: the emulator's only source of what goes over the wire."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

_PACKAGE = "blackkonnect_sms_documents"
_EDITION = re.compile(r"(\d{4}-\d{2}-\d{2})\.json", re.ASCII)
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_SCHEMAS = "#/components/schemas/"
_SUPPORTED_TYPES = ("string", "integer")

Schema = Mapping[str, Any]


class DocumentError(Exception):
    """The document says something that the emulator can't do, or can't be read."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation.

    Attributes:
        name: Its name; of a header in lower case.
        shown_name: Its name as the document writes it.
        location: `path`, `query` or `header`.
        required: Whether it must be given.
        type: The JSON type of its value, or of its items.
        is_array: Whether it may be given more than once, by style form and explode.
        schema: Its schema.
    """

    name: str
    shown_name: str
    location: str
    required: bool
    type: str
    is_array: bool
    schema: Schema


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a request: its one media type, its schema, and whether it must be there."""

    media_type: str
    schema: Schema
    required: bool


@dataclass(frozen=True, slots=True)
class Success:
    """The 200 answer of an operation.

    Attributes:
        is_array: Whether it is an array; the rest is said of its items then.
        fields: The names of its fields.
        no_words: What its `message` holds where there is nothing to say: null, or an empty object.
    """

    is_array: bool
    fields: frozenset[str]
    no_words: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the document.

    Attributes:
        operation_id: Its name.
        method: Its HTTP method, in capitals.
        path: Its path template.
        parameters: Its parameters, those of its path included.
        body: Its body, where it takes one.
        takes_token: Whether a bearer token is read.
        needs_token: Whether a bearer token must be there.
        success: Its 200 answer.
    """

    operation_id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: Body | None
    takes_token: bool
    needs_token: bool
    success: Success


def editions() -> list[str]:
    """List the editions that there are documents of."""
    try:
        names = [entry.name for entry in files(_PACKAGE).iterdir()]
    except ModuleNotFoundError as error:
        raise DocumentError(f"the package {_PACKAGE} is not installed") from error
    return sorted(found[1] for name in names if (found := _EDITION.fullmatch(name)))


@cache
def load(edition: str) -> "Document":
    """Read the document of an edition.

    Args:
        edition: One of `editions()`.
    """
    return Document(orjson.loads((files(_PACKAGE) / f"{edition}.json").read_bytes()))


class Document:
    """A document, with its references resolved where one asks.

    Args:
        content: The document as JSON has it.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.schemas: Schema = content["components"]["schemas"]
        status = self.schemas["DeliveryStatus"]
        self.statuses: tuple[str, ...] = tuple(status["enum"])
        self.final_statuses: frozenset[str] = frozenset(status["x-final-statuses"])
        self.operations = tuple(self._operations())

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow a reference within the document, if the node is one; siblings go over what it refers to."""
        while isinstance(reference := node.get("$ref"), str):
            if not reference.startswith("#/"):
                raise DocumentError(f"a reference leads out of the document: {reference}")
            target: Any = self.content
            for part in reference[2:].split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = {**target, **{name: value for name, value in node.items() if name != "$ref"}}
        return node

    def fields(self, schema: Schema) -> Mapping[str, Schema]:
        """List the properties that a schema and the parts of its `allOf` declare."""
        schema = self.resolve(schema)
        declared: dict[str, Schema] = {}
        for part in schema.get("allOf", ()):
            declared.update(self.fields(part))
        declared.update(schema.get("properties", {}))
        return declared

    def referred(self, schema: Schema) -> dict[str, Schema]:
        """List the schemas of the document that a schema refers to, at whatever remove, by their names."""
        found: dict[str, Schema] = {}
        nodes: list[Any] = [schema]
        while nodes:
            node = nodes.pop()
            if isinstance(node, list):
                nodes.extend(node)
            elif isinstance(node, dict):
                nodes.extend(node.values())
                reference = node.get("$ref")
                if isinstance(reference, str) and reference.startswith(_SCHEMAS):
                    name = reference.removeprefix(_SCHEMAS)
                    if name not in found:
                        found[name] = self.schemas[name]
                        nodes.append(found[name])
        return found

    def _operations(self) -> Iterator[Operation]:
        for path, item in self.content["paths"].items():
            shared = item.get("parameters", [])
            for method in _METHODS:
                if method in item:
                    yield self._operation(path, method, item[method], shared)

    def _operation(
        self, path: str, method: str, held: dict[str, Any], shared: list[dict[str, Any]]
    ) -> Operation:
        name = held["operationId"]
        alternatives = held.get("security", self.content.get("security", []))
        for scheme in {scheme for alternative in alternatives for scheme in alternative}:
            described = self.content["components"]["securitySchemes"][scheme]
            if (described["type"], described["scheme"]) != ("http", "bearer"):
                raise DocumentError(f"{name}: the security scheme {scheme} is not bearer")
        return Operation(
            operation_id=name,
            method=method.upper(),
            path=path,
            parameters=tuple(
                self._parameter(name, given) for given in [*shared, *held.get("parameters", [])]
            ),
            body=self._body(name, held),
            takes_token=any(alternatives),
            needs_token=bool(alternatives) and all(alternatives),
            success=self._success(name, held["responses"]["200"]),
        )

    def _parameter(self, operation: str, given: dict[str, Any]) -> Parameter:
        held = self.resolve(given)
        schema = self.resolve(held["schema"])
        is_array = schema.get("type") == "array"
        kind = self.resolve(schema["items"])["type"] if is_array else schema["type"]
        spread = (held.get("style", "form"), held.get("explode", True)) == ("form", True)
        if kind not in _SUPPORTED_TYPES or (is_array and not (spread and held["in"] == "query")):
            raise DocumentError(f"{operation}: the parameter {held['name']} is of a kind that is not read")
        name = held["name"]
        return Parameter(
            name=name.lower() if held["in"] == "header" else name,
            shown_name=name,
            location=held["in"],
            required=held.get("required", False),
            type=kind,
            is_array=is_array,
            schema=held["schema"],
        )

    def _body(self, operation: str, held: dict[str, Any]) -> Body | None:
        if "requestBody" not in held:
            return None
        body = self.resolve(held["requestBody"])
        if len(body["content"]) != 1:
            raise DocumentError(f"{operation}: a body of several media types is not read")
        ((media_type, content),) = body["content"].items()
        return Body(media_type=media_type, schema=content["schema"], required=body.get("required", False))

    def _success(self, operation: str, held: dict[str, Any]) -> Success:
        schema = self.resolve(self.resolve(held)["content"]["application/json"]["schema"])
        if "oneOf" in schema:
            # An edition keeps one branch of what the tolerant document leaves open.
            if len(schema["oneOf"]) != 1:
                raise DocumentError(f"{operation}: the answer is of several shapes")
            schema = self.resolve(schema["oneOf"][0])
        is_array = schema.get("type") == "array"
        fields = self.fields(schema["items"] if is_array else schema)
        types = self.resolve(fields["message"]).get("type", "null") if "message" in fields else "null"
        return Success(is_array=is_array, fields=frozenset(fields), no_words=None if "null" in types else {})
