"""YAML read so that every tool reads the same, or not at all.

YAML 1.1 and 1.2 disagree on plain scalars: a date becomes an object, `no` becomes false, `12:30` becomes 750.
And most readers let the last of two equal keys win. Here each of these is an error that names the line.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

_JSON_SCALARS = {
    "tag:yaml.org,2002:bool": re.compile(r"true|false"),
    "tag:yaml.org,2002:null": re.compile(r"null"),
    "tag:yaml.org,2002:int": re.compile(r"-?(0|[1-9][0-9]*)"),
    "tag:yaml.org,2002:float": re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?"),
}
_KEY_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"}


class AmbiguousYAMLError(ValueError):
    """A YAML file says something that tools read in different ways."""


class _Loader(yaml.SafeLoader):
    """A safe loader that refuses what is ambiguous."""

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:  # noqa: ANN401 - the stubs name a wrong type
        """Look at a mapping's keys as they are written, before merge keys bring others in."""
        node = super().compose_mapping_node(anchor)
        keys: set[str] = set()
        for key, _ in node.value:
            if key.tag not in _KEY_TAGS:
                raise AmbiguousYAMLError(f"{_place(key)}: quote the key {key.value!r}")
            if key.value in keys:
                raise AmbiguousYAMLError(f"{_place(key)}: the key {key.value!r} stands twice")
            keys.add(key.value)
        return node


def _scalar(_: _Loader, node: yaml.ScalarNode) -> object:
    pattern = _JSON_SCALARS.get(node.tag)
    if pattern is None or not pattern.fullmatch(node.value):
        raise AmbiguousYAMLError(f"{_place(node)}: quote {node.value!r}, YAML readers differ on it")
    return json.loads(node.value)


def _place(node: yaml.Node) -> str:
    return f"{node.start_mark.name}, line {node.start_mark.line + 1}"


for _tag in (*_JSON_SCALARS, "tag:yaml.org,2002:timestamp"):
    _Loader.add_constructor(_tag, _scalar)


def read(path: Path) -> Any:  # noqa: ANN401 - the type is the file's
    """Read one YAML file into plain JSON values that share nothing.

    Args:
        path: The file, in UTF-8.

    Raises:
        AmbiguousYAMLError: A scalar must be quoted, a key is no string, or a key stands twice.
    """
    loader = _Loader(path.read_text(encoding="utf-8"))
    loader.name = path.name
    try:
        content = loader.get_single_data()
    finally:
        loader.dispose()
    # An alias gives the same object twice; a change of one place would then show in the other.
    return json.loads(json.dumps(content, allow_nan=False))
