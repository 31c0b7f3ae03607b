"""What `import blackkonnect_sms` costs, in CPU time, beside `import httpx` and a bare interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version

ROUNDS = 15
CODES = {
    "a bare interpreter": "pass",
    f"import httpx ({version('httpx')})": "import httpx",
    "import blackkonnect_sms_api": "import blackkonnect_sms_api",
    f"import blackkonnect_sms ({version('blackkonnect-sms')})": "import blackkonnect_sms",
}


def cpu_seconds(code: str) -> float:
    """Return the CPU time of an interpreter that runs the code."""
    before = os.times()
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - the codes above
    after = os.times()
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def main() -> None:
    """Measure in turns, so that a busy moment touches all alike, and tell the least of each."""
    least = dict.fromkeys(CODES, float("inf"))
    for _ in range(ROUNDS):
        for name, code in CODES.items():
            least[name] = min(least[name], cpu_seconds(code))
    bare, rival = list(least.values())[:2]
    print(f"{'':42} {'CPU ms':>8} {'x bare':>8} {'x httpx':>8}")
    for name, seconds in least.items():
        print(f"{name:42} {seconds * 1000:8.0f} {seconds / bare:8.2f} {seconds / rival:8.2f}")


if __name__ == "__main__":
    main()
