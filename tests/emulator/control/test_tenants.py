"""Tenants through the control API."""

from typing import Any
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("name", ["new", "a/b", "ö ?&#%", "x" * 255])
async def test_a_tenant_is_made_used_and_removed(control: Any, name: str) -> None:
    path = f"tenants/{quote(name, safe='')}"
    made = await control("PUT", path, {}, 201)
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": made["secret"]}
    async with control.gateway.client() as client:
        assert (await client.post(control.gateway.TOKEN, data=form)).status_code == 200
    shown = await control("GET", path)
    assert shown["name"] == name
    assert "secret" not in shown
    assert "secret" not in await control("PUT", path, {})
    await control("DELETE", path)
    await control("GET", path, status=404)
    async with control.gateway.client() as client:
        assert (await client.post(control.gateway.TOKEN, data=form)).status_code == 401


async def test_a_token_is_not_one_of_a_later_tenant_of_that_name(control: Any) -> None:
    async def token() -> str:
        form = {"grant_type": "client_credentials", "client_id": "new", "client_secret": "same"}
        async with control.gateway.client() as client:
            return str((await client.post(control.gateway.TOKEN, data=form)).json()["token"])

    async def status(token: str) -> int:
        async with control.gateway.client(token) as client:
            return int((await client.get(control.gateway.STATUS.format("m"))).status_code)

    await control("PUT", "tenants/new", {"secret": "same"}, 201)
    earlier = await token()
    assert await status(earlier) == 404
    await control("DELETE", "tenants/new")
    assert await status(earlier) == 401
    await control("PUT", "tenants/new", {"secret": "same"}, 201)
    assert await status(earlier) == 401
    assert await status(await token()) == 404


async def test_a_chosen_secret_is_taken_and_changed(control: Any) -> None:
    for secret, status in (("one", 201), ("two", 200)):
        made = await control("PUT", "tenants/new", {"secret": secret}, status)
        assert "secret" not in made
        form = {"grant_type": "client_credentials", "client_id": "new", "client_secret": secret}
        async with control.gateway.client() as client:
            assert (await client.post(control.gateway.TOKEN, data=form)).status_code == 200


@pytest.mark.parametrize(
    ("name", "body", "wrong"),
    [
        ("new", {"clock": "x"}, {"#/clock"}),
        ("new", {"clock": 0}, {"#/clock"}),
        ("new", {"clock": True}, {"#/clock"}),
        ("new", {"start": "2030-01-01T00:00:00Z"}, {"#/start"}),
        ("new", {"clock": "manual", "start": "soon"}, {"#/start"}),
        ("new", {"callback": "ftp://127.0.0.1/"}, {"#/callback"}),
        ("new", {"callback": "http://example.com/"}, {"#/callback"}),
        ("new", {"secret": "", "odd": 1}, {"#/secret", "#/odd"}),
        ("acme", {"secret": "mine"}, {"#/secret"}),
        ("", {"secret": "mine"}, {"#/secret"}),
        ("acme", {"clock": "manual", "start": "2020-01-01T00:00:00Z"}, {"#/start"}),
        ("x" * 256, {}, {"name"}),
    ],
)
async def test_what_makes_no_sense_is_named(
    control: Any, name: str, body: dict[str, Any], wrong: set[str]
) -> None:
    assert await control.wrong("PUT", f"tenants/{name}", body) == wrong


@pytest.mark.parametrize("name", ["acme", ""])
async def test_tenants_of_the_settings_stay(control: Any, name: str) -> None:
    await control("DELETE", f"tenants/{name}", status=409)


async def test_a_tenant_changes_its_clock_and_its_time_never_goes_back(control: Any) -> None:
    await control("PUT", "tenants/new", {}, 201)
    changed = await control("PUT", "tenants/new", {"clock": "manual", "start": "2027-01-01T00:00:00Z"})
    assert changed["ownClock"]
    assert changed["clock"]["now"] == "2027-01-01T00:00:00.000Z"
    later = {"clock": "manual", "start": "2028-01-01T00:00:00Z"}
    assert (await control("PUT", "tenants/new", later))["clock"]["now"] == "2028-01-01T00:00:00.000Z"
    assert await control.wrong("PUT", "tenants/new", {"clock": "shared"}) == {"#/clock"}
    await control("POST", "clock", {"to": "2029-01-01T00:00:00Z"})
    shared = await control("PUT", "tenants/new", {"clock": "shared"})
    assert not shared["ownClock"]
    assert shared["clock"]["now"] == "2029-01-01T00:00:00.000Z"


async def test_a_callback_is_set_and_ended(control: Any) -> None:
    body = {"callback": "http://127.0.0.1:9/receipts"}
    assert (await control("PUT", "tenants/acme", body))["callback"] == "http://127.0.0.1:9/…"
    assert control.gateway.inside.tenants.get("acme").callback == body["callback"]
    assert (await control("PUT", "tenants/acme", {}))["callback"] == "http://127.0.0.1:9/…"
    assert (await control("PUT", "tenants/acme", {"callback": ""}))["callback"] is None
