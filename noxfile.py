"""Every habit of this repository; `nox --list` tells them.

The default sessions, those marked by a star in that list, are what CI runs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import nox

nox.needs_version = ">=2025.2"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"

PROJECT = nox.project.load_toml("pyproject.toml")
DOCUMENT = "openapi/blackkonnect-sms.yaml"
EDITIONS = [
    f"generated/blackkonnect_sms_documents/{path.name.partition('.')[0]}.json"
    for path in sorted(Path("openapi/editions").glob("[0-9]*.overlay.yaml"))
]
REDOCLY = "@redocly/cli@2"
PYTEST = ("pytest", "-n", "auto", "--dist", "loadfile")


WANTED = nox.project.python_versions(PROJECT)


def _show_pyenv_versions() -> None:
    """Let pyenv's commands find all its interpreters, and not only the one that is chosen for this folder."""
    pyenv = shutil.which("pyenv")
    if pyenv is None or "PYENV_VERSION" in os.environ:
        return
    answer = subprocess.run([pyenv, "versions", "--bare"], capture_output=True, text=True, check=False)  # noqa: S603
    known = [line.strip() for line in answer.stdout.splitlines()]
    os.environ["PYENV_VERSION"] = ":".join(name for name in known if name.rpartition(".")[0] in WANTED)


def _runs(version: str) -> bool:
    """Tell whether this interpreter is really there; a version manager may have the name alone."""
    command = shutil.which(f"python{version}")
    if command is None:
        return False
    return subprocess.run([command, "-c", ""], capture_output=True, check=False).returncode == 0  # noqa: S603


_show_pyenv_versions()
PYTHONS = [version for version in WANTED if _runs(version)]
# The oldest and the newest Python: what passes there passes between, and `nox -s tests` runs on all of them.
_TESTS = [f"tests-{version}" for version in dict.fromkeys([*PYTHONS[:1], *PYTHONS[-1:]])] or ["tests"]
nox.options.sessions = ["lint", "types", *_TESTS, "slow", "contract"]
# On the newest of several, what people import into their programs; `nox -s tests-3.13 -- tests` runs all.
_IMPORTED = ("tests/overlays", "tests/generated")


def _install(session: nox.Session, *groups: str, extras: str = "all") -> None:
    """Install the package as users get it, not the source tree, with the extras and groups."""
    requirements = nox.project.dependency_groups(PROJECT, *groups) if groups else ()
    session.install("-q", f".[{extras}]", *requirements)


@nox.session(python=PYTHONS or None)
def tests(session: nox.Session) -> None:
    """Run the tests of the document, the generation, the client and the emulator."""
    _install(session, "test")
    # What drives a browser is not installed here, and not needed.
    env = {"BLACKKONNECT_BROWSER_REQUIRED": ""}
    chosen = ["tests"] if session.python in PYTHONS[:1] or not PYTHONS else _IMPORTED
    session.run(*PYTEST, "-m", "not slow", *(session.posargs or chosen), env=env)


@nox.session
def slow(session: nox.Session) -> None:
    """Run the tests that take long: those in a browser, and those that kill processes or attack them."""
    _install(session, "gate", "browser")
    chosen = session.posargs or ["tests", "contract_tests"]
    session.run(*PYTEST, "-m", "slow", "--timeout", "600", *chosen)


@nox.session
def contract(session: nox.Session) -> None:
    """Test the gate: it passes the emulator in both editions, and finds what faulty gateways do wrong."""
    _install(session, "gate")
    # As above: what drives a browser is among the slow ones.
    env = {"BLACKKONNECT_BROWSER_REQUIRED": ""}
    chosen = session.posargs or ["contract_tests"]
    session.run("pytest", "-n", "auto", "-m", "not slow", *chosen, env=env)


@nox.session
def mutants(session: nox.Session) -> None:
    """Measure the gate on faulty gateways, beside bare schemathesis; fails when one is not found."""
    _install(session, "gate")
    folder = Path("contract_tests").absolute()
    with session.chdir(folder):
        session.run("python", "-m", "mutants.measure", *session.posargs)


@nox.session
def diff(session: nox.Session) -> None:
    """Tell what changed in document and client since the last release; breaks need a major version."""
    _install(session, extras="cli,contract")
    session.run("python", "-m", "blackkonnect_contract.changes.since", *session.posargs)


@nox.session
def prism(session: nox.Session) -> None:
    """Let Prism's validation proxy look on while the demo runs, both editions; needs npx."""
    _install(session, extras="cli,emulator,contract")
    folder = Path("contract_tests").absolute()
    with session.chdir(folder):
        session.run("python", "-m", "prism.witness", "--prove")
        session.run("python", "-m", "prism.witness", *session.posargs)


@nox.session
def demo(session: nox.Session) -> None:
    """Send a bulk to a gateway on this machine and follow it to the phones."""
    _install(session, extras="cli,emulator")
    session.run("blackkonnect", "demo", *session.posargs)


@nox.session
def generate(session: nox.Session) -> None:
    """Make generated/ from the document."""
    session.install("-q", *nox.project.dependency_groups(PROJECT, "generate"))
    session.run("python", "openapi/generate.py", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Make docs/document.md from the document."""
    session.install("-q", *nox.project.dependency_groups(PROJECT, "generate"))
    session.run("python", "openapi/page.py", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check the style of all code that is written by hand."""
    session.install("-q", *nox.project.dependency_groups(PROJECT, "lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of all code that is written by hand, and the public names with a second checker."""
    _install(session, "types")
    session.run("mypy")
    session.run("pyright")


@nox.session
def redocly(session: nox.Session) -> None:
    """Lint the document and its editions with Redocly's strict rules; needs npx."""
    session.run(
        "npx",
        "--yes",
        REDOCLY,
        "lint",
        DOCUMENT,
        *EDITIONS,
        "--config",
        "openapi/redocly.yaml",
        external=True,
        env={"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
    )


@nox.session
def bench(session: nox.Session) -> None:
    """Measure; each benchmark names its rival and tells a ratio."""
    _install(session, "bench", extras="emulator,fast")
    for benchmark in sorted(Path("benchmarks").glob("bench_*.py")):
        session.run("python", str(benchmark), *session.posargs)
