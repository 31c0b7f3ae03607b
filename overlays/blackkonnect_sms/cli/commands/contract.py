"""``blackkonnect contract``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from blackkonnect_sms.cli.connection import Connection, connection_options
from blackkonnect_sms.cli.exit_codes import ExitCode
from blackkonnect_sms.cli.failures import Failure, failures, needed_extra
from blackkonnect_sms.cli.output import Output, json_option
from blackkonnect_sms.config import is_loopback

if TYPE_CHECKING:
    from blackkonnect_contract.target import Target
    from blackkonnect_contract.wire import WireReport

__all__ = ["command"]

_EDITIONS = tuple(
    sorted(
        one.name.removesuffix(".json")
        for one in files("blackkonnect_sms_documents").iterdir()
        if one.name[:1].isdigit()
    )
)


@click.command("contract")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--edition",
    "editions",
    type=click.Choice(_EDITIONS),
    multiple=True,
    help="An edition of the document to keep to; by default each, or the latest of a --base-url.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The seed of all chance.")
@click.option("--yes", is_flag=True, help="Send to a gateway that is not on this machine.")
@connection_options
@json_option
def command(  # noqa: PLR0913 - each is an option
    connection: Connection,
    arguments: tuple[str, ...],
    editions: tuple[str, ...],
    *,
    seed: int,
    yes: bool,
    as_json: bool,
) -> None:
    """Ask a gateway for everything in the document, and check its answers.

    Without --base-url it is the emulator. What stands behind -- goes to schemathesis, to narrow it.
    """
    with needed_extra("contract"):
        from blackkonnect_contract import wire  # noqa: PLC0415 - only this command needs the extra
    output = Output(as_json=as_json)
    broken: list[str] = []
    for edition in editions or (_EDITIONS if connection.base_url is None else _EDITIONS[-1:]):
        with failures(output, connection.names), _target(connection, edition, yes=yes) as target:
            output.tell(f"Edition {edition} at {target.base_url}")
            report = wire.run(target, seed=seed, arguments=arguments, shown=not as_json)
        output.tell(f"Edition {edition}: {_told(report)}", _facts(edition, report))
        if not (report.passed and report.seen):
            broken.append(edition)
    if broken:
        raise Failure(f"the contract is broken: edition {', '.join(broken)}", ExitCode.REFUSED)


@contextmanager
def _target(connection: Connection, edition: str, *, yes: bool) -> Iterator[Target]:
    from blackkonnect_contract.target import Target  # noqa: PLC0415 - as above

    if connection.base_url is None:
        with needed_extra("emulator"):
            from blackkonnect_emulator import Settings, running  # noqa: PLC0415 - another extra
        with running(Settings(edition=edition)) as gateway:
            yield Target(
                base_url=gateway.base_url,
                client_id=gateway.client_id,
                client_secret=gateway.client_secret,
                edition=edition,
            )
        return
    settings = connection.settings()
    if not (yes or is_loopback(urlsplit(settings["base_url"]).hostname or "")):
        raise click.UsageError(
            "--base-url: is not on this machine, and hundreds of texts would go to numbers made by chance;"
            " add --yes if it is a test environment"
        )
    yield Target(
        base_url=settings["base_url"],
        client_id=settings["client_id"],
        client_secret=settings["client_secret"],
        edition=edition,
    )


def _told(report: WireReport) -> str:
    if not report.seen:
        return "nothing was asked"
    return (
        f"{report.count()} answers, {'all as the document says' if report.passed else 'not all as it says'}"
    )


def _facts(edition: str, report: WireReport) -> dict[str, object]:
    return {
        "edition": edition,
        "passed": report.passed and bool(report.seen),
        "answers": report.count(),
        "output": report.output,
    }
