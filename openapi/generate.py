"""Make everything in generated/ from the document.

    python openapi/generate.py [--output DIR]

makes `blackkonnect_sms_api`, the low-level client, and `blackkonnect_sms_documents`, the document and its
editions as compact JSON. The output depends on nothing but the files in openapi/ and the pinned tools.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if __package__ in {None, ""}:  # Run as a file: the path then starts with this folder, not with the root.
    sys.path[0] = str(ROOT)

from openapi import client, facts, narrowing, pins, strict_yaml  # noqa: E402 - the path comes first

CLIENT = "blackkonnect_sms_api"
DOCUMENTS = "blackkonnect_sms_documents"
DOCUMENT = ROOT / "openapi" / "blackkonnect-sms.yaml"

HEADER = f"Generated from openapi/{DOCUMENT.name} by `nox -s generate`; change that and run it again."


def make(folder: Path) -> None:
    """Make all generated packages in an empty folder.

    Args:
        folder: Where the packages go.

    Raises:
        Exception: Each step's own; nothing is caught, for a half-made package helps nobody.
    """
    pins.check(ROOT / "pyproject.toml")
    document = strict_yaml.read(DOCUMENT)
    narrowed = narrowing.build(document, DOCUMENT.parent / "editions")
    client.write(document, folder / CLIENT)
    _write(folder / CLIENT / "facts.py", facts.source(document, narrowed))
    _write_documents({DOCUMENT.stem: document, **narrowed}, folder / DOCUMENTS)
    client.tidy(folder)
    _head(folder)


def sync(made: Path, output: Path) -> list[str]:
    """Bring the packages in a folder to what was made, file by file.

    Args:
        made: The folder with the fresh packages.
        output: The folder to change. Files of these packages that are made no more are removed; nothing else
            in the folder is touched.

    Returns:
        The paths that were written or removed.
    """
    fresh, found = files(made), files(output)
    old = {name: content for name, content in found.items() if name.partition("/")[0] in {CLIENT, DOCUMENTS}}
    for name in old.keys() - fresh.keys():
        (output / name).unlink()
    changed = [name for name, content in fresh.items() if old.get(name) != content]
    for name in changed:
        target = output / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(fresh[name])
    return sorted([*changed, *(old.keys() - fresh.keys())])


def files(folder: Path) -> dict[str, bytes]:
    """Read all files in a folder, strays too, by relative path, save Python's own caches."""
    paths = ((path, path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        name.as_posix(): path.read_bytes()
        for path, name in paths
        if "__pycache__" not in name.parts and name.suffix != ".pyc"
    }


def _write_documents(documents: dict[str, dict[str, Any]], package: Path) -> None:
    package.mkdir()
    names = "".join(f"- {name}.json\n" for name in documents)
    title = "The document and its editions as JSON, to be read with importlib.resources."
    _write(package / "__init__.py", f'"""{title}\n\n{names}"""\n')
    for name, document in documents.items():
        headed = {"x-generated-by": HEADER, **document}
        text = json.dumps(headed, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        _write(package / f"{name}.json", text + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _head(folder: Path) -> None:
    """Put the header on the Python files, after the formatter, and mark the packages as typed."""
    for package in (CLIENT, DOCUMENTS):
        (folder / package / "py.typed").write_bytes(b"")
    for path in [*folder.rglob("*.py"), *folder.rglob("py.typed")]:
        path.write_bytes(f"# {HEADER}\n".encode() + path.read_bytes())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Make everything in generated/ from the document.")
    parser.add_argument("--output", type=Path, default=ROOT / "generated", help="the folder of the packages")
    output = parser.parse_args(arguments).output
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch, "made")
        made.mkdir()
        make(made)
        changed = sync(made, output)
    print("\n".join(changed) or "nothing changed")


if __name__ == "__main__":
    main()
