"""Why something was not done.

::

    SafeError
     ├── LimitsError           the limits make no sense
     ├── NotConfirmedError     the plan was not agreed to
     ├── JournalError          what is sent could not be written down
     └── GuardError            a request would break a rule, and did not leave
          ├── ForeignHostError    it is for another host
          ├── UnplannedError      the operation, or a part of the request, is not in the plan
          ├── UnreadableError     nobody can tell what the body would send
          ├── ForeignNumberError  it holds a number that is not listed
          ├── TooLongError        a text would be charged as many
          ├── TooManySendsError   no more may be sent
          ├── TooManyTokensError  asking on could lock the account
          └── TooFastError        the rate could not be kept
"""

from __future__ import annotations

__all__ = [
    "ForeignHostError",
    "ForeignNumberError",
    "GuardError",
    "JournalError",
    "LimitsError",
    "NotConfirmedError",
    "SafeError",
    "TooFastError",
    "TooLongError",
    "TooManySendsError",
    "TooManyTokensError",
    "UnplannedError",
    "UnreadableError",
]


class SafeError(Exception):
    """Something was not done."""


class LimitsError(SafeError):
    """The limits make no sense."""


class NotConfirmedError(SafeError):
    """The plan was not agreed to, so nothing was asked."""


class JournalError(SafeError):
    """What is sent can't be written down, so it was not sent; or what was written can't be read."""


class GuardError(SafeError):
    """A request would break a rule, and did not leave."""


class ForeignHostError(GuardError):
    """It is for another host than the gateway's."""


class UnplannedError(GuardError):
    """The operation, or a part of the request, is not in the plan."""


class UnreadableError(GuardError):
    """Nobody can tell what the body would send."""


class ForeignNumberError(GuardError):
    """It holds a number that the user did not list."""


class TooLongError(GuardError):
    """A text would be charged as many."""


class TooManySendsError(GuardError):
    """No more may be sent."""


class TooManyTokensError(GuardError):
    """Asking for tokens on and on could lock the account."""


class TooFastError(GuardError):
    """The rate could not be kept."""
