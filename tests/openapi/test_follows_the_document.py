"""What follows a changed document by itself, and what a person is told to do.

A copy of the repository's code gets an operation, a field, an enum's value, and another name of a schema; its
packages are generated anew, and nothing else in it is edited.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from blackkonnect_emulator import Settings, running

ROOT = Path(__file__).parents[2]
FOLDERS = ("openapi", "overlays", "emulator", "contract_tests")
NEW_OPERATION = "cancelMessage"
OPERATION = """\
  /api/sms/messages/cancel/{correlationId}/v1:
    x-provenance: {kind: inferred, note: It is made for a test.}
    post:
      operationId: cancelMessage
      tags: [Mobile SMS Messaging]
      summary: Cancel one message
      description: Takes one message back that is still queued.
      x-provenance: {kind: inferred, note: It is made for a test.}
      parameters:
        - $ref: "#/components/parameters/CorrelationId"
      responses:
        "200":
          description: The message's latest status.
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/GatewayMessageDeliveryStatus"
        "404":
          $ref: "#/components/responses/NotFound"

"""
FIELD = """\
        campaign:
          type: string
          description: The campaign that the message belongs to.
          examples: [Spring]
        sourceAddress:
          type: string
          description: The sender that the phone shows, a name or a number.
"""
OLD_FIELD = FIELD[FIELD.index("        sourceAddress") :]

pytestmark = pytest.mark.slow


class Copy:
    """A copy of the code, whose document may be edited.

    Args:
        root: Its folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in FOLDERS:
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copyfile(ROOT / "pyproject.toml", root / "pyproject.toml")

    def edit(self, old: str, new: str) -> None:
        """Replace a text in the document and the editions' overlays, wherever it stands."""
        found = 0
        for path in sorted((self.root / "openapi").rglob("*.yaml")):
            text = path.read_text("utf-8")
            found += text.count(old)
            path.write_text(text.replace(old, new), "utf-8")
        assert found, f"{old!r} is nowhere in the document any more"

    def generate(self) -> None:
        (self.root / "generated").mkdir(exist_ok=True)
        ended = self.run(str(self.root / "openapi" / "generate.py"))
        assert ended.returncode == 0, ended.stderr

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python with the copy's packages alone."""
        folders = [str(self.root / name) for name in ("generated", *FOLDERS[1:])]
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(folders), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def code(self, source: str) -> str:
        """Run a program that is to end well, and return what it writes."""
        ended = self.run("-c", source)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    def diff(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Compare the repository's document with the copy's."""
        documents = [str(one / "openapi" / "blackkonnect-sms.yaml") for one in (ROOT, self.root)]
        program = "from blackkonnect_sms.cli import main; main()"
        return self.run("-c", program, "diff", *documents, *options)


@pytest.fixture(scope="module")
def smaller(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy with a new field and another name of a schema."""
    copy = Copy(tmp_path_factory.mktemp("smaller"))
    copy.edit(OLD_FIELD, FIELD)
    copy.edit("ItemPagination", "PageOfItems")
    copy.generate()
    return copy


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy with a new operation and a new value of an enum."""
    copy = Copy(tmp_path_factory.mktemp("larger"))
    copy.edit("SATURDAY, SUNDAY]", "SATURDAY, SUNDAY, HOLIDAY]")
    copy.edit("\nwebhooks:\n", f"\n{OPERATION}webhooks:\n")
    copy.generate()
    return copy


@pytest.fixture(scope="module")
def longer(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy with a new status."""
    copy = Copy(tmp_path_factory.mktemp("longer"))
    copy.edit("REJECTED, FAILED]\n", "REJECTED, FAILED, LOST]\n")
    copy.generate()
    return copy


def test_the_client_follows(smaller: Copy, larger: Copy, longer: Copy) -> None:
    told = smaller.code(
        "from blackkonnect_sms_api import models as m\n"
        "print(m.SimpleSmsMessageRequest(text='x', destination='+1', campaign='Spring').to_dict())\n"
        "print(hasattr(m, 'PageOfItems'), hasattr(m, 'ItemPagination'))\n"
        "import blackkonnect_sms\n"
    )
    assert "'campaign': 'Spring'" in told
    assert told.splitlines()[1:] == ["True False"]
    module = "blackkonnect_sms_api.api.mobile_sms_messaging.cancel_message"
    assert larger.code(f"from {module} import sync, asyncio; print(sync.__module__)") == module
    for copy, value in ((larger, "HOLIDAY"), (longer, "LOST")):
        facts = (copy.root / "generated" / "blackkonnect_sms_api" / "facts.py").read_text("utf-8")
        assert value in facts


def test_the_emulator_follows(smaller: Copy) -> None:
    told = smaller.code(
        "import httpx\n"
        "from blackkonnect_emulator import Settings, running\n"
        "with running(Settings(edition='2025-05-16')) as one:\n"
        "    url = one.base_url + '/api/sms/send-message/v1'\n"
        "    body = {'text': 'x', 'destination': '+233200000001', 'messageId': 'an-id-of-ours'}\n"
        "    for campaign in ('Spring', 5):\n"
        "        answer = httpx.post(url, json={**body, 'campaign': campaign}, trust_env=False)\n"
        "        print(answer.status_code, 'campaign' in answer.text)\n"
    )
    assert told.splitlines() == ["200 True", "400 True"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("larger", f"the emulator has no operation {NEW_OPERATION}"),
        ("longer", "the statuses of the document are not"),
    ],
)
def test_the_emulator_says_what_a_person_must_write(
    name: str, words: str, request: pytest.FixtureRequest
) -> None:
    copy: Copy = request.getfixturevalue(name)
    ended = copy.run("-c", "from blackkonnect_emulator import create_app; create_app()")
    assert ended.returncode != 0
    assert words in ended.stderr.splitlines()[-1]


GATE = """
from blackkonnect_contract.gate import run_gate
from blackkonnect_contract.target import Credentials, Target
from contextlib import nullcontext
target = Target(
    base_url={url!r},
    client_id='one',
    client_secret='first',
    edition={edition!r},
    other=Credentials('two', 'second'),
)
for layer in {layers}:
    [report] = run_gate(lambda _: nullcontext(target), [{edition!r}], layers=[layer], quick=True).layers
    print(layer, report.passed, *(one.message for one in report.record.breaches))
"""


def test_the_gate_follows_a_field(smaller: Copy) -> None:
    told = smaller.code(
        "from blackkonnect_contract.emulated import opened\n"
        "from blackkonnect_contract.gate import run_gate\n"
        "seen = []\n"
        "watch = lambda edition, layer, exchange: seen.append(exchange.request.body)\n"
        "[report] = run_gate(opened, ['2026-02-25'], layers=['table'], watch=watch).layers\n"
        "print(report.passed, [one.message for one in report.record.breaches])\n"
        "print(any(b'campaign' in (body or b'') for body in seen))\n"
    )
    assert told.splitlines() == ["True []", "True"]


def test_the_gate_sees_an_operation_that_a_gateway_lacks(larger: Copy) -> None:
    settings = Settings(edition="2026-02-25", clients={"one": "first", "two": "second"})
    with running(settings) as gateway:
        program = GATE.format(url=gateway.base_url, edition="2026-02-25", layers=["auth", "table"])
        ended = larger.run("-c", program)
    assert ended.stdout.startswith("auth False")
    assert "answered 404 instead of 401" in ended.stdout
    # The table needs a good request to begin with, which a person writes.
    assert f"the gate has no request for {NEW_OPERATION} yet" in ended.stderr.splitlines()[-1]


def test_the_change_report_follows(smaller: Copy, larger: Copy) -> None:
    packages = [str(one / "generated" / "blackkonnect_sms_api") for one in (ROOT, smaller.root)]
    ended = smaller.diff("--api", *packages)
    assert ended.returncode == 1
    breaking, _, rest = ended.stdout.partition("### Added")
    assert "the schema ItemPagination is called PageOfItems now" in breaking
    assert "griffe" in breaking
    assert "the property campaign is new" in rest
    ended = larger.diff()
    assert "the value 'HOLIDAY' is new" in ended.stdout
    assert ended.returncode == 0
    assert "the operation POST /api/sms/messages/cancel/{correlationId}/v1 is new" in ended.stdout
