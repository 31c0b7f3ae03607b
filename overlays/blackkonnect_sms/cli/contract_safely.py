"""``blackkonnect contract --safe``: a real gateway, within limits that the user gives."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from blackkonnect_sms.cli.exit_codes import ExitCode
from blackkonnect_sms.cli.failures import Failure
from blackkonnect_sms.cli.output import plain

if TYPE_CHECKING:
    from pathlib import Path

    from blackkonnect_contract.jobs import Gateway
    from blackkonnect_contract.safe import Plan

__all__ = ["run"]


def run(  # noqa: PLR0913 - each is an option
    gateway: Gateway,
    edition: str,
    *,
    numbers: tuple[str, ...],
    max_sends: int,
    rate: float,
    patience: float,
    journal: Path,
    seed: int,
    yes: bool,
) -> dict[str, Any]:
    """Print the plan, have it agreed to, and do what it says.

    Args:
        gateway: The gateway.
        edition: The edition that it is to keep to.
        numbers: The only numbers that may be sent to.
        max_sends: To how many destinations at most.
        rate: How many requests that may send leave in a second at most.
        patience: For how many seconds to wait for final statuses.
        journal: Where to write what is sent.
        seed: What all chance follows from.
        yes: Whether the plan is agreed to already.

    Returns:
        What was found, by ``layer_facts``.

    Raises:
        Failure: A limit makes no sense, the plan was not agreed to, or the journal can't be written.
    """
    from blackkonnect_contract.document import document  # noqa: PLC0415 - of an extra
    from blackkonnect_contract.reports.as_json import layer_facts  # noqa: PLC0415 - as above
    from blackkonnect_contract.reports.coverage import Coverage  # noqa: PLC0415 - as above
    from blackkonnect_contract.safe import Limits, SafeError, run_safely  # noqa: PLC0415 - as above

    def confirm(plan: Plan) -> bool:
        for line in plan.lines():
            click.echo(plain(line), err=True)
        if yes:
            return True
        if not sys.stdin.isatty():
            raise Failure("the plan has to be agreed to: add --yes, or run it on a terminal", ExitCode.USAGE)
        return click.confirm("Do it?", err=True)

    coverage = Coverage(document(edition))
    earlier = journal.exists()
    try:
        limits = Limits(numbers=numbers, max_sends=max_sends, rate=rate)
        with gateway.opened(edition, "safe") as target:
            report = run_safely(
                target,
                limits,
                journal,
                confirm=confirm,
                seed=seed,
                patience=patience,
                watch=coverage.note,
            )
    except SafeError as error:
        raise Failure(str(error), ExitCode.USAGE) from None
    finally:
        if not earlier and journal.exists():
            click.echo(f"What was sent stands in {plain(journal)}", err=True)
    return layer_facts(report.layers[0], coverage)
