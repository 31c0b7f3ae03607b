"""The documents of the vendor's editions: the one document, narrowed by OpenAPI Overlays.

`oas_patch` applies the overlays. It ignores an action that matches nothing, shares one update among all
places that match, removes wrong items when several lists match, and doubles what `required` lists already;
so each action is checked here, and applied to one place at a time.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from jsonpath_ng.ext.parser import parse
from oas_patch.overlay import apply_overlay  # type: ignore[import-untyped]

from openapi import strict_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIX = ".overlay.yaml"
COMMON = "common"

_ACTION_KEYS = {"target", "description", "update", "remove"}


class OverlayError(ValueError):
    """An overlay is not what OpenAPI Overlay 1.0 asks for, or does not fit the document."""


def build(document: dict[str, Any], folder: Path) -> dict[str, dict[str, Any]]:
    """Make each edition's document: what all editions promise, then what the one promises.

    Args:
        document: The document; it stays as it is.
        folder: The folder of the overlays, `common` and one for each edition.

    Returns:
        The editions' documents by edition, in the order of `info.x-origin`.

    Raises:
        OverlayError: An edition has no overlay, an overlay has no edition, or `narrow` fails.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    overlays = {path.name.removesuffix(SUFFIX): strict_yaml.read(path) for path in paths}
    editions = [origin["edition"] for origin in document["info"]["x-origin"]]
    if set(overlays) != {COMMON, *editions}:
        raise OverlayError(f"there are overlays {sorted(overlays)}, but info.x-origin names {editions}")
    common = narrow(document, overlays[COMMON], COMMON)
    return {edition: narrow(common, overlays[edition], edition) for edition in editions}


def narrow(document: dict[str, Any], overlay: dict[str, Any], name: str) -> dict[str, Any]:
    """Apply one overlay to a copy of the document.

    Args:
        document: The document; it stays as it is.
        overlay: The overlay as read from its file.
        name: The overlay's name, for errors.

    Returns:
        The narrowed document.

    Raises:
        OverlayError: The overlay is malformed, an action matches or changes nothing, or the result lists
            something twice that may stand only once.
    """
    _check_overlay(overlay, name)
    narrowed = copy.deepcopy(document)
    for action in overlay["actions"]:
        before = copy.deepcopy(narrowed)
        narrowed = _apply(narrowed, action, f"overlay {name}, target {action['target']}")
        if narrowed == before:
            raise OverlayError(f"overlay {name}, target {action['target']}: changes nothing")
    for place, names in _name_lists(narrowed, "#"):
        if len(names) != len({repr(one) for one in names}):
            raise OverlayError(f"overlay {name}: {place} names something twice (an update adds to lists)")
    return narrowed


def _apply(document: dict[str, Any], action: dict[str, Any], place: str) -> dict[str, Any]:
    matches = parse(action["target"]).find(document)
    if not matches:
        raise OverlayError(f"{place}: matches nothing")
    # Backwards, so that removing an item of a list does not move those still to be removed.
    for match in reversed(matches):
        _check_update(match.value, action, place)
        single = {**copy.deepcopy(action), "target": str(match.full_path)}
        document = apply_overlay(document, {"actions": [single]})
    return document


def _check_update(value: object, action: dict[str, Any], place: str) -> None:
    """Allow only updates on which the specification and `oas_patch` agree."""
    if "update" not in action:
        return
    update = action["update"]
    if isinstance(value, dict) and not isinstance(update, dict):
        raise OverlayError(f"{place}: only an object updates an object")
    if isinstance(value, list) and isinstance(update, list):
        raise OverlayError(f"{place}: a list is updated by one item, not by a list")
    if not isinstance(value, dict | list):
        raise OverlayError(f"{place}: is neither object nor list; update the object that holds it")


def _check_overlay(overlay: object, name: str) -> None:
    place = f"overlay {name}"
    if not isinstance(overlay, dict):
        raise OverlayError(f"{place}: is no mapping")
    if overlay.get("overlay") != "1.0.0":
        raise OverlayError(f'{place}: must say overlay: "1.0.0"')
    info = overlay.get("info")
    if not isinstance(info, dict) or not all(isinstance(info.get(key), str) for key in ("title", "version")):
        raise OverlayError(f"{place}: info needs a title and a version")
    actions = overlay.get("actions")
    if not isinstance(actions, list) or not actions:
        raise OverlayError(f"{place}: has no actions")
    unknown = {key for key in overlay if not key.startswith("x-")} - {"overlay", "info", "actions", "extends"}
    if unknown:
        raise OverlayError(f"{place}: unknown {', '.join(sorted(unknown))}")
    for number, action in enumerate(actions, start=1):
        _check_action(action, f"{place}, action {number}")


def _check_action(action: object, place: str) -> None:
    if not isinstance(action, dict) or not isinstance(action.get("target"), str):
        raise OverlayError(f"{place}: has no target")
    unknown = {key for key in action if not key.startswith("x-")} - _ACTION_KEYS
    if unknown:
        raise OverlayError(f"{place}: unknown {', '.join(sorted(unknown))}")
    if ("update" in action) == ("remove" in action):
        raise OverlayError(f"{place}: needs either update or remove")
    if "remove" in action and action["remove"] is not True:
        raise OverlayError(f"{place}: remove can only be true")


def _name_lists(node: object, place: str) -> Iterator[tuple[str, list[Any]]]:
    """Find every list whose items must differ, by JSON Schema's or OpenAPI's rules."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _name_lists(item, f"{place}/{index}")
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in {"required", "enum", "type", "tags", "x-extensible-enum"} and isinstance(value, list):
                yield f"{place}/{key}", value
            yield from _name_lists(value, f"{place}/{key}")
