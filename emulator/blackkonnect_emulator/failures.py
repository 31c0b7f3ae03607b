"""Telling of failures that nobody foresaw."""

import logging
import traceback

_logger = logging.getLogger("blackkonnect_emulator")


def log_failure(error: BaseException) -> None:
    """Log the kind and the place of an error alone: its own words may hold what the request held.

    Args:
        error: The error.
    """
    _logger.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
