"""The pytest plugin, in sessions of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ["pytester"]

_PLUGINS = ("blackkonnect_emulator.pytest_plugin", "xdist", "anyio")

HEAD = """
import json, os, pathlib, httpx, pytest
from blackkonnect_emulator.control_client import ControlError

TOKEN = "/api/sms/authenticate/access-token/token/v1"
SEND = "/api/sms/send-message/v1"

def send(emulator, text="x", to="+233200000001"):
    form = {"grant_type": "client_credentials", "client_id": emulator.client_id,
            "client_secret": emulator.client_secret}
    with httpx.Client(base_url=emulator.base_url, trust_env=False) as client:
        token = client.post(TOKEN, data=form).json()["token"]
        body = {"text": text, "destination": to}
        return client.post(SEND, json=body, headers={"Authorization": f"Bearer {token}"})

def note(name, seen):
    folder = pathlib.Path(os.environ["NOTES"])
    (folder / name).write_text(json.dumps(seen))
"""


@pytest.fixture
def session(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Run tests in a session of their own, and tell its outcomes and what the tests noted."""
    notes = tmp_path / "notes"
    notes.mkdir()
    monkeypatch.setenv("NOTES", str(notes))
    # Only what is needed, so that a session is short.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run(tests: str, *arguments: str, ini: str = "") -> tuple[Any, dict[str, Any]]:
        pytester.makeini(f"[pytest]\nfilterwarnings = error\n{ini}")
        pytester.makepyfile(test_it=HEAD + tests)
        options = ["-p", "no:cacheprovider", "--strict-markers"]
        for plugin in _PLUGINS:
            options += ["-p", plugin]
        result = pytester.runpytest_subprocess(*options, *arguments, timeout=120)
        return result, {file.name: json.loads(file.read_text()) for file in notes.iterdir()}

    return run


def test_a_test_sends_looks_and_moves_its_clock(session: Any) -> None:
    result, _ = session("""
def test_all(blackkonnect_emulator, monkeypatch):
    emulator = blackkonnect_emulator
    assert set(emulator.env) == {
        "BLACKKONNECT_BASE_URL", "BLACKKONNECT_CLIENT_ID", "BLACKKONNECT_CLIENT_SECRET"}
    assert emulator.client_secret not in repr(emulator)
    before = emulator.clock()
    assert before.now.isoformat() == "2026-03-02T08:00:00+00:00"
    sent = send(emulator, "hello").json()
    with pytest.raises(ControlError, match="manual"):
        emulator.wait_for_message(text="hello", status="DELIVERED", timeout=0)
    emulator.advance(60)
    found = emulator.wait_for_message(text="hello", status="DELIVERED", timeout=0)
    assert found.correlation_id == sent["correlationId"]
    emulator.add_fault("internal-error", operation="sendMessage", count=1)
    assert send(emulator).status_code == 500
    emulator.force("+233200000009", "undelivered")
    send(emulator, to="+233200000009")
    emulator.advance_to_next_event()
    emulator.advance_to_next_event()
    assert next(emulator.messages()).status == "UNDELIVERED"
    assert [exchange.status for exchange in emulator.requests("sendMessage")] == [200, 500, 200]
    emulator.set_callback("http://127.0.0.1:9/")
    emulator.set_callback(None)
    assert list(emulator.receipts()) == []
    emulator.reset()
    assert list(emulator.messages()) == list(emulator.requests()) == emulator.control.faults() == []
""")
    result.assert_outcomes(passed=1)


ISOLATED = """
@pytest.mark.parametrize("number", range(6))
def test_apart(blackkonnect_emulator, number):
    emulator = blackkonnect_emulator
    assert list(emulator.messages()) == list(emulator.requests()) == []
    assert emulator.control.faults() == emulator.control.outcomes() == []
    clock = emulator.clock()
    for _ in range(number):
        emulator.add_fault("unavailable", probability=0.5)
    emulator.advance(1000 * number)
    answers = [send(emulator, to="+12025550120") for _ in range(3)]if not number else [send(emulator)]
    ids = [answer.json().get("correlationId") for answer in answers]
    note(f"{number}", [emulator.client_id, emulator.base_url, str(clock.now), ids])

def test_alone(blackkonnect_emulator):
    emulator = blackkonnect_emulator
    emulator.add_outcome("*", "mixed")
    emulator.add_fault("garbled", probability=0.5, operation="sendMessage")
    answers = [send(emulator).text for _ in range(5)]
    emulator.advance(3600 * 100)
    note("alone", [emulator.client_id, answers, [message.status for message in emulator.messages()]])
"""


def _apart(notes: dict[str, Any]) -> list[Any]:
    return [notes[str(number)] for number in range(6)]


def test_each_test_has_a_tenant_and_a_clock_of_its_own(session: Any) -> None:
    result, notes = session(ISOLATED.replace('emulator.add_fault("unavailable", probability=0.5)', "pass"))
    result.assert_outcomes(passed=7)
    assert len({tenant for tenant, *_ in _apart(notes)}) == 6
    assert {now for _, _, now, _ in _apart(notes)} == {"2026-03-02 08:00:00+00:00"}
    assert len({url for _, url, _, _ in _apart(notes)}) == 1


def test_workers_have_servers_of_their_own_and_the_same_ids(session: Any) -> None:
    tests = ISOLATED.replace('emulator.add_fault("unavailable", probability=0.5)', "pass")
    result, notes = session(tests, "-n", "2", "--dist", "load")
    result.assert_outcomes(passed=7)
    assert len({url for _, url, _, _ in _apart(notes)}) == 2
    result, alone = session(tests)
    result.assert_outcomes(passed=7)
    for one, other in zip(_apart(notes), _apart(alone), strict=True):
        assert (one[0], one[3]) == (other[0], other[3])
    assert notes["alone"] == alone["alone"]


def test_a_test_alone_sees_what_it_saw_among_others(session: Any) -> None:
    among = session(ISOLATED)[1]["alone"]
    result, notes = session(ISOLATED, "-k", "test_alone")
    result.assert_outcomes(passed=1, deselected=6)
    assert notes["alone"] == among
    assert session(ISOLATED, "-k", "test_alone", ini="blackkonnect_emulator_seed = 2")[1]["alone"] != among


def test_faults_of_one_test_never_meet_another(session: Any) -> None:
    result, _ = session("""
@pytest.mark.parametrize("number", range(10))
def test_even_and_odd(blackkonnect_emulator, number):
    if number % 2:
        blackkonnect_emulator.add_fault("internal-error", operation="sendMessage")
        blackkonnect_emulator.add_outcome("*", "refused")
    assert send(blackkonnect_emulator).status_code == (500 if number % 2 else 200)
""")
    result.assert_outcomes(passed=10)


def test_the_marker_sets_the_emulator_up(session: Any) -> None:
    result, notes = session("""
pytestmark = pytest.mark.blackkonnect_emulator(clock=2.0)

@pytest.mark.blackkonnect_emulator(edition="2025-05-16", clock="real")
def test_edition(blackkonnect_emulator):
    assert blackkonnect_emulator.control.describe().edition == "2025-05-16"
    assert blackkonnect_emulator.clock().mode == "real"

def test_module(blackkonnect_emulator):
    assert blackkonnect_emulator.control.describe().edition == "2026-02-25"
    assert blackkonnect_emulator.clock().factor == 2.0
    note("first", blackkonnect_emulator.base_url)

def test_the_same_server(blackkonnect_emulator):
    note("second", blackkonnect_emulator.base_url)

@pytest.mark.blackkonnect_emulator(
    clock="manual", faults=["unavailable:operation=sendMessage,count=1", {"kind": "garbled", "count": 1,
    "operation": "sendMessage"}], outcomes=["*=failed"], seconds_to_final=0.1)
def test_rules(blackkonnect_emulator):
    assert [send(blackkonnect_emulator).status_code for _ in range(3)] == [503, 200, 200]
    blackkonnect_emulator.advance(0.1)
    assert next(blackkonnect_emulator.messages()).status == "FAILED"
    rules = blackkonnect_emulator.control.faults()
    assert {rule.tenant for rule in rules} == {blackkonnect_emulator.client_id}
""")
    result.assert_outcomes(passed=4)
    assert notes["first"] == notes["second"]


def test_the_settings_choose_the_edition(session: Any) -> None:
    result, _ = session(
        """
def test_edition(blackkonnect_emulator):
    assert blackkonnect_emulator.control.describe().edition == "2025-05-16"
""",
        ini="blackkonnect_emulator_edition = 2025-05-16",
    )
    result.assert_outcomes(passed=1)


WRONG = {
    "edition='2020-01-01'": "there is no '2020-01-01'",
    "clock='fast'": "clock must be manual, real or a factor",
    "faults=['x']": "there is no such kind",
    "faults='closed'": "must be lists",
    "outcomes=[{'pattern': 'x', 'outcome': 'failed'}]": "pattern: must be",
    "seconds_to_final=-1": "seconds_to_final: must be",
    "seconds_to_final='x'": "seconds_to_final: must be",
    "odd=1": "there is no odd; there is edition",
    "'2026-02-25'": "takes names alone",
}


def test_a_marker_that_makes_no_sense_fails_in_one_line(session: Any) -> None:
    tests = [
        f"""
@pytest.mark.blackkonnect_emulator({marker})
def test_{number}(blackkonnect_emulator):
    pass
"""
        for number, marker in enumerate(WRONG)
    ]
    result, _ = session("".join(tests))
    result.assert_outcomes(errors=len(WRONG))
    told = result.stdout.str()
    for words in WRONG.values():
        assert words in told
    assert "Traceback" not in told
    assert "During handling" not in told


def test_without_the_extra_one_line_says_what_to_install(session: Any, pytester: pytest.Pytester) -> None:
    pytester.makeconftest("""
import sys
for name in ("uvicorn", "orjson"):
    sys.modules[name] = None
for name in list(sys.modules):
    if name.startswith("blackkonnect_emulator.") and not name.endswith("pytest_plugin"):
        del sys.modules[name]
""")
    result, _ = session(
        """
def test_it(blackkonnect_emulator):
    pass

def test_another():
    pass
"""
    )
    result.assert_outcomes(errors=1, passed=1)
    result.stdout.fnmatch_lines(["*pip install 'blackkonnect-sms[[]emulator]'*"])


def test_asynchronous_tests_do_not_wait_for_themselves(session: Any) -> None:
    result, _ = session("""
import asyncio

@pytest.fixture
def anyio_backend():
    return "asyncio"

@pytest.fixture
async def sent(blackkonnect_emulator):
    return await asyncio.to_thread(send, blackkonnect_emulator, "hello")

@pytest.mark.anyio
@pytest.mark.parametrize("number", range(2))
async def test_receipts(blackkonnect_emulator, sent, number):
    emulator = blackkonnect_emulator
    got = []

    async def answer(reader, writer):
        got.append(await reader.readuntil(b"\\r\\n\\r\\n"))
        writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    control = emulator.asynchronous
    await control.make_tenant(emulator.client_id, callback=f"http://127.0.0.1:{port}/receipt")
    await control.advance(60)
    server.close()
    assert len(got) == 2
    assert [receipt.state async for receipt in control.receipts()] == ["delivered"] * 2
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(emulator.app), base_url="http://127.0.0.1"
    ) as client:
        listed = (await client.get("/_emulator/messages", params={"tenant": emulator.client_id})).json()
        assert [message["text"] for message in listed["messages"]] == ["hello"]
        waiting = asyncio.ensure_future(control.wait_for_message(text="later", timeout=60))
        form = {"grant_type": "client_credentials", "client_id": emulator.client_id,
                "client_secret": emulator.client_secret}
        token = (await client.post(TOKEN, data=form)).json()["token"]
        body = {"text": "later", "destination": "+233200000001"}
        await client.post(SEND, json=body, headers={"Authorization": f"Bearer {token}"})
        assert (await waiting).text == "later"
        emulator.add_fault("answer-lost", operation="sendMessage")
        with pytest.raises(ConnectionError):
            await client.post(SEND, json=body, headers={"Authorization": f"Bearer {token}"})
""")
    result.assert_outcomes(passed=2)
