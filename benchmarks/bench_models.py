"""What models cost beside plain dicts with orjson, in instructions: texts written and statuses read.

The generator's own templates, and ours with and without orjson. Bytes are what is written and what is read,
so JSON itself counts on all sides; plain dicts with `json` tell what part of it that is without orjson. A
figure is the difference of two run sizes, each without what the same program does before it writes or reads.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import instructions
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

ROOT = Path(__file__).parents[1]
SMALL, LARGE = 2_000, 10_000
PROGRAM = """
import json, sys
folder, count, task, wanted = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4] == "do"
if folder.startswith("-"):
    sys.modules["orjson"] = None
sys.path[:0] = [folder.removeprefix("-")]
numbers = [f"+2332{number:08}" for number in range(count)]
if task == "read":
    statuses = json.dumps([
        {"uuid": f"{number:08x}-0000-4000-8000-{number:012x}", "messageId": f"m-{number}",
         "bulkReferenceId": "b", "partReferenceId": "p", "destination": to, "deliveryStatus": "DELIVERED",
         "deliveryTimestamp": "2026-03-02T08:00:00Z", "sourceAddress": "ACME"}
        for number, to in enumerate(numbers)
    ]).encode()
if folder in ("plain", "-plain"):
    if folder == "plain":
        from orjson import dumps, loads
    else:
        loads = json.loads
        def dumps(value):
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    if task == "write":
        value = {"messages": [
            {"text": "Your code is 482913", "destinations": [{"destination": to, "messageId": to}]}
            for to in numbers
        ]}
        if wanted:
            dumps(value)
    elif wanted:
        loads(statuses)
elif task == "write":
    from blackkonnect_sms_api.models import BulkSmsMessageRequest, MessageDestination, SmsMessage
    body = BulkSmsMessageRequest(messages=[
        SmsMessage(text="Your code is 482913",
                   destinations=[MessageDestination(destination=to, message_id=to)])
        for to in numbers
    ])
    if "stock" in folder:
        if wanted:
            json.dumps(body.to_dict(), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    else:
        from blackkonnect_sms_api.api.mobile_sms_messaging import send_bulk_messages as send
        if wanted:
            send.request_kwargs(body=body)["content"]
else:
    from blackkonnect_sms_api.api.mobile_sms_messaging import get_bulk_message_status as read
    class Answer:
        status_code, content, headers = 200, statuses, {}
        def json(self):
            return json.loads(self.content)
    if wanted:
        assert len(read._parse_response(client=None, response=Answer())) == count
"""


def per_item(program: Path, folder: str, task: str) -> float:
    """Return the instructions of one text or one status, without what the program does besides."""

    def run(count: int, wanted: str) -> int:
        return instructions.of([sys.executable, str(program), folder, str(count), task, wanted])

    run(1, "do")  # Its modules are compiled by now.
    both = [run(count, "do") - run(count, "prepare") for count in (SMALL, LARGE)]
    return (both[1] - both[0]) / (LARGE - SMALL)


def main() -> None:
    """Measure all and tell the ratios to plain dicts."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        stock = Path(scratch, "stock")
        stock.mkdir()
        settings = ConfigFile(package_name_override="blackkonnect_sms_api", post_hooks=[])
        source = ROOT / "generated/blackkonnect_sms_documents/blackkonnect-sms.json"
        package = stock / "blackkonnect_sms_api"
        generate(config=Config.from_sources(settings, MetaType.NONE, source, "utf-8", False, package))
        program = Path(scratch, "program.py")
        program.write_text(PROGRAM)
        known = {
            "plain dicts, orjson": "plain",
            "plain dicts, json": "-plain",
            "stock models": str(stock),
            "our models, base install": f"-{ROOT / 'generated'}",
            "our models, orjson": str(ROOT / "generated"),
        }
        found = {
            name: [per_item(program, folder, task) for task in ("write", "read")]
            for name, folder in known.items()
        }
    rival = next(iter(found.values()))
    print(
        f"{'instructions for one':26} {'text written':>14} {'x plain':>8} {'status read':>14} {'x plain':>8}"
    )
    for name, (write, read) in found.items():
        print(f"{name:26} {write:14,.0f} {write / rival[0]:8.1f} {read:14,.0f} {read / rival[1]:8.1f}")


if __name__ == "__main__":
    main()
