"""What is committed in generated/ is what the source makes, to the byte, wherever and however it is made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from openapi import drift, generate

if TYPE_CHECKING:
    from pathlib import Path

GENERATED = generate.ROOT / "generated"


def test_nothing_has_drifted(made: Path) -> None:
    found = drift.difference(generate.files(GENERATED), generate.files(made))
    assert not found, f"generated/ is not what the source makes; run: nox -s generate\n\n{found}"


@pytest.mark.parametrize(
    ("name", "edit", "shown"),
    [
        ("blackkonnect_sms_api/types.py", ("status_code: int", "status_code: str"), "-    status_code: str"),
        (
            "blackkonnect_sms_documents/2026-02-25.json",
            ('"x-edition":"2026-02-25"', '"x-edition":"?"'),
            '-  "x-edition": "?"',
        ),
        ("blackkonnect_sms_api/facts.py", ('"FAILED": True', '"FAILED": False'), '+        "FAILED": True'),
    ],
)
def test_one_line_edited_by_hand_is_shown(
    made: Path, tmp_path: Path, name: str, edit: tuple[str, str], shown: str
) -> None:
    edited = tmp_path / "edited"
    shutil.copytree(made, edited)
    text = (edited / name).read_text(encoding="utf-8")
    (edited / name).write_text(text.replace(*edit), encoding="utf-8")

    found = drift.difference(generate.files(edited), generate.files(made))

    assert f"--- committed/{name}\n+++ made/{name}\n" in found
    assert shown in found
    assert found.count("--- committed/") == 1


@pytest.mark.parametrize("put", [["?"], [], ["?", "?"]], ids=["changed", "removed", "doubled"])
def test_one_line_edited_anywhere_is_a_short_difference(made: Path, put: list[str]) -> None:
    name = f"{generate.CLIENT}/client.py"  # Its two classes are twins.
    content = (made / name).read_bytes()
    lines = content.decode().splitlines()
    for index, line in enumerate(lines):
        edited = "\n".join([*lines[:index], *put, *lines[index + 1 :]]).encode() + b"\n"

        found = drift.difference({name: edited}, {name: content}).splitlines()

        assert len(found) <= 10 + len(put), line  # Three of headers, six around it, the line itself.
        first = int(found[2].split()[2].strip("+").partition(",")[0])
        after = [shown[1:] for shown in found[3:] if not shown.startswith("-")]
        assert after == lines[first - 1 : first - 1 + len(after)]


def test_two_lines_edited_far_apart_are_two_hunks_with_the_files_own_numbers() -> None:
    lines = [f"{number}\n" for number in range(1, 101)]
    edited = [*lines[:39], "?\n", *lines[40:59], *lines[60:]]

    found = drift.difference({"a.py": "".join(edited).encode()}, {"a.py": "".join(lines).encode()})

    assert [line for line in found.splitlines() if line.startswith("@@")] == [
        "@@ -37,7 +37,7 @@",
        "@@ -57,6 +57,7 @@",
    ]


@pytest.mark.parametrize("stray", ["evil.py", "other/x.py", f"{generate.CLIENT}/api/more.py"])
def test_a_stray_file_is_shown(made: Path, tmp_path: Path, stray: str) -> None:
    edited = tmp_path / "edited"
    shutil.copytree(made, edited)
    for name in (stray, "__pycache__/evil.cpython-314.pyc", "other/gone.pyc"):
        (edited / name).parent.mkdir(parents=True, exist_ok=True)
        (edited / name).write_text("x = 1\n")

    found = drift.difference(generate.files(edited), generate.files(made))

    assert found.startswith(f"--- committed/{stray}\n+++ /dev/null (not made)\n")
    assert found.count("--- ") == 1


def test_missing_extra_and_unreadable_files_are_shown() -> None:
    found = drift.difference(
        {"gone.py": b"x = 1\n", "broken.json": b"{", "blank.json": b'{"a": 1}\n', "ends.py": b"x\r\n"},
        {"new.py": b"y = 1\n", "broken.json": b"{}\n", "blank.json": b'{"a":1}\n', "ends.py": b"x\n"},
    )

    assert "--- committed/gone.py\n+++ /dev/null (not made)\n" in found
    assert "--- /dev/null (not committed)\n+++ made/new.py\n" in found
    assert "-{\n+{}\n" in found
    assert "+++ made/blank.json\n(they differ in white space only)" in found
    assert "+++ made/ends.py\n(they differ in white space only)" in found
    assert drift.difference({"same.py": b"x"}, {"same.py": b"x"}) == ""


def test_the_surroundings_have_no_say(made: Path, tmp_path: Path) -> None:
    # A temporary folder that ruff would leave out, under settings that change every line, in another locale.
    hostile = tmp_path / "build" / "here"
    hostile.mkdir(parents=True)
    (tmp_path / ".gitignore").write_text("*\n")
    (tmp_path / "pyproject.toml").write_text('[tool.ruff]\nline-length = 60\nexclude = ["*"]\n')
    (tmp_path / "ruff.toml").write_text('line-length = 60\n[format]\nquote-style = "single"\n')
    output = hostile / "out"
    stale = output / generate.CLIENT / "models" / "no_more.py"
    stale.parent.mkdir(parents=True)
    stale.write_text("x = 1\n")
    kept = output / "other.txt"
    kept.write_text("not ours\n")
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "LC_ALL": "C", "TMPDIR": str(hostile), "PATH": ""}
    environment |= {"RUFF_OUTPUT_FORMAT": "json", "TZ": "Africa/Accra"}

    subprocess.run(  # noqa: S603 - the command is ours
        [sys.executable, str(generate.ROOT / "openapi" / "generate.py"), "--output", str(output)],
        cwd=hostile,
        env=environment,
        check=True,
        capture_output=True,
    )

    files = generate.files(output)
    assert files.pop(kept.name) == b"not ours\n"
    assert drift.difference(files, generate.files(made)) == ""
    assert not stale.exists()
    assert {path.name for path in hostile.iterdir()} == {"out"}
    assert {path.name for path in output.iterdir()} == {generate.CLIENT, generate.DOCUMENTS, "other.txt"}


def test_every_file_names_the_command_that_makes_it(made: Path) -> None:
    files = generate.files(made)
    assert len(files) > 30
    for name, content in files.items():
        start = b'{"x-generated-by":"' if name.endswith(".json") else b"# "
        assert content.startswith(start + generate.HEADER.encode()), name
        assert b"nox -s generate" in content.splitlines()[0][:200]


def test_a_second_sync_changes_nothing(made: Path, tmp_path: Path) -> None:
    first = generate.sync(made, tmp_path)
    assert first == sorted(generate.files(made))
    assert generate.sync(made, tmp_path) == []
