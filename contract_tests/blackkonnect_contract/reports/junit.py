"""What the gate found as JUnit XML, which CI systems show: a suite for each layer of each edition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["junit"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(facts: Mapping[str, Any]) -> str:
    """Write JUnit XML.

    Args:
        facts: What ``gate_facts`` tells.
    """
    whole = ET.Element("testsuites", name="contract")
    for layer in facts["layers"]:
        whole.append(_suite(layer, facts))
    for name in ("tests", "failures", "errors", "skipped"):
        whole.set(name, str(sum(int(suite.get(name, "0")) for suite in whole)))
    whole.set("time", f"{sum(layer['seconds'] for layer in facts['layers']):.3f}")
    ET.indent(whole)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(whole, encoding="unicode") + "\n"


def _suite(layer: Mapping[str, Any], facts: Mapping[str, Any]) -> ET.Element:
    breaches, skipped = layer["breaches"], layer["skipped"]
    suite = ET.Element("testsuite", name=f"{layer['edition']} {layer['layer']}")
    properties = ET.SubElement(suite, "properties")
    for name in ("requests", "checks", "cut"):
        ET.SubElement(properties, "property", name=name, value=str(layer[name]))
    ET.SubElement(properties, "property", name="seed", value=str(facts["seed"]))
    kind = f"contract.{layer['edition']}.{layer['layer']}"

    def case(name: str, seconds: float = 0.0) -> ET.Element:
        return ET.SubElement(suite, "testcase", classname=kind, name=_clean(name), time=f"{seconds:.3f}")

    whole_layer = case("the layer", layer["seconds"])
    if layer["failure"]:
        ET.SubElement(whole_layer, "error", message=_clean(layer["failure"]), type="failure")
    elif not layer["passed"] and not breaches:
        ET.SubElement(whole_layer, "failure", message="nothing was looked at", type="nothing")
    for breach in breaches:
        name = " ".join(filter(None, (breach["operation"], breach["rule"], breach["pointer"])))
        failure = ET.SubElement(
            case(name),
            "failure",
            message=_clean(breach["message"]),
            type="finding" if breach["isFinding"] else "breach",
        )
        lines = [breach["says"], f"provenance: {breach['provenance']} {breach['note']}".rstrip()]
        lines.append(f"seen {breach['count']} times")
        exchanges = filter(None, (*breach["steps"], breach["exchange"]))
        lines += [one["curl"] or one["request"]["url"] for one in exchanges]
        failure.text = _clean("\n".join(lines))
    for rule in sorted(layer["kept"].keys() - {breach["rule"] for breach in breaches}):
        case(rule)
    for what, why in skipped.items():
        ET.SubElement(case(what), "skipped", message=_clean(why))
    for name, inner in (
        ("tests", ""),
        ("failures", "/failure"),
        ("errors", "/error"),
        ("skipped", "/skipped"),
    ):
        suite.set(name, str(len(suite.findall(f"testcase{inner}"))))
    suite.set("time", f"{layer['seconds']:.3f}")
    return suite


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
