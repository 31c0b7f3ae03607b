"""Settings that make no sense."""

import subprocess
import sys
from typing import Any

import pytest
from blackkonnect_emulator import Settings, SettingsError, create_app
from blackkonnect_emulator.profile import profile_names


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"edition": "2024-01-01"}, "edition"),
        ({"edition": "blackkonnect-sms"}, "edition"),
        ({"profile": "../infobip"}, "profile"),
        ({"database": ""}, "database"),
        ({"clients": {}}, "clients"),
        ({"clients": {"": "x"}}, "clients"),
        ({"clients": {"x": ""}}, "clients"),
        ({"clients": {"x": "y" * 256}}, "clients"),
        ({"seed": "1"}, "seed"),
        ({"seed": True}, "seed"),
        ({"seconds_to_sent": -1}, "seconds_to_sent"),
        ({"seconds_to_sent": float("nan")}, "seconds_to_sent"),
        ({"seconds_to_sent": "1"}, "seconds_to_sent"),
        ({"seconds_to_final": float("inf")}, "seconds_to_final"),
        ({"seconds_to_sent": 2, "seconds_to_final": 1}, "seconds_to_final"),
        ({"token_seconds": 0}, "token_seconds"),
        ({"token_seconds": 1.5}, "token_seconds"),
        ({"messages_per_second": 0}, "messages_per_second"),
        ({"messages_per_second": float("nan")}, "messages_per_second"),
        ({"messages_per_second": True}, "messages_per_second"),
        ({"receipts": "some"}, "receipts"),
        ({"callbacks": {"nobody": "http://127.0.0.1/"}}, "callbacks"),
        ({"hosts": "gateway"}, "hosts"),
        ({"callback_hosts": ["gateway:80"]}, "callback_hosts"),
    ],
)
def test_the_field_is_named(given: dict[str, Any], field: str) -> None:
    with pytest.raises(SettingsError, match=f"^{field}: ") as caught:
        Settings(**given)
    assert caught.value.field == field


@pytest.mark.parametrize("name", profile_names())
def test_each_profile_says_all_it_has_to(name: str) -> None:
    gateway = create_app(Settings(profile=name)).gateway
    assert gateway.profile.name == name
    gateway.close()


def test_the_secret_is_random_and_not_shown() -> None:
    one, two = Settings(), Settings()
    assert one.clients.keys() == {"demo"}
    assert one.clients["demo"] != two.clients["demo"]
    assert one.clients["demo"] not in repr(one)


def test_the_import_is_light() -> None:
    code = (
        "import sys, blackkonnect_emulator;"
        "heavy = {'starlette', 'uvicorn', 'jsonschema_rs', 'jwt', 'sqlite3', 'orjson'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_names_that_are_not_there() -> None:
    import blackkonnect_emulator  # noqa: PLC0415 - its attributes are the test

    assert all(getattr(blackkonnect_emulator, name) for name in blackkonnect_emulator.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = blackkonnect_emulator.nothing
