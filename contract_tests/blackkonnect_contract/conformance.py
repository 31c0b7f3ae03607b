"""What every answer is checked for, whatever was asked: that the document describes it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from blackkonnect_contract.breach import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blackkonnect_contract.document import Document, Operation
    from blackkonnect_contract.exchange import Answer

__all__ = ["broken_rules"]

_PROBLEM = "application/problem+json"
_PROBLEM_SCHEMA = "/components/schemas/ProblemDetail"
_FAILURE = 500
_LEAST_ERROR = 400
_OK = 200
_NOT_ALLOWED = 405
_METHOD = re.compile(r"[A-Z]+")

_STATUS = Rule("described-status", "A gateway answers with a status that the document describes.")
_NO_FAILURE = Rule("no-server-error", "No request makes the gateway fail.")
_MEDIA_TYPE = Rule("described-media-type", "An answer has the media type that the document describes.")
_READABLE = Rule("readable-json", "A body that is called JSON is JSON, in UTF-8, with no name twice.")
_HEADER = "The answer has the headers that the document requires"
_PROBLEM_STATUS = Rule(
    "problem-status",
    "The status in problem details is that of the status line (RFC 9457, section 3.1.2).",
    f"{_PROBLEM_SCHEMA}/properties/status",
)
_POINTER = Rule(
    "pointer-names-a-place",
    "The JSON Pointer of an error names a field of the request, or one that is missing in an object of it.",
    "/components/schemas/ProblemError/properties/pointer",
)
_ALLOW = Rule(
    "allow-lists-methods",
    "Allow lists exactly the methods of the path, of those that the document has (RFC 9110, 15.5.6).",
    "/components/headers/Allow",
)


def broken_rules(
    document: Document,
    operation: Operation,
    answer: Answer,
    *,
    method: str,
    body: object,
) -> Iterator[tuple[Rule, str]]:
    """Tell which rules an answer breaks, and how.

    Args:
        document: The edition's document.
        operation: What was asked for.
        answer: The answer.
        method: The method that was asked with; another one than the operation's is to get 405.
        body: The request's body as JSON reads it, to look the pointers of problems up, if it has one.
    """
    if answer.status >= _FAILURE:
        yield _NO_FAILURE, f"answered {answer.status}"
        return
    described = operation.responses.get(str(answer.status))
    if described is None:
        known = ", ".join(sorted(operation.responses))
        yield (
            Rule(_STATUS.name, _STATUS.says, f"{operation.pointer}/responses"),
            f"answered {answer.status}; described are {known}",
        )
        return
    pointer, response = described
    yield from _headers(document, pointer, response, answer)
    yield from _content(document, pointer, response, answer)
    if answer.status == _NOT_ALLOWED:
        yield from _allow(document, operation, answer, method)
    if answer.status >= _LEAST_ERROR:
        yield from _problem(answer, body)


def _headers(
    document: Document,
    pointer: str,
    response: Mapping[str, Any],
    answer: Answer,
) -> Iterator[tuple[Rule, str]]:
    for name, held in response.get("headers", {}).items():
        where = f"{pointer}/headers/{name}"
        header = held
        if "$ref" in held:
            where = held["$ref"].removeprefix("#")
            header = document.at(where)
        value = answer.header(name)
        if value is None:
            if header.get("required"):
                yield Rule("required-header", f"{_HEADER}: {name}.", where), f"{name} is missing"
            continue
        for error in document.errors(f"{where}/schema", value):
            rule = Rule(
                "header-form", f"The header {name} has the form that the document gives.", error.pointer
            )
            yield rule, f"{name}: {error.message}"


def _content(
    document: Document,
    pointer: str,
    response: Mapping[str, Any],
    answer: Answer,
) -> Iterator[tuple[Rule, str]]:
    content = response.get("content", {})
    if not content:
        return
    if answer.media_type not in content:
        rule = Rule(_MEDIA_TYPE.name, _MEDIA_TYPE.says, f"{pointer}/content")
        yield rule, f"{answer.media_type or 'none'} instead of {' or '.join(content)}"
        return
    try:
        value = json.loads(answer.body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as problem:
        yield Rule(_READABLE.name, _READABLE.says, f"{pointer}/content"), f"the body can't be read: {problem}"
        return
    schema = f"{pointer}/content/{answer.media_type.replace('~', '~0').replace('/', '~1')}/schema"
    for error in document.errors(schema, value):
        yield (
            Rule("answer-schema", "The answer keeps to its schema.", error.pointer),
            f"{error.place or 'the body'}: {error.message}",
        )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return held


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _allow(
    document: Document, operation: Operation, answer: Answer, method: str
) -> Iterator[tuple[Rule, str]]:
    known = document.methods(operation.path)
    told = set(_METHOD.findall(answer.header("allow") or ""))
    if method in known:
        yield _ALLOW, f"{method} is a method of {operation.path}, and was answered 405"
    elif not known <= told or told - known - {"HEAD", "OPTIONS"}:
        yield _ALLOW, f"Allow is {answer.header('allow')!r}; the path has {', '.join(sorted(known))}"


def _problem(answer: Answer, body: object) -> Iterator[tuple[Rule, str]]:
    problem = answer.json if answer.media_type == _PROBLEM else None
    if not isinstance(problem, dict):
        return
    if problem.get("status") != answer.status:
        yield _PROBLEM_STATUS, f"{problem.get('status')!r} in the body, {answer.status} in the status line"
    errors = problem.get("errors")
    for error in errors if isinstance(errors, list) else ():
        pointer = error.get("pointer") if isinstance(error, dict) else None
        if isinstance(pointer, str) and body is not None and not _names_a_place(pointer, body):
            yield _POINTER, f"{pointer!r} names nothing in the request"


def _names_a_place(pointer: str, body: object) -> bool:
    steps = pointer.removeprefix("#").split("/")[1:]
    value = body
    for number, step in enumerate(steps):
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            if name not in value:
                # A field that is missing has a place, but nothing is below it.
                return number == len(steps) - 1
            value = value[name]
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            return False
    return True
