"""Fixtures of the tests of the document: each gives a copy that a test may spoil."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from openapi import narrowing, strict_yaml, vendor

HERE = Path(__file__).parents[2] / "openapi"
EDITIONS = ("2025-05-16", "2026-02-25")


@pytest.fixture(scope="session")
def originals() -> dict[str, Any]:
    """The document under the name `document`, and the editions' documents by edition."""
    document = strict_yaml.read(HERE / "blackkonnect-sms.yaml")
    return {"document": document, **narrowing.build(document, HERE / "editions")}


@pytest.fixture
def document(originals: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(originals["document"])


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest, originals: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(originals[request.param])


@pytest.fixture
def edition_2025(originals: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(originals["2025-05-16"])


@pytest.fixture
def edition_2026(originals: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(originals["2026-02-25"])


@pytest.fixture(scope="session")
def pages() -> list[vendor.Page]:
    return vendor.read(HERE / "evidence")


@pytest.fixture
def evidence() -> dict[str, dict[str, Any]]:
    """The content of the files of the evidence, by edition/page."""
    files = sorted((HERE / "evidence").glob("*/*.json"))
    return {f"{path.parent.name}/{path.stem}": json.loads(path.read_text(encoding="utf-8")) for path in files}
