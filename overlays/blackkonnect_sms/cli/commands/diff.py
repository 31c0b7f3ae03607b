"""``blackkonnect diff``."""

from __future__ import annotations

import click

from blackkonnect_sms.cli.exit_codes import ExitCode
from blackkonnect_sms.cli.failures import Failure, needed_extra

__all__ = ["command"]


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--old-version", help="The version of OLD; by default its info.version.")
@click.option("--new-version", help="The version of NEW; by default its info.version.")
def command(old: str, new: str, old_version: str | None, new_version: str | None) -> None:
    """Tell what changed between two revisions of the document, as a section of the changelog.

    OLD and NEW are files, editions (as 2026-02-25), or REV:path of git. Ends with 1 when a breaking change
    comes without a major version, which before 1.0.0 is a minor one.
    """
    with needed_extra("contract"):
        from blackkonnect_contract.changes import changes  # noqa: PLC0415 - of an extra
        from blackkonnect_contract.changes.changelog import section  # noqa: PLC0415 - of an extra
        from blackkonnect_contract.changes.reading import revision  # noqa: PLC0415 - of an extra
        from blackkonnect_contract.changes.version import enough, proposed  # noqa: PLC0415 - of an extra
    try:
        first, second = revision(old), revision(new)
        was = old_version or str(first.get("info", {}).get("version", ""))
        now = new_version or str(second.get("info", {}).get("version", ""))
        found = changes(first, second)
        following = proposed(was, found)
        right = enough(was, now, found)
    except ValueError as error:
        raise Failure(str(error), ExitCode.USAGE) from None
    click.echo(section(following, found))
    if not right:
        message = f"a breaking change comes with version {now} after {was}; it needs {following}"
        raise Failure(message, ExitCode.REFUSED)
