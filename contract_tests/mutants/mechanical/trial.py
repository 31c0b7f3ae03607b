"""Run the gate on the emulator that is imported here, and tell what it finds first.

Only ``python -m mutants.mechanical`` starts it, in a process of its own whose emulator is a changed copy.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from functools import partial
from pathlib import Path

import httpx


def main() -> int:
    """Tell in a line of JSON how far the gate came: ``kind``, and ``told``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the emulator must come from")
    parser.add_argument("stages", nargs="+", metavar="LAYER[:quick]")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    try:
        kind, told = _first(given.folder, given.stages, given.seed)
    except httpx.HTTPStatusError as error:
        # What is changed can be a part of the control API too, which the gate relies on.
        own = error.request.url.path.startswith("/_emulator/")
        kind, told = "control" if own else "error", str(error)
    except Exception:  # noqa: BLE001 - whatever a changed gateway does to the gate is a finding
        kind, told = "error", traceback.format_exc()[-3000:]
    print(json.dumps({"kind": kind, "told": told}))
    return 0


def _first(folder: Path, stages: list[str], seed: int) -> tuple[str, str]:
    try:
        import blackkonnect_emulator  # noqa: PLC0415 - a changed one may not start
        from blackkonnect_contract.document import editions  # noqa: PLC0415 - with it
        from blackkonnect_contract.emulated import opened  # noqa: PLC0415 - with it
        from blackkonnect_contract.gate import run_gate  # noqa: PLC0415 - with it

        for edition in editions():
            with opened(edition):
                pass
    except Exception as error:  # noqa: BLE001 - as above
        return "start", f"{type(error).__name__}: {error}"
    if not Path(str(blackkonnect_emulator.__file__)).is_relative_to(folder):
        raise RuntimeError("another emulator was imported")
    for stage in stages:
        layer, _, quick = stage.partition(":")
        # On a socket the emulator takes short ways that it does not have in this process.
        for edition in reversed(editions()):
            report = run_gate(
                partial(opened, over_http=not quick),
                [edition],
                layers=[layer],
                seed=seed,
                quick=bool(quick),
                first=True,
            )
            for breach in report.layers[0].record.breaches:
                return stage, f"{edition}: {breach.rule.name}: {breach.message}"
            if not report.passed:
                return stage, f"{edition}: it looked at nothing"
    return "survived", ""


if __name__ == "__main__":
    sys.exit(main())
