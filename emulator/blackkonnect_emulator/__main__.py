"""`python -m blackkonnect_emulator`."""

import sys

try:
    from blackkonnect_emulator.command import run
except ModuleNotFoundError as missing:
    if missing.name is None or missing.name.startswith("blackkonnect"):
        raise
    sys.stderr.write(f"error: the emulator needs {missing.name}: pip install 'blackkonnect-sms[emulator]'\n")
    sys.exit(2)

if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        # Before the server was there to stop.
        sys.exit(130)
