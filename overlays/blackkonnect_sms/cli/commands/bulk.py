"""``blackkonnect bulk``."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blackkonnect_sms.cli.connection import connection_options
from blackkonnect_sms.cli.exit_codes import ExitCode
from blackkonnect_sms.cli.failures import Failure, failures, needed_extra
from blackkonnect_sms.cli.output import Output, json_option
from blackkonnect_sms.cli.text_input import text_from
from blackkonnect_sms.errors import BlackkonnectError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from blackkonnect_sms.cli.bulk_input import Columns
    from blackkonnect_sms.cli.bulk_results import ResultFile, RowResult
    from blackkonnect_sms.cli.connection import Connection

__all__ = ["command"]

_NAMES = {"text": "--text", "sender": "--sender", "request_size": "--request-size"}
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("bulk")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--to", default="to", show_default=True, metavar="COLUMN", help="The column of the numbers.")
@click.option("--text", metavar="TEXT", help="One text for all; - reads it from stdin.")
@click.option("--text-column", metavar="COLUMN", help="The column of the texts, instead of --text.")
@click.option("--delimiter", default=",", show_default=True, metavar="CHAR", help="What separates cells.")
@click.option("--sender", metavar="NAME", help="The sender that the phones show.")
@click.option("--result", type=_FILE, metavar="FILE", help="The result file; by default FILE.result.csv.")
@click.option("--force", is_flag=True, help="Replace a result file that is there.")
@click.option(
    "--request-size",
    type=click.IntRange(1, 10_000),
    default=200,
    show_default=True,
    help="How many rows go by one request.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="How many requests are under way at once.",
)
@connection_options
@json_option
def command(  # noqa: PLR0913 - each is an option
    connection: Connection,
    *,
    file: Path,
    to: str,
    text: str | None,
    text_column: str | None,
    delimiter: str,
    sender: str | None,
    result: Path | None,
    force: bool,
    request_size: int,
    concurrency: int,
    as_json: bool,
) -> None:
    """Send to the numbers of the CSV file FILE, and write what became of each row to a result file.

    The file is UTF-8 and begins with a header. A row that is wrong is not sent and told as refused; the
    others go. Ctrl-C begins nothing more, waits for what is under way, and records every row; a second one
    does not wait.
    """
    from blackkonnect_sms.cli.bulk_input import Columns  # noqa: PLC0415 - not for --help

    if (text is None) == (text_column is None):
        raise click.UsageError("--text: give one text for all by it, or else --text-column, and not both")
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise click.UsageError("--delimiter: must be one character, as ; and no quote or line end")
    output = Output(as_json=as_json)
    words = None if text is None else text_from(text, "--text")
    if words == "":
        raise click.UsageError("--text: must be a text that is not empty")
    target = result or file.with_name(f"{file.stem}.result.csv")
    if target.exists() and target.samefile(file):
        raise click.UsageError("--result: must not be the file that is sent")
    options = {"sender": sender, "request_size": request_size, "concurrency": concurrency}
    with ExitStack() as stack:
        source = stack.enter_context(_opened(file))
        columns = Columns(to, text_column, delimiter)
        total = _count(source, columns)
        _send(connection, output, source, columns, target, words, options, total, force=force)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if not path.is_file():
        raise click.UsageError("FILE: must be a file, for it is read twice")
    try:
        source = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise click.UsageError(f"FILE: can't be read: {error.strerror}") from None
    with source:
        yield source


def _count(source: TextIO, columns: Columns) -> int:
    """Read all of the file before anything is sent, so that a broken one sends nothing."""
    from blackkonnect_sms.cli.bulk_input import InputError, rows_of  # noqa: PLC0415 - not for --help

    try:
        total = sum(1 for _ in rows_of(source, columns))
    except InputError as error:
        raise click.UsageError(str(error)) from None
    if not total:
        raise click.UsageError("FILE: has no rows below its header")
    return total


def _send(  # noqa: PLR0913, PLR0917 - what the command has found out
    connection: Connection,
    output: Output,
    source: TextIO,
    columns: Columns,
    target: Path,
    text: str | None,
    options: dict[str, Any],
    total: int,
    *,
    force: bool,
) -> None:
    from blackkonnect_sms.cli.bulk_input import rows_of  # noqa: PLC0415 - not for --help
    from blackkonnect_sms.cli.bulk_sending import BulkSending  # noqa: PLC0415 - the same
    from blackkonnect_sms.cli.interrupts import Interrupts  # noqa: PLC0415 - the same
    from blackkonnect_sms.ids import ChosenId, new_id  # noqa: PLC0415 - the same

    bulk_id = ChosenId(new_id())
    with failures(output, {**_NAMES, **connection.names}), ExitStack() as stack:
        sms = stack.enter_context(connection.open())
        results = stack.enter_context(_result_file(target, force=force))
        output.tell(
            f"Sending {total} rows as bulk {bulk_id}; what becomes of them: {target}",
            {"type": "begin", "bulkId": bulk_id, "rows": total, "result": str(target)},
        )
        advance = stack.enter_context(_progress(total))
        interrupts = stack.enter_context(Interrupts())

        def record(row: RowResult) -> None:
            results.write(row)
            advance()
            try:
                output.write({"type": "row", **row.facts()})
            except OSError:  # nobody reads it any more: the file still gets all
                output.as_json = False
                interrupts.asked = max(interrupts.asked, 1)

        sending = BulkSending(rows_of(source, columns), record, results.sync, interrupts)
        try:
            sending.run(sms, text, bulk_id=bulk_id, **options)
        except BlackkonnectError:  # an option is wrong
            target.unlink()
            raise
        except OSError as error:
            raise Failure(
                f"--result: {target} can't be written ({error.strerror}); rows that it lacks may have been "
                f"sent, ask with: blackkonnect status --bulk {bulk_id}-1 (and -2, ...)",
                ExitCode.UNKNOWN,
            ) from None
        code = _code(results, sending.codes, interrupted=interrupts.asked > 0)
    _end(output, results, bulk_id, target, code, sending.failure, at_once=interrupts.asked > 1)


@contextmanager
def _result_file(target: Path, *, force: bool) -> Iterator[ResultFile]:
    from blackkonnect_sms.cli.bulk_results import ResultFile  # noqa: PLC0415 - not for --help

    try:
        results = ResultFile(target, force=force)
    except FileExistsError:
        raise click.UsageError(
            f"--result: {target} is there already; name another, or replace it with --force"
        ) from None
    except OSError as error:
        raise click.UsageError(f"--result: {target} can't be made: {error.strerror}") from None
    with results:
        yield results


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """Show on a terminal how many rows are done."""
    with needed_extra("cli"):
        from rich.console import Console  # noqa: PLC0415 - slow to import
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True)
    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True,
        disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def _code(results: ResultFile, codes: set[ExitCode], *, interrupted: bool) -> ExitCode:
    if interrupted:
        return ExitCode.INTERRUPTED
    if results.counts["unknown"]:
        return ExitCode.UNKNOWN
    for code in (ExitCode.AUTHENTICATION, ExitCode.NOT_READY, ExitCode.USAGE):
        if code in codes:
            return code
    return ExitCode.REFUSED if results.counts["refused"] else ExitCode.DONE


def _end(  # noqa: PLR0913, PLR0917 - what there is to tell
    output: Output,
    results: ResultFile,
    bulk_id: str,
    target: Path,
    code: ExitCode,
    failure: str | None,
    *,
    at_once: bool,
) -> None:
    counts = {outcome: results.counts[outcome] for outcome in ("accepted", "refused", "unknown")}
    told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
    moment = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    facts = {"type": "end", "bulkId": bulk_id, **counts, "result": str(target), "endedAt": moment}
    output.tell(f"{told}.", facts)
    if code is ExitCode.DONE:
        return
    why = f"; {failure}" if failure else ""
    warning = "; the unknown ones may have been sent: never repeat them blindly" if counts["unknown"] else ""
    stopped = "interrupted: " if code is ExitCode.INTERRUPTED else ""
    raise Failure(f"{stopped}{told}{why}{warning}; see {target}", code, at_once=at_once)
