"""The mutations of a module."""

from __future__ import annotations

import ast
import difflib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import blackkonnect_emulator
from cosmic_ray.ast import ast_nodes, get_ast  # type: ignore[import-untyped]
from cosmic_ray.mutating import mutate_code  # type: ignore[import-untyped]
from cosmic_ray.plugins import get_operator  # type: ignore[import-untyped]

from mutants.mechanical.dropped import DropArgument, DropKey

__all__ = ["MODULES", "PACKAGE", "Mutation", "mutations", "source"]

PACKAGE = Path(str(blackkonnect_emulator.__file__)).parent

MODULES = (
    "acceptance",
    "agenda",
    "answers",
    "authentication",
    "body",
    "delivery_window",
    "document",
    "endpoint",
    "exchange",
    "form_body",
    "gateway",
    "given_fields",
    "headers",
    "heads",
    "ids",
    "json_body",
    "lifecycle",
    "media_type",
    "message_content",
    "message_rows",
    "operations/__init__",
    "operations/accepting",
    "operations/rebuilding",
    "operations/receipt",
    "operations/send_bulk",
    "operations/send_single",
    "operations/status",
    "operations/token",
    "parameters",
    "problems",
    "profile",
    "records",
    "routing",
    "segmentation",
    "statuses",
    "tenants",
    "timestamps",
    "tokens",
    "validation",
    "wording",
)
"""What a request of a client passes through: reading, judging, keeping, answering."""

_COMPARED = (
    ("Eq", "NotEq"),
    ("NotEq", "Eq"),
    ("Lt", "LtE"),
    ("Lt", "GtE"),
    ("LtE", "Lt"),
    ("LtE", "Gt"),
    ("Gt", "GtE"),
    ("Gt", "LtE"),
    ("GtE", "Gt"),
    ("GtE", "Lt"),
    ("Is", "IsNot"),
    ("IsNot", "Is"),
)
_RECKONED = (
    ("Add", "Sub"),
    ("Sub", "Add"),
    ("Mul", "FloorDiv"),
    ("FloorDiv", "Mul"),
    ("Div", "Mul"),
    ("Mod", "FloorDiv"),
)
_OF_THE_TOOL = (
    *(f"ReplaceComparisonOperator_{this}_{that}" for this, that in _COMPARED),
    *(f"ReplaceBinaryOperator_{this}_{that}" for this, that in _RECKONED),
    "ReplaceUnaryOperator_Delete_Not",
    "AddNot",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "NumberReplacer",
    "ZeroIterationForLoop",
)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change of one place.

    Attributes:
        module: The module, of ``MODULES``.
        operator: What was done.
        occurrence: At the how-manieth place of the module that it can be done at, from 0.
        line: The line.
    """

    module: str
    operator: str
    occurrence: int
    line: int

    @property
    def name(self) -> str:
        """How to ask for it again."""
        return f"{self.module}:{self.operator}:{self.occurrence}"

    def code(self) -> str:
        """Return the module's source with the change.

        Raises:
            ValueError: The source has no such place.
        """
        code = mutate_code(source(self.module), _operators()[self.operator], self.occurrence)
        if code is None:
            raise ValueError(f"there is no {self.name}")
        return str(code)

    def is_python(self) -> bool:
        """Tell whether the source can still be read; the tool does not see to that."""
        try:
            ast.parse(self.code())
        except SyntaxError:
            return False
        return True

    def diff(self) -> str:
        """Return the change as a unified diff."""
        lines = difflib.unified_diff(
            source(self.module).splitlines(),
            self.code().splitlines(),
            f"{self.module}.py",
            self.name,
            lineterm="",
            n=2,
        )
        return "\n".join(lines)


def source(module: str) -> str:
    """Return a module's source."""
    return (PACKAGE / f"{module}.py").read_text("utf-8")


def mutations(module: str) -> list[Mutation]:
    """Return every mutation of a module, in the order of its operators and lines."""
    code = source(module)
    tree, lines = get_ast(code), code.splitlines()
    found = []
    for name, operator in _operators().items():
        places = [place for node in ast_nodes(tree) for place in operator.mutation_positions(node)]
        found += [
            Mutation(module, name, number, line)
            for number, ((line, _), _) in enumerate(places)
            # A decorator says how a class or a function is kept, and not what it does.
            if not lines[line - 1].lstrip().startswith("@")
        ]
    return found


@cache
def _operators() -> dict[str, Any]:
    tools = {name: get_operator(f"core/{name}")() for name in _OF_THE_TOOL}
    return {**tools, "DropKey": DropKey(), "DropArgument": DropArgument()}
