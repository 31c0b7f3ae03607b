"""Compare the document and the generated client with those of the last release; for `nox -s diff`.

    python -m blackkonnect_contract.changes.since [DOCUMENT PACKAGE]

The last release is the latest tag, else the branch `origin/main`; where there is neither there is nothing to
compare with. Ends with 1 when a breaking change comes without a major version, and with 2 when something
can't be read.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from blackkonnect_contract.changes.reading import Unreadable, git
from blackkonnect_contract.changes.report import compared

__all__ = ["base", "main"]

_DOCUMENT, _PACKAGE = "openapi/blackkonnect-sms.yaml", "generated/blackkonnect_sms_api"


def base() -> str | None:
    """Return the revision of git to compare with, or `None` where there is none."""
    for command in (
        ("describe", "--tags", "--abbrev=0"),
        ("rev-parse", "--verify", "--abbrev-ref", "origin/main"),
    ):
        with suppress(Unreadable):
            return git(*command).decode().strip()
    return None


def main(arguments: list[str]) -> int:
    """Compare, tell, and return the exit code.

    Args:
        arguments: The document and the package; by default those of this repository.
    """
    document, package = arguments or (_DOCUMENT, _PACKAGE)
    old = base()
    if old is None:
        sys.stdout.write("there is no tag and no origin/main to compare with\n")
        return 0
    try:
        report = compared(f"{old}:{document}", document, api=(f"{old}:{package}", package))
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"Since {old}:\n\n{report.section()}")
    if not report.enough:
        sys.stderr.write(f"{report.complaint}\n")
    return 0 if report.enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
