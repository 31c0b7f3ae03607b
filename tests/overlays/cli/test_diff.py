"""``blackkonnect diff``: what it writes, where it reads from, and how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OLD, NEW = "2025-05-16", "2026-02-25"
DOCUMENT = {"openapi": "3.1.0", "info": {"title": "Small", "version": "1.2.3"}, "paths": {}}
Run = Callable[..., Any]


@pytest.fixture
def run(shell_with: Callable[..., Any]) -> Run:
    ran: Run = shell_with({}).run
    return ran


def written(folder: Path, name: str, **fields: Any) -> str:
    path = folder / name
    path.write_text(json.dumps({**DOCUMENT, **fields}), "utf-8")
    return str(path)


def test_the_section_and_the_version(run: Run) -> None:
    ended = run("diff", OLD, NEW, "--old-version", "1.0.0", "--new-version", "2.0.0")
    assert ended.exit_code == 0
    assert ended.stdout.startswith("## 2.0.0\n\n### Breaking\n")
    assert "### Added" in ended.stdout


def test_breaking_without_a_major_version(run: Run) -> None:
    ended = run("diff", OLD, NEW, "--old-version", "1.0.0", "--new-version", "1.1.0")
    assert ended.exit_code == 1
    assert "a breaking change comes with version 1.1.0 after 1.0.0; it needs 2.0.0" in ended.stderr
    assert run("diff", NEW, NEW).exit_code == 0


def test_json(run: Run) -> None:
    ended = run("diff", OLD, NEW, "--new-version", "0.2.0", "--json")
    told = json.loads(ended.stdout)
    assert ended.exit_code == 0
    assert told["proposedVersion"] == "0.2.0"
    assert told["enough"]
    assert told["counts"]["breaking"] == sum(one["kind"] == "breaking" for one in told["changes"])
    removed = next(one for one in told["changes"] if "is removed" in one["words"])
    assert removed["foundBy"] == ["own rule", "specshift"]
    assert removed["operations"] == ["GET /api/sms/messages/delivery-receipt/v1"]


def test_the_changelog(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "CHANGELOG.md"
    file.write_text("# Changelog\n\n## [Unreleased]\n\n- More.\n\n## 0.1.0\n\n- First.\n", "utf-8")
    arguments = ("diff", OLD, NEW, "--new-version", "0.2.0", "--changelog", str(file))
    assert run(*arguments).exit_code == 0
    text = file.read_text("utf-8")
    places = [
        text.index(title) for title in ("## [Unreleased]", "- More.", "## 0.2.0", "## 0.1.0", "- First.")
    ]
    assert places == sorted(places)
    again = run(*arguments)
    assert again.exit_code == 2
    assert "has the section 0.2.0 already" in again.stderr
    assert file.read_text("utf-8") == text


def test_a_changelog_that_is_not_there_yet(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.md"
    assert run("diff", OLD, NEW, "--new-version", "0.2.0", "--changelog", str(file)).exit_code == 0
    assert file.read_text("utf-8").startswith("# Changelog\n\n## 0.2.0\n")


def test_the_generated_client(run: Run, tmp_path: Path) -> None:
    for name, source in (("old", "def send(text): ...\n"), ("new", "def send(text, number): ...\n")):
        package = tmp_path / name / "client"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(source, "utf-8")
    document = written(tmp_path, "one.json")
    packages = [str(tmp_path / name / "client") for name in ("old", "new")]
    ended = run("diff", document, document, "--api", *packages)
    assert ended.exit_code == 1
    assert "`client.send`; griffe" in ended.stdout
    assert run("diff", document, document, "--api", packages[0], packages[0]).exit_code == 0


def test_a_revision_of_git(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    package = tmp_path / "client"
    package.mkdir()
    (package / "__init__.py").write_text("def send(text): ...\n", "utf-8")
    written(tmp_path, "one.json", paths={"/a": {"get": {"responses": {"200": {"description": "Yes."}}}}})
    name = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org")
    for arguments in (("init", "-q"), ("add", "."), (*name, "commit", "-q", "-m", "One")):
        subprocess.run([git, *arguments], cwd=tmp_path, check=True)
    (package / "__init__.py").write_text("", "utf-8")
    written(tmp_path, "one.json")
    monkeypatch.chdir(tmp_path)
    ended = run("diff", "HEAD:one.json", "one.json", "--api", "HEAD:client", "client")
    assert ended.exit_code == 1
    assert "GET /a is removed" in ended.stdout
    assert "`client.send`; griffe" in ended.stdout
    assert run("diff", "HEAD:none.json", "one.json").exit_code == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "neither a file nor an edition"),
        ("{", "can't be read"),
        ("a: b: c", "can't be read"),
        ("[]", "no OpenAPI document"),
        ("swagger: '2.0'\npaths: {}", "no OpenAPI document"),
        ("openapi: 3.1.0", "no paths"),
        ("\x00", "can't be read"),
    ],
)
def test_what_is_no_document(run: Run, tmp_path: Path, content: str | None, words: str) -> None:
    path = tmp_path / "one.yaml"
    if content is not None:
        path.write_text(content, "utf-8")
    ended = run("diff", str(path), NEW)
    assert ended.exit_code == 2
    assert words in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (OLD, NEW, "--old-version", "one"),
        (OLD, NEW, "--api", "nowhere", "nowhere"),
        ("nowhere:openapi.yaml", NEW),
    ],
)
def test_what_can_not_be_used(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run("diff", *arguments)
    assert ended.exit_code == 2
    assert ended.stderr.count("\n") == 1


def test_redocly_without_npx(shell_with: Callable[..., Any]) -> None:
    ended = shell_with({"PATH": ""}).run("diff", OLD, NEW, "--redocly")
    assert ended.exit_code == 2
    assert "redocly needs npx" in ended.stderr
