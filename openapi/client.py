"""The low-level client, by openapi-python-client with mended templates; and ruff, for all that is made."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

from openapi import mending, names, strict_yaml

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"

_RUFF = [sys.executable, "-m", "ruff"]
# Alone: no configuration file, ignore file, cache or variable of the surroundings has a say.
_ALONE = ["--isolated", "--no-cache", "--no-respect-gitignore", "--config", "exclude=[]"]
_STYLE = ["--config", "line-length=110", "--config", "target-version='py311'"]


class GenerationError(RuntimeError):
    """The generator or the formatter complained; a warning is enough."""


def write(document: dict[str, Any], package: Path) -> None:
    """Generate the client of a document.

    Args:
        document: An OpenAPI document.
        package: The package's folder; it must not exist yet.

    Raises:
        GenerationError: The generator gave a warning or an error.
    """
    names.check(document)
    settings = ConfigFile(**strict_yaml.read(HERE / "generator.yaml"))
    with tempfile.TemporaryDirectory() as scratch:
        templates = Path(scratch, "templates")
        mending.apply(mending.read(TEMPLATES / "mends"), templates)
        (templates / "sensitive.jinja").write_text(
            "{% set SENSITIVE = " + json.dumps(sorted(names.sensitive(document))) + " %}", encoding="utf-8"
        )
        source = Path(scratch, "document.json")
        source.write_text(json.dumps(document), encoding="utf-8")
        config = Config.from_sources(
            settings, MetaType.NONE, source, "utf-8", overwrite=False, output_path=package
        )
        with contextlib.redirect_stdout(io.StringIO()):
            complaints = generate(config=config, custom_template_path=templates)
    if complaints:
        raise GenerationError(
            "\n".join(f"{one.level.value}: {one.header} {one.detail or ''}".strip() for one in complaints)
        )
    for name in ("reading.py", "records.py", "writing.py"):
        shutil.copyfile(TEMPLATES / name, package / name)


def tidy(folder: Path) -> None:
    """Sort the imports, drop those that nothing uses, and format every Python file of a folder.

    Raises:
        GenerationError: ruff failed.
    """
    for command in (["check", "--fix-only", "--select", "F,I"], ["format"]):
        _ruff(command, folder)


def _ruff(command: list[str], folder: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("RUFF_")}
    done = subprocess.run(  # noqa: S603 - the command is ours
        [*_RUFF, *command, *_ALONE, *_STYLE, "."],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise GenerationError(f"ruff {command[0]}: {done.stderr or done.stdout}")
