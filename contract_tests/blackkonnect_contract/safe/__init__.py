"""The gate for a real, paid gateway and real phones.

How the command line uses it::

    from blackkonnect_contract.safe import Limits, LimitsError, SafeError, journal, run_safely

    limits = Limits(numbers=("+233200000001",), max_sends=20, rate=1.0)  # LimitsError says what is wrong
    report = run_safely(target, limits, Path("journal.jsonl"), seed=1, confirm=confirm, watch=watch)

``confirm`` is given the ``Plan`` before anything is asked or written: it prints ``plan.lines()`` and returns
whether to go on. Where it says no, ``NotConfirmedError`` is raised, and there is no journal. ``JournalError``
is raised where the journal's file is there already or can't be written. Both are a ``SafeError``, as is
``LimitsError``; each says in its words what to do. ``report`` is a ``GateReport`` with one layer, named
``safe``, for every report of the gate. Ctrl-C goes through after the journal has been ended.

Whatever happens, ``journal.read(path).lines()`` tells what was sent, after ``kill -9`` too.
"""

from blackkonnect_contract.safe import journal
from blackkonnect_contract.safe.guard import GuardedTransport
from blackkonnect_contract.safe.limits import Limits
from blackkonnect_contract.safe.plan import Plan, Step, plan
from blackkonnect_contract.safe.refusals import (
    ForeignHostError,
    ForeignNumberError,
    GuardError,
    JournalError,
    LimitsError,
    NotConfirmedError,
    SafeError,
    TooFastError,
    TooLongError,
    TooManySendsError,
    TooManyTokensError,
    UnplannedError,
    UnreadableError,
)
from blackkonnect_contract.safe.running import open_safely, run_safely

__all__ = [
    "ForeignHostError",
    "ForeignNumberError",
    "GuardError",
    "GuardedTransport",
    "JournalError",
    "Limits",
    "LimitsError",
    "NotConfirmedError",
    "Plan",
    "SafeError",
    "Step",
    "TooFastError",
    "TooLongError",
    "TooManySendsError",
    "TooManyTokensError",
    "UnplannedError",
    "UnreadableError",
    "journal",
    "open_safely",
    "plan",
    "run_safely",
]
