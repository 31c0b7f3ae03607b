"""What the gate does and found, as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from blackkonnect_contract.reports.grouped import grouped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from rich.console import Console

    from blackkonnect_contract.jobs import Job

__all__ = ["Terminal"]

_EVERY = 50
_TOLD_AT_MOST = 40


class Terminal:
    """Shows progress while layers run, a line for each that ended, and then what is wrong.

    Args:
        console: Where to.
        count: How many layers there are.
    """

    def __init__(self, console: Console, count: int) -> None:
        self._console = console
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed}/{task.total}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("contract", total=count)
        self._now = ""
        self._asked = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def starts(self, target: str, seed: int, workers: int) -> None:
        """Show what is asked, and what chance follows from."""
        processes = f"{workers} process{'' if workers == 1 else 'es'}"
        self._print(f"{target}, seed {seed}, {processes}")

    def begun(self, job: Job) -> None:
        """Show that a layer begins."""
        self._now, self._asked = f"{job.edition} {job.layer}", 0
        self._progress.update(self._task, description=self._now)

    def seen(self) -> None:
        """Show that an answer came."""
        self._asked += 1
        if self._asked % _EVERY == 0:
            self._progress.update(self._task, description=f"{self._now}, {self._asked} requests")

    def ended(self, layer: Mapping[str, Any]) -> None:
        """Show a layer's line."""
        self._progress.advance(self._task)
        self._console.print(Text.from_markup(_line(layer)), soft_wrap=True)

    def told(self, facts: Mapping[str, Any], again: str) -> None:
        """Show what is wrong, what was skipped, and how to do it again.

        Args:
            facts: What ``gate_facts`` tells.
            again: The command that does it again.
        """
        broken = grouped(facts)
        for number, breach in enumerate(broken[:_TOLD_AT_MOST], 1):
            self._breach(number, breach)
        if len(broken) > _TOLD_AT_MOST:
            self._print("")
            self._print(f"{len(broken) - _TOLD_AT_MOST} more rules are broken: --html and --json tell all")
        self._print("")
        skipped = {(what, why): None for layer in facts["layers"] for what, why in layer["skipped"].items()}
        for what, why in skipped:
            self._print(f"skipped: {what}: {why}")
        for layer in facts["layers"]:
            if layer["failure"]:
                self._print(f"could not end: {layer['edition']} {layer['layer']}: {layer['failure']}")
        cut = sum(layer["cut"] for layer in facts["layers"])
        if cut:
            self._print(f"{cut} layer{' was' if cut == 1 else 's were'} cut short: the time was over")
        kept = f"The gateway keeps to the document{', as far as was looked' if cut else ''}."
        self._print(kept if facts["passed"] else _verdict(broken))
        self._print(f"{'Repeat all of it' if facts['passed'] else 'Repeat what is broken'}: {again}")

    def _breach(self, number: int, breach: Mapping[str, Any]) -> None:
        what = "finding about the document" if breach["isFinding"] else "breach"
        count = f"{breach['count']} time{'' if breach['count'] == 1 else 's'}"
        self._print("")
        self._print(f"{number}. {what}: {breach['rule']}: {breach['operation'] or 'the gateway'} ({count})")
        self._print(f"   {breach['says']}")
        if breach["pointer"]:
            self._print(f"   rule: #{breach['pointer']}")
        self._print(f"   provenance: {breach['provenance']}{': ' if breach['note'] else ''}{breach['note']}")
        self._print(f"   found by: {', '.join(breach['where'])}")
        self._print(f"   seen: {breach['message']}")
        for exchange in filter(None, (*breach["steps"], breach["exchange"])):
            self._print(f"   {exchange['curl'] or exchange['request']['url']}")

    def _print(self, text: str) -> None:
        self._console.print(Text(_plain(text)), soft_wrap=True)


def _plain(text: str) -> str:
    """Leave out what a terminal would obey; a gateway may have sent it."""
    return "".join(one if one.isprintable() else f"\\x{ord(one):02x}" for one in text)


def _verdict(broken: Sequence[Mapping[str, Any]]) -> str:
    if not broken:
        return "Nothing is proven: a layer looked at nothing, or could not end."
    findings = sum(one["isFinding"] for one in broken)
    told = f"{len(broken)} rule{' is' if len(broken) == 1 else 's are'} broken"
    if findings:
        told += f"; {findings} of them inferred: what is found may be a mistake of the document"
    return f"{told}."


def _line(layer: Mapping[str, Any]) -> str:
    broken, skipped = len(layer["breaches"]), len(layer["skipped"])
    word = "[green]kept[/green]  " if layer["passed"] else "[red]BROKEN[/red]"
    if layer["failure"]:
        word = "[red]FAILED[/red]"
    elif not layer["passed"] and not broken:
        word = "[yellow]empty[/yellow] "
    line = f"{layer['edition']} {layer['layer']:11}{word} {layer['requests']:6} requests"
    line += f" {layer['checks']:6} checks {layer['seconds']:6.1f} s"
    line += f", {broken} broken" if broken else ""
    line += f", {skipped} skipped" if skipped else ""
    return line + (", cut short" if layer["cut"] else "")
