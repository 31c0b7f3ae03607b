"""``blackkonnect diff``."""

from __future__ import annotations

import re
from pathlib import Path

import click

from blackkonnect_sms.cli.exit_codes import ExitCode
from blackkonnect_sms.cli.failures import Failure, needed_extra
from blackkonnect_sms.cli.output import Output, json_option

__all__ = ["command"]

_RELEASE = re.compile(r"## (?!\[?Unreleased)", re.IGNORECASE)


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--old-version", help="The version of OLD; by default its info.version.")
@click.option("--new-version", help="The version of NEW; by default its info.version.")
@click.option(
    "--api",
    nargs=2,
    metavar="OLD_PACKAGE NEW_PACKAGE",
    help="Compare two states of the generated client as well: folders, or REV:path of git.",
)
@click.option("--redocly", is_flag=True, help="Ask Redocly for its opinion as well; needs npx.")
@click.option(
    "--changelog",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Put the section into this file as well, before the latest release.",
)
@json_option
def command(  # noqa: PLR0913 - each is an option
    *,
    old: str,
    new: str,
    old_version: str | None,
    new_version: str | None,
    api: tuple[str, str] | None,
    redocly: bool,
    changelog: Path | None,
    as_json: bool,
) -> None:
    """Tell what changed between two revisions of the document, as a section of the changelog.

    OLD and NEW are files, editions (as 2026-02-25), or REV:path of git. Ends with 1 when a breaking change
    comes without a major version, which before 1.0.0 is a minor one.
    """
    with needed_extra("contract"):
        from blackkonnect_contract.changes.report import compared  # noqa: PLC0415 - of an extra

        try:
            report = compared(
                old, new, old_version=old_version, new_version=new_version, api=api, redocly=redocly
            )
        except ValueError as error:
            raise Failure(str(error), ExitCode.USAGE) from None
    output = Output(as_json=as_json)
    output.write(report.facts())
    if not as_json:
        click.echo(report.section())
    if changelog is not None:
        _put(report.section(), changelog)
    if not report.enough:
        raise Failure(report.complaint, ExitCode.REFUSED)


def _put(section: str, file: Path) -> None:
    """Put a section behind the unreleased one and before the latest release."""
    title = section.partition("\n")[0]
    try:
        text = file.read_text("utf-8") if file.exists() else "# Changelog\n"
        lines = text.splitlines()
        if title in lines:
            message = f"{file} has the section {title.removeprefix('## ')} already"
            raise Failure(message, ExitCode.USAGE)
        releases = (index for index, line in enumerate(lines) if _RELEASE.match(line))
        at = next(releases, len(lines))
        before, after = "\n".join(lines[:at]).rstrip(), "\n".join(lines[at:])
        parts = [part for part in (before, section.rstrip(), after.rstrip()) if part]
        file.write_text("\n\n".join(parts) + "\n", "utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file}: can't be written: {getattr(error, 'strerror', None) or 'it is not UTF-8'}"
        raise Failure(message, ExitCode.USAGE) from None
