"""`python -m blackkonnect_emulator`."""

import sys

from blackkonnect_emulator.command import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
