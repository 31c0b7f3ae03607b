"""Bad settings: each names its argument or variable, and nothing is requested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import AsyncBlackkonnectSMS, BlackkonnectSMS, ConfigurationError
from blackkonnect_sms.config import Config
from hypothesis import example, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlays.conftest import Api, Gateway, World

GOOD: dict[str, Any] = {"base_url": "https://sms.example.com", "client_id": "acme", "client_secret": "s3cr3t"}
ENVIRONMENT = {f"BLACKKONNECT_{name.upper()}": value for name, value in GOOD.items()}


@pytest.mark.parametrize(
    ("argument", "wrong"),
    [
        *(("client_id", wrong) for wrong in ("", "  ", None, 7, b"acme", "\ud800")),
        *(("client_secret", wrong) for wrong in ("", "\t", None, 7, b"s3cr3t", "s3cr3t\udcff")),
        *(("scope", wrong) for wrong in (7, b"x", "\udcff")),
        *(("service_account_id", wrong) for wrong in ("", "a b", "a\r\nX: y", "\u00e4", 7)),
        *(("organisation_id", wrong) for wrong in ("", "a b", "a\x00", 7)),
        *(
            (name, wrong)
            for name in ("timeout", "deadline", "token_lifetime")
            for wrong in (0, -1, float("nan"), float("inf"), 1e300, 10**400, "5", None, True)
        ),
        *(("reconcile_for", wrong) for wrong in (-1, float("nan"), "5", None)),
        *(("resend_when_absent", wrong) for wrong in ("no", 1, None)),
        *(
            ("base_url", wrong)
            for wrong in (
                "",
                None,
                7,
                b"https://sms.example.com",
                "sms.example.com",
                "//sms.example.com",
                "https://",
                "https:///path",
                "ftp://sms.example.com",
                "https://user:pass@sms.example.com",
                "https://user@sms.example.com",
                "https://sms.example.com/?a=b",
                "https://sms.example.com/#a",
                "https://sms.example.com?",
                "https://sms.example.com#",
                "https://sms.example.com:99999",
                "https://sms.example.com:port",
                "https://sms.exa mple.com",
                "https://sms.example.com\n",
                "https://\u00a1",
                "https://[::1",
                "https://\ud800.com",
                "http://sms.example.com",
                "http://10.0.0.1",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://127.1",
                "http://2130706433",
                "http://0.0.0.0",
                "http://[::]",
                "http://127.0.0.1@sms.example.com",
                "http://localhost\\@sms.example.com",
                "http://sms.example.com\\.localhost",
                "http://[::1]sms.example.com",
            )
        ),
    ],
)
def test_a_setting_that_is_wrong_names_itself(
    make: Callable[..., Api], gateway: Gateway, argument: str, wrong: Any
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        make(**{argument: wrong})
    assert raised.value.argument == argument
    assert str(raised.value).startswith(f"{argument}: ")
    assert isinstance(raised.value, ValueError)
    assert "s3cr3t" not in str(raised.value)
    assert gateway.seen == []


@pytest.mark.parametrize(
    "base_url",
    [
        "https://sms.example.com",
        "https://sms.example.com/",
        "https://sms.example.com:8443/gateway/v2/",
        "https://m\u00fcller.example",
        "HTTPS://SMS.EXAMPLE.COM",
        "http://localhost:8025",
        "http://LOCALHOST",
        "http://127.0.0.1:8025",
        "http://127.9.9.9",
        "http://[::1]:8025",
    ],
)
def test_addresses_that_are_right(base_url: str) -> None:
    Config(**{**GOOD, "base_url": base_url})


@settings(derandomize=True, max_examples=100, deadline=None)
@given(
    st.one_of(
        st.text(),
        st.text().map("https://".__add__),
        st.text(alphabet="localhst127.0:[]@/\\#?%x").map("http://".__add__),
    )
)
@example("https://\u00a1")
def test_any_address_is_right_or_told_to_be_wrong(base_url: str) -> None:
    try:
        Config(**{**GOOD, "base_url": base_url})
    except ConfigurationError:
        return
    url = httpx.URL(base_url)
    assert url.scheme == "https" or url.host in {"localhost", "127.0.0.1", "::1"}


@pytest.mark.parametrize("client", [BlackkonnectSMS, AsyncBlackkonnectSMS])
def test_from_the_environment(client: type[BlackkonnectSMS], world: World, gateway: Gateway) -> None:
    environment = {
        **ENVIRONMENT,
        "BLACKKONNECT_SCOPE": "sms",
        "BLACKKONNECT_SERVICE_ACCOUNT_ID": "service-1",
        "BLACKKONNECT_ORGANISATION_ID": "organisation-1",
    }
    sms = client.from_env(environment, timeout=3.0)
    config = sms._config
    assert config == Config(
        **GOOD, scope="sms", service_account_id="service-1", organisation_id="organisation-1", timeout=3.0
    )
    given = client.from_env({}, **GOOD)
    assert given._config.client_secret == "s3cr3t"
    assert client.from_env(environment, client_id="other")._config.client_id == "other"
    assert gateway.seen == []
    assert world.secret not in repr(sms)


def test_from_the_environment_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    assert BlackkonnectSMS.from_env()._config.base_url == GOOD["base_url"]


@pytest.mark.parametrize("name", sorted(ENVIRONMENT))
@pytest.mark.parametrize("value", ["", None])
def test_a_variable_that_is_missing_is_named(name: str, value: str | None) -> None:
    environment = {key: kept for key, kept in ENVIRONMENT.items() if key != name}
    if value is not None:
        environment[name] = value
    with pytest.raises(ConfigurationError) as raised:
        BlackkonnectSMS.from_env(environment)
    assert raised.value.argument == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BLACKKONNECT_BASE_URL", "http://sms.example.com"),
        ("BLACKKONNECT_CLIENT_ID", " "),
        ("BLACKKONNECT_CLIENT_SECRET", "s3cr3t\udcff"),
        ("BLACKKONNECT_SERVICE_ACCOUNT_ID", "a b"),
        ("BLACKKONNECT_ORGANISATION_ID", "a\n"),
    ],
)
def test_a_variable_that_is_wrong_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        BlackkonnectSMS.from_env({**ENVIRONMENT, name: value})
    assert raised.value.argument == name
    assert str(raised.value).startswith(f"{name}: must ")
    assert "s3cr3t" not in str(raised.value)


@pytest.mark.parametrize("client", [BlackkonnectSMS, AsyncBlackkonnectSMS])
@pytest.mark.parametrize("argument", ["retry", "on_retry", "clock"])
def test_what_a_client_is_given_is_of_the_right_kind(client: type[Any], argument: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        client(**GOOD, **{argument: 5})
    assert caught.value.argument == argument


@pytest.mark.parametrize("client", [BlackkonnectSMS, AsyncBlackkonnectSMS])
@pytest.mark.parametrize(
    ("variable", "value"), [("ALL_PROXY", "nonsense://proxy:1"), ("SSL_CERT_FILE", "no such file")]
)
def test_an_environment_that_cant_be_used_is_told(
    client: type[Any], variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError, match=variable):
        client(**GOOD)
