"""Operators that leave something out, in the form of cosmic-ray's own, which has none of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cosmic_ray.operators.operator import Example, Operator  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["DropArgument", "DropKey"]

_Node = Any
"""A node of parso's tree, which comes without types."""


class _Drop(Operator):  # type: ignore[misc] # the base has no types
    """Leaves one of several things between commas out."""

    def mutation_positions(self, node: _Node) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Tell what could be left out of a node."""
        for first, last in self._places(node):
            yield node.children[first].start_pos, node.children[last].end_pos

    def mutate(self, node: _Node, index: int) -> _Node:
        """Leave one out, with the comma behind it."""
        first, last = list(self._places(node))[index]
        end = last + 1
        if end < len(node.children) and _is_comma(node.children[end]):
            end += 1
        elif first and _is_comma(node.children[first - 1]):
            first -= 1
        del node.children[first:end]
        return node

    def _places(self, node: _Node) -> Iterator[tuple[int, int]]:
        raise NotImplementedError


class DropKey(_Drop):
    """Leaves a key and its value out of a dictionary."""

    def _places(self, node: _Node) -> Iterator[tuple[int, int]]:
        if node.type != "dictorsetmaker" or len(node.children) <= len("k:v"):
            return
        for place, child in enumerate(node.children):
            if getattr(child, "value", "") == ":" and place:
                yield place - 1, place + 1

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """Show what it does."""
        return (
            Example("x = {'a': 1, 'b': 2}", "x = { 'b': 2}"),
            Example("x = {'a': 1, 'b': 2}", "x = {'a': 1}", occurrence=1),
        )


class DropArgument(_Drop):
    """Leaves an argument that is given by its name out of a call."""

    def _places(self, node: _Node) -> Iterator[tuple[int, int]]:
        if node.type != "arglist":
            return
        for place, child in enumerate(node.children):
            if child.type == "argument" and getattr(child.children[1], "value", "") == "=":
                yield place, place

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """Show what it does."""
        return (
            Example("f(a, b=1, c=2)", "f(a, c=2)"),
            Example("f(a, b=1, c=2)", "f(a, b=1)", occurrence=1),
        )


def _is_comma(node: _Node) -> bool:
    return getattr(node, "value", "") == ","
