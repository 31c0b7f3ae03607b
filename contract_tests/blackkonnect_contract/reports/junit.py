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
        breaches, skipped = layer["breaches"], layer["skipped"]
        nothing = not layer["passed"] and not breaches
        suite = ET.SubElement(
            whole,
            "testsuite",
            name=f"{layer['edition']} {layer['layer']}",
            tests=str(len(breaches) + len(skipped) + 1),
            failures=str(len(breaches) + nothing),
            errors="0",
            skipped=str(len(skipped)),
            time=f"{layer['seconds']:.3f}",
        )
        properties = ET.SubElement(suite, "properties")
        for name in ("requests", "checks", "cut"):
            ET.SubElement(properties, "property", name=name, value=str(layer[name]))
        ET.SubElement(properties, "property", name="seed", value=str(facts["seed"]))
        kind = f"contract.{layer['edition']}.{layer['layer']}"
        whole_layer = ET.SubElement(
            suite, "testcase", classname=kind, name="the layer", time=f"{layer['seconds']:.3f}"
        )
        if nothing:
            ET.SubElement(whole_layer, "failure", message="nothing was looked at", type="nothing")
        for breach in breaches:
            name = " ".join(filter(None, (breach["operation"], breach["rule"], breach["pointer"])))
            case = ET.SubElement(suite, "testcase", classname=kind, name=_clean(name), time="0")
            failure = ET.SubElement(
                case,
                "failure",
                message=_clean(breach["message"]),
                type="finding" if breach["isFinding"] else "breach",
            )
            lines = [breach["says"], f"provenance: {breach['provenance']} {breach['note']}".rstrip()]
            lines.append(f"seen {breach['count']} times")
            lines += [step["curl"] for step in breach["steps"]]
            if breach["exchange"] is not None:
                lines.append(breach["exchange"]["curl"])
            failure.text = _clean("\n".join(lines))
        for what, why in skipped.items():
            case = ET.SubElement(suite, "testcase", classname=kind, name=_clean(what), time="0")
            ET.SubElement(case, "skipped", message=_clean(why))
    ET.indent(whole)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(whole, encoding="unicode") + "\n"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
