"""The HTTP library is named in one place, and the generated package is the only one that is built on."""

from __future__ import annotations

import ast
from pathlib import Path

import blackkonnect_sms
import pytest

FOLDER = Path(blackkonnect_sms.__file__).parent
SOURCES = sorted(FOLDER.rglob("*.py"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(FOLDER)))
def test_httpx_is_imported_in_one_module_alone(source: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            imported.add(str(node.module).partition(".")[0])
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "import_module":
            imported |= {str(a.value).partition(".")[0] for a in node.args if isinstance(a, ast.Constant)}
    assert ("httpx" in imported) is (source.name == "_http.py")
    if source.parent == FOLDER:
        assert not imported & {"blackkonnect_emulator", "blackkonnect_contract", "click", "rich", "httpcore"}
