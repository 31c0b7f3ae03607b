"""Reading the parameters of a request."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from blackkonnect_emulator.document import Document, Operation, Parameter
from blackkonnect_emulator.headers import Headers
from blackkonnect_emulator.problems import Place, in_parameter, rules_broken
from blackkonnect_emulator.validation import compile_schema
from blackkonnect_emulator.wording import wording

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

# What JSON takes for an integer: no sign but minus, no leading zero, no other digits than ASCII's.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_LONGEST_INTEGER = 20

Values = Mapping[str, Any]
Given = Mapping[str, Sequence[bytes]]


class ParameterRules:
    """The rules of an operation's parameters.

    A parameter that the operation doesn't know is ignored, as a gateway ignores a header of a proxy's;
    one that it knows and that comes twice is refused, unless it is an array.

    Args:
        document: Where references lead.
        operation: The operation.
    """

    def __init__(self, document: Document, operation: Operation) -> None:
        self._rules: list[tuple[Parameter, Draft202012Validator]] = [
            (parameter, compile_schema(document, parameter.schema)) for parameter in operation.parameters
        ]
        self._defaults: dict[str, Any] = {
            parameter.name: document.resolve(parameter.schema)["default"]
            for parameter in operation.parameters
            if "default" in document.resolve(parameter.schema)
        }
        self._headers = {
            parameter.name: parameter.name.encode("latin-1")
            for parameter in operation.parameters
            if parameter.location == "header"
        }
        self._required = any(parameter.required for parameter in operation.parameters)
        self.none = not operation.parameters

    def _named(self, headers: Headers) -> Given:
        given = {}
        for name, raw in self._headers.items():
            if values := headers.values(raw):
                given[name] = values
        return given

    def read(self, path: Given, query: bytes, headers: Headers) -> Values:
        """Read and check all parameters.

        Args:
            path: The segments of the path by name, still percent-encoded.
            query: The query string.
            headers: The headers.
        """
        if self.none:
            return {}
        given = {"path": path, "query": _query(query) if query else {}, "header": self._named(headers)}
        values = dict(self._defaults)
        if not any(given.values()) and not self._required:
            return values
        places: list[Place] = []
        for parameter, validator in self._rules:
            texts = given[parameter.location].get(parameter.name, ())
            if not texts:
                if parameter.required:
                    places.append(in_parameter(parameter.shown_name, "is missing"))
                continue
            wrong, value = _value(parameter, texts)
            if wrong is None:
                for error in validator.iter_errors(value):
                    facts = error.kind.as_dict()
                    places.append(in_parameter(parameter.shown_name, wording(error.kind.name, facts)))
                values[parameter.name] = value
            else:
                places.append(in_parameter(parameter.shown_name, wrong))
        if places:
            raise rules_broken(places)
        return values


def _query(query: bytes) -> Given:
    given: dict[str, list[bytes]] = {}
    for pair in query.split(b"&"):
        name, _, value = pair.partition(b"=")
        text = unquote_to_bytes(name.replace(b"+", b" ")).decode("utf-8", "replace")
        given.setdefault(text, []).append(value.replace(b"+", b" "))
    return given


def _value(parameter: Parameter, texts: Sequence[bytes]) -> tuple[str | None, Any]:
    if len(texts) > 1 and not parameter.is_array:
        return "must be given once", None
    values: list[str | int] = []
    for text in texts:
        try:
            decoded = text.decode("latin-1") if parameter.location == "header" else _decode(text)
        except UnicodeDecodeError:
            return "must be UTF-8, percent-encoded", None
        if parameter.type == "integer":
            if len(decoded) > _LONGEST_INTEGER or _INTEGER.fullmatch(decoded) is None:
                return "must be an integer, in plain digits", None
            values.append(int(decoded))
        else:
            values.append(decoded)
    return None, values if parameter.is_array else values[0]


def _decode(text: bytes) -> str:
    return unquote_to_bytes(text).decode("utf-8")
