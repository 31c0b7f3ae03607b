"""The examples of docs/receipts.md: each receiver, called by the emulator, and the tests that it shows."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from blackkonnect_sms import BlackkonnectSMS
from blackkonnect_sms.receipts import Receipt, make_url
from blackkonnect_sms.receipts.receipt import FIELDS, LONGEST_QUERY, NEEDED

pytest_plugins = ["pytester"]
pytest.importorskip("blackkonnect_emulator")

ROOT = Path(__file__).parents[3]
MANUAL = (ROOT / "docs" / "receipts.md").read_text("utf-8")
FILES = dict(re.findall(r"^<!-- (\w+\.py) -->\n```python\n(.*?)^```$", MANUAL, re.DOTALL | re.MULTILINE))
RECEIVERS = [name for name in FILES if name.startswith("receiver_")]
TESTS = [name for name in FILES if name.startswith("test_")]
NUMBERS = {
    "+233200000001": "DELIVERED",
    "+12025550101": "UNDELIVERED",
    "+12025550103": "FAILED",
    "+12025550110": "DELIVERED",
    "+12025550111": "DELIVERED",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str) -> Iterator[Path]:
    """A program's own folder, with the examples as its modules."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("RECEIPTS_SECRET", secret)
    yield tmp_path
    for name in FILES:
        sys.modules.pop(name.removesuffix(".py"), None)


@contextmanager
def _django(module: ModuleType) -> Iterator[Any]:
    """Make a site of a URLconf; settings can be made once in a process."""
    django = pytest.importorskip("django")
    conf, wsgi = (importlib.import_module(name) for name in ("django.conf", "django.core.wsgi"))
    override = importlib.import_module("django.test.utils").override_settings
    if not conf.settings.configured:
        conf.settings.configure(
            ALLOWED_HOSTS=["127.0.0.1"],
            MIDDLEWARE=[
                "django.middleware.common.CommonMiddleware",
                "django.middleware.csrf.CsrfViewMiddleware",
            ],
        )
        django.setup(set_prefix=False)
    with override(ROOT_URLCONF=module.__name__):
        yield wsgi.get_wsgi_application()


@contextmanager
def _serving(name: str, servers: Any) -> Iterator[str]:
    """Serve an example; the address is the one that the manual tells, without the secret."""
    framework = name.removeprefix("receiver_").removesuffix(".py")
    pytest.importorskip({"alone": "uvicorn"}.get(framework, framework))
    module = importlib.import_module(name.removesuffix(".py"))
    with ExitStack() as stack:
        if framework == "django":
            application = stack.enter_context(_django(module))
            address = stack.enter_context(servers.wsgi(application))
        elif framework == "flask":
            address = stack.enter_context(servers.wsgi(module.app))
        else:
            address = stack.enter_context(servers.asgi(module.app))
        yield address if framework == "alone" else f"{address}/receipts"


def test_all_that_is_promised_is_there() -> None:
    assert [
        f"receiver_{name}.py" for name in ("fastapi", "starlette", "django", "flask", "alone")
    ] == RECEIVERS
    assert len(TESTS) == 2
    assert MANUAL.count("```python\n") == len(FILES)


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("name", RECEIVERS)
def test_a_receiver(name: str, emulator: Any, folder: Path, servers: Any, secret: str) -> None:
    with _serving(name, servers) as address:
        emulator.set_callback(f"{address}/{secret}")
        with BlackkonnectSMS.from_env(emulator.env) as sms:
            sent = {number: sms.send(number, "Hello").message_id for number in NUMBERS}
            bulk = sms.send_bulk([f"+23324{n:07}" for n in range(40)], "Hello")
        emulator.advance(60)
        status_of = sys.modules["store"].status_of
        assert {number: status_of(message_id) for number, message_id in sent.items()} == NUMBERS
        assert {status_of(message_id) for message_id in bulk.message_ids} == {"DELIVERED"}
        assert {one.state for one in emulator.receipts()} == {"delivered"}
    assert list(folder.glob("messages.db"))


@pytest.mark.parametrize("name", RECEIVERS)
def test_what_a_receiver_refuses(name: str, folder: Path, servers: Any, secret: str) -> None:
    httpx = pytest.importorskip("httpx")
    receipt = Receipt("m-1", "DELIVERED")
    with _serving(name, servers) as address, httpx.Client(trust_env=False) as client:
        right, wrong = f"{address}/{secret}", f"{address}/{secret[::-1]}"
        assert client.get(make_url(wrong, receipt)).status_code == 404
        assert client.get(make_url(f"{right}/", receipt)).status_code == 404
        answer = client.get(right)
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["errors"] == [{"parameter": "messageId", "detail": "must be given"}]
        for method in ("HEAD", "POST", "DELETE"):
            answer = client.request(method, make_url(right, receipt))
            assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
            assert client.request(method, make_url(wrong, receipt)).status_code == 404
        assert not list(folder.glob("messages.db"))
        assert client.get(make_url(right, receipt)).status_code == 200
        assert sys.modules["store"].status_of("m-1") == "DELIVERED"


def test_the_tests_that_it_shows_pass(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    pytest.importorskip("flask")
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("RECEIPTS_SECRET", secret)
    pytester.makeini("[pytest]\nfilterwarnings = error\npythonpath = .")
    for name, text in FILES.items():
        (pytester.path / name).write_text(text, "utf-8")
    plugins = ["-p", "no:cacheprovider", "-p", "blackkonnect_emulator.pytest_plugin", "--strict-markers"]
    wanted = sum(FILES[name].count("\ndef test_") for name in TESTS)
    pytester.runpytest_subprocess(*plugins, timeout=120).assert_outcomes(passed=wanted)


def test_the_table_of_parameters() -> None:
    table = MANUAL.partition("\n## What a receipt is\n")[2]
    told = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (needed)?", table, re.MULTILINE)
    assert {parameter: field for parameter, field, _ in told} == dict(FIELDS)
    assert tuple(parameter for parameter, _, needed in told if needed) == NEEDED
    assert f"more than {LONGEST_QUERY:,} bytes" in MANUAL
