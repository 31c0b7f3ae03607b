"""What a program pays before its first request: no HTTP library and no models until then."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from typing import Any

import attrs
import blackkonnect_sms
import pytest
from blackkonnect_sms import BlackkonnectSMS, ConfigurationError, Refused, SendResult

MAKE = "made = {name}(base_url={url!r}, client_id='acme', client_secret='-')"
HEAVY = [
    *("httpx", "httpcore", "anyio", "certifi", "ssl", "attr", "attrs", "orjson", "click", "rich"),
    *("typing", "re", "enum", "functools", "collections", "dataclasses", "inspect", "contextlib"),
    *("asyncio", "threading", "concurrent.futures", "json", "datetime", "email", "uuid", "urllib.parse"),
    *("ipaddress", "secrets", "random", "logging", "blackkonnect_sms_api.models"),
]


# As where only the base is installed: httpx loads its own command line where it finds click and rich.
BASE_INSTALL = "import sys; sys.modules.update(dict.fromkeys(['click', 'rich', 'orjson']))"
TELL = f"print(*[name for name in {HEAVY!r} if name in set(sys.modules) - before])"


def loaded_by(code: str, **environment: str) -> list[str]:
    """Return which heavy modules a fresh interpreter has after the code, beyond those that it starts with."""
    variables = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().endswith("_PROXY") and not name.startswith("SSL_CERT")
    }
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{BASE_INSTALL}; before = set(sys.modules); {code}; {TELL}",
        ],
        env={**variables, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.split()


@pytest.mark.parametrize("name", ["BlackkonnectSMS", "AsyncBlackkonnectSMS"])
def test_making_a_client_loads_nothing_heavy(name: str) -> None:
    made = MAKE.format(name=name, url="https://sms.example.com")
    assert loaded_by(f"from blackkonnect_sms import {name}; {made}; repr(made)") == []


def test_the_errors_and_results_are_light_too() -> None:
    assert loaded_by("from blackkonnect_sms import Refused, OutcomeUnknown, SendResult, BulkResult") == []


def test_neither_attrs_nor_asyncio_is_needed_to_be_ready() -> None:
    code = "from blackkonnect_sms import BlackkonnectSMS; import blackkonnect_sms.messages; "
    code += MAKE.format(name="BlackkonnectSMS", url="https://sms.example.com") + "; made._core"
    loaded = loaded_by(code)
    assert "httpx" in loaded
    assert not {"attr", "attrs", "asyncio", "uuid"} & set(loaded)


@pytest.mark.parametrize("code", ["dir(blackkonnect_sms)", "blackkonnect_sms.__version__"])
def test_looking_at_the_package_loads_nothing(code: str) -> None:
    assert loaded_by(f"import blackkonnect_sms; {code}") == []


def test_dir_tells_all_names_and_a_wrong_one_is_an_attribute_error() -> None:
    assert set(blackkonnect_sms.__all__) <= set(dir(blackkonnect_sms))
    with pytest.raises(AttributeError, match="no attribute 'Sms'"):
        _ = blackkonnect_sms.Sms  # type: ignore[attr-defined]


def test_all_names_come_with_a_star() -> None:
    code = "from blackkonnect_sms import *; import blackkonnect_sms"
    check = "assert set(blackkonnect_sms.__all__) <= set(globals())"
    subprocess.run([sys.executable, "-c", f"{code}; {check}"], check=True)


def test_a_result_survives_a_pickle() -> None:
    sent = SendResult("m", "+233200000001")
    assert pickle.loads(pickle.dumps(sent)) == sent  # noqa: S301
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        sent.message_id = "n"  # type: ignore[misc]
    assert [one.name for one in attrs.fields(SendResult)][:2] == ["message_id", "destination"]


def client() -> BlackkonnectSMS:
    return BlackkonnectSMS(base_url="https://sms.example.com", client_id="acme", client_secret="-")


def test_a_client_that_was_never_used_is_closed_for_good() -> None:
    sms = client()
    sms.close()
    sms.close()
    with pytest.raises(Refused, match="closed"):
        sms.send("+233200000001", "Hello")


@pytest.mark.parametrize(
    ("name", "value"), [("HTTPS_PROXY", "nonsense://127.0.0.1:1"), ("SSL_CERT_FILE", "/no/such/file")]
)
def test_an_environment_that_can_not_work_is_told_when_the_client_is_made(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match="environment"):
        client()


def test_many_threads_get_one_http_client() -> None:
    sms: Any = client()
    gate = threading.Barrier(8)
    found: list[object] = []

    def look() -> None:
        gate.wait()
        found.append(sms._http)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sms.close()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1
