"""Every public name is listed, documented, sorted, importable, and read by the type checkers."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import blackkonnect_sms
import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "names.md").read_text("utf-8")
TYPING = sorted(Path(__file__).parent.glob("typing_*.py"))
MODULES = sorted(path.stem for path in Path(blackkonnect_sms.__file__).parent.glob("*.py"))
PUBLIC = [
    "AsyncBlackkonnectSMS",
    "AsyncBulkSends",
    "AuthenticationError",
    "BlackkonnectError",
    "BlackkonnectSMS",
    "BulkResult",
    "BulkSends",
    "ConfigurationError",
    "DuplicateId",
    "Fate",
    "InvalidArgument",
    "MessageStatus",
    "NotFound",
    "OutcomeUnknown",
    "RateLimited",
    "Refused",
    "RetryEvent",
    "RetryPolicy",
    "Segment",
    "Segments",
    "SendResult",
    "TokenUnavailable",
    "Unavailable",
    "Unreachable",
    "WaitResult",
    "__version__",
    "interrupted_send",
    "is_final",
    "new_id",
    "segments",
]


def test_the_package_s_names() -> None:
    assert blackkonnect_sms.__all__ == PUBLIC
    assert all(hasattr(blackkonnect_sms, name) for name in PUBLIC)
    # Nothing public comes along unlisted but the modules themselves; pytest adds names with an @.
    unlisted = {name for name in vars(blackkonnect_sms) if name[0] not in "_@"} - {
        *PUBLIC,
        *MODULES,
        "cli",
        "receipts",
    }
    assert unlisted == set()


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("__")])
def test_each_module_lists_its_names(name: str) -> None:
    module = importlib.import_module(f"blackkonnect_sms.{name}")
    if hasattr(module, "__all__"):
        assert sorted(module.__all__, key=_place) == list(module.__all__)
        assert all(hasattr(module, listed) for listed in module.__all__)
    else:
        assert name.startswith("_")


def _place(name: str) -> tuple[bool, bool, str]:
    """Constants first, then classes, then the rest."""
    return not name.isupper(), not name[0].isupper(), name


@pytest.mark.parametrize("package", ["blackkonnect_sms", "blackkonnect_sms.receipts"])
def test_the_page_lists_each_name_with_what_it_is(package: str) -> None:
    module = importlib.import_module(package)
    section = PAGE.partition(f"## `{package}`\n")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)` \| (.+) \|$", section, re.MULTILINE)
    assert [name for name, _ in listed] == list(module.__all__)
    for name, told in listed:
        if name != "__version__":
            assert told == str(inspect.getdoc(getattr(module, name))).partition("\n")[0].replace("``", "`")


def test_the_page_lists_names_of_modules_that_there_are() -> None:
    listed = re.findall(r"^\| `(blackkonnect_sms\.\w+)\.(\w+)` \|", PAGE, re.MULTILINE)
    assert listed
    for module, name in listed:
        found = importlib.import_module(module)
        assert name in found.__all__
        assert name.isupper() or inspect.getdoc(getattr(found, name))


@pytest.mark.parametrize("package", ["blackkonnect_sms", "blackkonnect_sms.receipts"])
def test_each_name_is_in_a_file_that_the_type_checkers_read(package: str) -> None:
    used: set[str] = set()
    for file in TYPING:
        tree = ast.parse(file.read_text("utf-8"))
        imported = {
            one.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == package
            for one in node.names
        }
        used |= imported & {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert used == set(importlib.import_module(package).__all__)


def test_the_typing_files_are_no_tests_and_both_checkers_read_them() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    assert project["pyright"]["include"] == ["tests/overlays/typing_*.py"]
    assert "tests" in project["mypy"]["files"]
    assert len(TYPING) == 3
    assert not any(node.name.startswith("test") for file in TYPING for node in _functions(file))


def _functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    return [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_each_error_is_in_the_tree_and_public() -> None:
    from blackkonnect_sms import errors  # noqa: PLC0415

    tree = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    }
    assert tree == set(errors.__all__)
    assert tree <= set(PUBLIC)
    assert all(issubclass(getattr(errors, name), errors.BlackkonnectError) for name in tree)
    assert all(name in str(errors.__doc__) for name in tree)


def test_nothing_is_imported_that_was_not_asked_for() -> None:
    # What the HTTP library itself imports where it is installed, as its own command line, is not ours.
    heavy = ["click", "rich", "starlette", "uvicorn", "orjson", "msgspec", "jsonschema_rs", "yaml", "jwt"]
    code = (
        "import sys, httpx; before = set(sys.modules); import blackkonnect_sms; "
        f"print([name for name in {heavy!r} if name in set(sys.modules) - before])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
