"""The package's names, its examples, and what comes along with it."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest
from blackkonnect_sms import receipts

PUBLIC = [
    "Answer",
    "Receipt",
    "ReceiptsASGI",
    "ReceiptsWSGI",
    "make_query",
    "make_url",
    "merge",
    "parse_receipt",
]
MODULES = [f"{receipts.__name__}.{found.name}" for found in pkgutil.iter_modules(receipts.__path__)]
FRAMEWORKS = ["django", "fastapi", "flask", "starlette", "uvicorn", "werkzeug", "wsgiref"]


def _place(name: str) -> tuple[bool, bool, str]:
    """Constants first, then classes, then the rest."""
    return not name.isupper(), not name[0].isupper(), name


def test_the_package_s_names() -> None:
    assert receipts.__all__ == PUBLIC
    unlisted = {name for name in vars(receipts) if name[0] not in "_@"} - {*PUBLIC}
    assert unlisted == {name.rpartition(".")[2] for name in MODULES}


@pytest.mark.parametrize("name", MODULES)
def test_each_module_lists_its_names(name: str) -> None:
    module = importlib.import_module(name)
    assert sorted(module.__all__, key=_place) == module.__all__
    assert all(hasattr(module, listed) for listed in module.__all__)


@pytest.mark.parametrize("name", [receipts.__name__, *MODULES, "blackkonnect_sms._segments"])
def test_the_examples_of_the_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_no_framework_comes_along() -> None:
    code = (
        "import sys, httpx; before = set(sys.modules); import blackkonnect_sms.receipts; "
        f"print([name for name in {FRAMEWORKS!r} if name in set(sys.modules) - before])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
