"""``blackkonnect contract``."""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
import time
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from blackkonnect_sms.cli import contract_safely
from blackkonnect_sms.cli.connection import Connection, connection_options
from blackkonnect_sms.cli.exit_codes import ExitCode
from blackkonnect_sms.cli.failures import Failure, failures, needed_extra
from blackkonnect_sms.cli.output import Output, table_console
from blackkonnect_sms.config import is_loopback

if TYPE_CHECKING:
    from blackkonnect_contract.jobs import Gateway, Job

__all__ = ["command"]

_EDITIONS = tuple(
    sorted(
        one.name.removesuffix(".json")
        for one in files("blackkonnect_sms_documents").iterdir()
        if one.name[:1].isdigit()
    )
)
_LAYERS = ("document", "table", "auth", "state", "robustness", "client", "wire")
_OTHER = ("BLACKKONNECT_OTHER_CLIENT_ID", "BLACKKONNECT_OTHER_CLIENT_SECRET")
_MOST_WORKERS = 4
_STDOUT = "-"


@click.command("contract")
@click.option(
    "--edition",
    "editions",
    type=click.Choice(_EDITIONS),
    multiple=True,
    help="An edition of the document to keep to; by default each, or the latest of a --base-url.",
)
@click.option(
    "--layer",
    "layers",
    type=click.Choice(_LAYERS),
    multiple=True,
    help="A layer of the gate; by default each.",
)
@click.option(
    "--quick",
    is_flag=True,
    help="A short look: document, table, auth and state, with a part of the requests.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The seed of all chance.")
@click.option(
    "--budget",
    metavar="SECONDS",
    type=click.FloatRange(0, min_open=True),
    help="Be done within this time; what is left out is said.",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    help="In how many processes; by default one a processor, 4 at most, and 1 with --base-url.",
)
@click.option(
    "--in-process/--http",
    default=None,
    help="How the emulator is asked; by default in this process where that shows as much.",
)
@click.option("--junit", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="JUnit XML.")
@click.option(
    "--json",
    "json_file",
    metavar="[FILE]",
    is_flag=False,
    flag_value=_STDOUT,
    help="All that was found as JSON; without FILE on stdout, and nothing else there.",
)
@click.option("--html", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="A page.")
@click.option(
    "--earlier",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What an earlier run wrote with --json, to show in the page what has changed.",
)
@click.option(
    "--safe",
    is_flag=True,
    help="Of a real gateway ask only what can do no harm, and send to the numbers of --to alone.",
)
@click.option("--to", "numbers", metavar="NUMBER", multiple=True, help="With --safe: a number of your own.")
@click.option("--max-sends", type=click.IntRange(1), help="With --safe: how many texts at most.")
@click.option(
    "--rate",
    metavar="NUMBER",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    help="With --safe: how many requests that may send leave in a second at most.",
)
@click.option(
    "--patience",
    metavar="SECONDS",
    type=click.FloatRange(0),
    default=120.0,
    show_default=True,
    help="With --safe: for how long to wait for final statuses.",
)
@click.option(
    "--journal",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --safe: where to write what is sent, before it is sent.",
)
@click.option(
    "--yes",
    is_flag=True,
    help="Send to a gateway that is not on this machine; with --safe, agree to the plan.",
)
@connection_options
def command(  # noqa: PLR0913 - each is an option
    connection: Connection,
    editions: tuple[str, ...],
    layers: tuple[str, ...],
    *,
    quick: bool,
    seed: int,
    budget: float | None,
    workers: int | None,
    in_process: bool | None,
    junit: Path | None,
    json_file: str | None,
    html: Path | None,
    earlier: Path | None,
    safe: bool,
    numbers: tuple[str, ...],
    max_sends: int | None,
    rate: float,
    patience: float,
    journal: Path | None,
    yes: bool,
) -> None:
    """Ask a gateway for everything in the document, and check its answers.

    Without --base-url it is the emulator. Hundreds of texts are sent: for a test environment alone, unless
    --safe keeps to a plan that is printed first.
    """
    with needed_extra("contract"):
        from blackkonnect_contract.gate import LAYERS, QUICK  # noqa: PLC0415 - only this command needs the extra
        from blackkonnect_contract.jobs import Job, run_jobs  # noqa: PLC0415 - as above
        from blackkonnect_contract.reports.as_json import gate_facts  # noqa: PLC0415 - as above
        from blackkonnect_contract.reports.terminal import Terminal  # noqa: PLC0415 - as above
    output = Output(as_json=json_file == _STDOUT)
    for file in (junit, html, None if json_file in {None, _STDOUT} else Path(str(json_file))):
        _writable(file)
    before = _read(earlier)
    _fit(connection, safe=safe, numbers=numbers, max_sends=max_sends, journal=journal, editions=editions)
    if safe and (layers or quick or budget or workers or in_process is not None):
        raise click.UsageError(
            "--safe: has steps of its own; leave out --layer, --quick, --budget and --workers"
        )
    wanted = editions or (_EDITIONS if connection.base_url is None else _EDITIONS[-1:])
    chosen = [name for name in (QUICK if quick else LAYERS) if not layers] or list(layers)
    ends = None if budget is None else time.time() + budget
    jobs = [Job(edition, layer, seed, quick, ends) for edition in wanted for layer in chosen]
    began = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    with failures(output, connection.names):
        gateway = _gateway(connection, in_process=in_process, yes=yes, safe=safe)
        if safe and max_sends is not None and journal is not None:
            layer = contract_safely.run(
                gateway,
                wanted[0],
                numbers=numbers,
                max_sends=max_sends,
                rate=rate,
                patience=patience,
                journal=journal,
                seed=seed,
                yes=yes,
            )
            jobs = [Job(wanted[0], "safe", seed, quick)]
        count = workers or (min(os.cpu_count() or 1, _MOST_WORKERS) if gateway.base_url is None else 1)
        terminal = Terminal(table_console(), len(jobs))
        if safe:
            found = [layer]
            if not output.as_json:
                terminal.ended(layer)
        elif output.as_json:
            found = run_jobs(gateway, jobs, workers=min(count, len(jobs)))
        else:
            terminal.starts(gateway.base_url or "emulator", seed, min(count, len(jobs)))
            with terminal:
                found = run_jobs(
                    gateway,
                    jobs,
                    workers=min(count, len(jobs)),
                    begun=terminal.begun,
                    seen=terminal.seen,
                    ended=terminal.ended,
                )
    facts = gate_facts(found, seed=seed, quick=quick, target=gateway.base_url or "emulator", began=began)
    _write(facts, junit=junit, json_file=json_file, html=html, earlier=before)
    if not output.as_json:
        again = _again(jobs, found, connection, yes=yes, in_process=in_process)
        terminal.told(facts, "the same command, with another file for --journal" if safe else again)
    if not facts["passed"]:
        broken = dict.fromkeys(layer["edition"] for layer in found if not layer["passed"])
        raise Failure(f"the contract is {_verdict(found)}: edition {', '.join(broken)}", ExitCode.REFUSED)


def _fit(  # noqa: PLR0913 - each is an option
    connection: Connection,
    *,
    safe: bool,
    numbers: tuple[str, ...],
    max_sends: int | None,
    journal: Path | None,
    editions: tuple[str, ...],
) -> None:
    """Make sure that the options of a safe run are all there, or none."""
    given = {"--to": bool(numbers), "--max-sends": max_sends is not None, "--journal": journal is not None}
    if not safe:
        for option in (name for name, is_given in given.items() if is_given):
            raise click.UsageError(f"{option}: goes with --safe alone")
        return
    for option in (name for name, is_given in given.items() if not is_given):
        raise click.UsageError(f"{option}: is needed with --safe")
    if connection.base_url is None:
        raise click.UsageError("--base-url: is needed with --safe")
    if len(editions) > 1:
        raise click.UsageError("--edition: one at a time with --safe")


def _verdict(found: list[dict[str, Any]]) -> str:
    return "broken" if any(layer["breaches"] for layer in found) else "not proven"


def _gateway(connection: Connection, *, in_process: bool | None, yes: bool, safe: bool) -> Gateway:
    from blackkonnect_contract.jobs import Gateway  # noqa: PLC0415 - the caller has made sure of the extra

    if connection.base_url is None:
        with needed_extra("emulator"):
            import blackkonnect_emulator  # noqa: F401, PLC0415 - another extra
        return Gateway(in_process=in_process)
    if in_process:
        raise click.UsageError("--in-process: is for the emulator; a --base-url is asked over HTTP")
    settings = connection.settings()
    if not (safe or yes or is_loopback(urlsplit(settings["base_url"]).hostname or "")):
        raise click.UsageError(
            "--base-url: is not on this machine, and hundreds of texts would go to numbers made by chance;"
            " add --yes if it is a test environment, or --safe"
        )
    if not safe:
        # A safe run asks nothing that its plan does not name.
        _reach(settings["base_url"], settings["client_id"], settings["client_secret"])
    return Gateway(
        base_url=settings["base_url"],
        client_id=settings["client_id"],
        client_secret=settings["client_secret"],
        other=_second_client(),
    )


def _second_client() -> Any:  # noqa: ANN401 - of an extra
    from blackkonnect_contract.target import Credentials  # noqa: PLC0415 - the caller has made sure of the extra

    name, secret = (os.environ.get(variable, "") for variable in _OTHER)
    if bool(name) != bool(secret):
        raise click.UsageError(f"{_OTHER[not secret]}: is needed as well, for a second client")
    return Credentials(name, secret) if name else None


def _reach(base_url: str, client_id: str, secret: str) -> None:
    """See that something answers and takes the credentials: else no contract is broken."""
    from blackkonnect_contract.reaching import refuses, unreachable  # noqa: PLC0415 - as above

    problem = unreachable(base_url)
    if problem:
        message = f"the gateway can't be reached ({problem}); check --base-url"
        raise Failure(message, ExitCode.NOT_READY)
    if refuses(base_url, client_id, secret):
        message = "the gateway refused the credentials; check BLACKKONNECT_CLIENT_ID and"
        raise Failure(f"{message} BLACKKONNECT_CLIENT_SECRET", ExitCode.AUTHENTICATION)


def _writable(file: Path | None) -> None:
    """Make sure that a report can be written before anything is sent for it."""
    if file is None:
        return
    try:
        new = not file.exists()
        file.open("a").close()
        if new:
            # Should the run not come to its end, an empty file would look like a report.
            file.unlink()
    except OSError as error:
        raise click.UsageError(f"{file}: can't be written: {error.strerror}") from None


def _read(earlier: Path | None) -> dict[str, Any] | None:
    from blackkonnect_contract.reports.as_json import VERSION  # noqa: PLC0415 - the caller has made sure

    if earlier is None:
        return None
    try:
        facts = json.loads(earlier.read_text("utf-8"))
    except (ValueError, OSError):
        facts = None
    if not isinstance(facts, dict) or facts.get("version") != VERSION:
        raise click.UsageError(f"--earlier: {earlier} is not what --json of this version writes")
    return facts


def _write(
    facts: dict[str, Any],
    *,
    junit: Path | None,
    json_file: str | None,
    html: Path | None,
    earlier: dict[str, Any] | None,
) -> None:
    from blackkonnect_contract.reports.junit import junit as as_junit  # noqa: PLC0415 - as above
    from blackkonnect_contract.reports.page import page  # noqa: PLC0415 - as above

    try:
        if junit is not None:
            junit.write_text(as_junit(facts), "utf-8")
        if html is not None:
            html.write_text(page(facts, earlier), "utf-8")
        if json_file == _STDOUT:
            click.echo(json.dumps(facts))
        elif json_file is not None:
            Path(json_file).write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise Failure(f"{error.filename}: can't be written: {error.strerror}", ExitCode.USAGE) from None


def _again(
    jobs: list[Job],
    found: list[dict[str, Any]],
    connection: Connection,
    *,
    yes: bool,
    in_process: bool | None,
) -> str:
    """Return the command that runs what was broken again, or all of it if nothing was."""
    broken = [job for job, layer in zip(jobs, found, strict=True) if not layer["passed"]] or jobs
    parts = ["blackkonnect", "contract", "--seed", str(jobs[0].seed)]
    for name in ("edition", "layer"):
        parts += [
            part
            for value in dict.fromkeys(getattr(job, name) for job in broken)
            for part in (f"--{name}", value)
        ]
    if connection.base_url is not None:
        parts += ["--base-url", connection.base_url]
    if connection.client_id is not None:
        parts += ["--client-id", connection.client_id]
    if in_process is not None:
        parts.append("--in-process" if in_process else "--http")
    parts += ["--quick"] if jobs[0].quick else []
    parts += ["--yes"] if yes else []
    return shlex.join(parts)
