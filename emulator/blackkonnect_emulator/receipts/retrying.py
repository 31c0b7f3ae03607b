"""When a receipt is tried again."""

from typing import NamedTuple

from blackkonnect_emulator.clock import MINUTE
from blackkonnect_emulator.profile import Profile


class Retrying(NamedTuple):
    """How long a gateway goes on.

    Infobip publishes for its notify URL: 1 min + (1 min * n * n) after the failed attempt n, counted from
    0, up to the 20th retry, which is 41 hours and 30 minutes after the first attempt.

    Attributes:
        first: How many milliseconds after the first attempt the first retry is due.
        growth: How many milliseconds the square of n adds to that.
        most: How many retries there are.
    """

    first: int
    growth: int
    most: int

    @classmethod
    def of(cls, profile: Profile) -> "Retrying":
        """Take it from a profile."""
        return cls(
            profile.receipt_retry_minutes * MINUTE,
            profile.receipt_retry_growth_minutes * MINUTE,
            profile.receipt_retries,
        )

    def next_at(self, at: int, failures: int) -> int | None:
        """Tell when to try again.

        Args:
            at: When the attempt that failed began, in milliseconds.
            failures: How many failed before it.

        Returns:
            The time in milliseconds, or `None` to give up.
        """
        return None if failures >= self.most else at + self.first + self.growth * failures * failures
