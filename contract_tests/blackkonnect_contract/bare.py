"""Schemathesis as it comes: the rival that the gate is measured beside."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from blackkonnect_contract.caller import Caller, NoTokenError
from blackkonnect_contract.document import document
from blackkonnect_contract.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blackkonnect_contract.target import Target

__all__ = ["BareReport", "run_bare"]

_LONGEST = 600.0


@dataclass(frozen=True, slots=True)
class BareReport:
    """What schemathesis says of a gateway without any of the gate's own configuration.

    Attributes:
        failed: Whether it found a fault.
        cpu_seconds: The CPU time that it took, without the gateway's.
    """

    failed: bool
    cpu_seconds: float


def run_bare(target: Target, *, seed: int = 1, arguments: Sequence[str] = ()) -> BareReport:
    """Run schemathesis with all checks and phases and a right token, and nothing else.

    Args:
        target: The gateway, which has an address.
        seed: The seed of all chance in it.
        arguments: More arguments of ``schemathesis run``, to narrow it.

    Raises:
        subprocess.TimeoutExpired: It took longer than ten minutes.
    """
    caller = Caller(target, Record("bare", document(target.edition)))
    try:
        token = caller.new_token()
    except NoTokenError:
        token = "none"  # noqa: S105 - the gateway gave none
    finally:
        caller.close()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with (
        as_file(files("blackkonnect_sms_documents") / f"{target.edition}.json") as schema,
        tempfile.TemporaryDirectory(prefix="blackkonnect-bare-") as folder,
    ):
        ended = subprocess.run(  # noqa: S603 - the arguments are ours
            [
                *(sys.executable, "-m", "schemathesis.cli", "--no-color", "run", str(schema)),
                *("--url", target.base_url, "--checks", "all", "--seed", str(seed)),
                *("--header", f"Authorization: Bearer {token}"),
                *arguments,
            ],
            cwd=folder,
            env=dict(os.environ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            timeout=_LONGEST,
            check=False,
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return BareReport(ended.returncode != 0, spent)
