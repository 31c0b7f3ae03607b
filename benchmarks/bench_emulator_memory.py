"""What the emulator holds in memory after 100,000 messages on file, beside what it held before them."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from bench_emulator import DESTINATIONS
from cpu_time import measurable, memory
from load import ask, load
from sends import bulk, limited, single, token_request
from servers import CLIENT, SECRET, emulator_command, free_port, serving

BY_BULK, BY_SEND = 50_000, 50_000
TARGET = 60
_LONGEST = 300.0


def main() -> None:
    """Send half of the messages by bulks and half one by one, and tell the memory between."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    if not measurable():
        print("Left out: another process's memory can be measured on Linux alone.")
        return
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "messages.db"
        with serving("emulator", emulator_command(port, database), port) as server:
            token = json.loads(ask(port, token_request(CLIENT, SECRET)))["token"]
            ask(port, single(token)())
            print(f"{'resident memory':34} {'now':>6} {'most':>6}  MB, target: less than {TARGET}")
            _tell("after 1 send", server.pid)
            load(port, server.pid, limited(bulk(token, DESTINATIONS), BY_BULK // DESTINATIONS), _LONGEST, 4)
            _tell(f"and {BY_BULK:,} messages by bulks", server.pid)
            load(port, server.pid, limited(single(token), BY_SEND), _LONGEST, 64)
            _tell(f"and {BY_SEND:,} messages one by one", server.pid)
        print(f"{'the database file':34} {database.stat().st_size / 1e6:6.0f}         MB")


def _tell(when: str, pid: int) -> None:
    now, most = memory(pid)
    print(f"{when:34} {now:6.1f} {most:6.1f}")


if __name__ == "__main__":
    main()
