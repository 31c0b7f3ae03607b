"""Nobody but the page changes anything."""

import pytest

from .conftest import BASE, Inbox

pytestmark = pytest.mark.anyio
CHANGING = ["send", "segments", "clock/advance", "clock/mode", "faults/add", "faults/remove", "reset"]


@pytest.mark.parametrize("path", CHANGING)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {},
    ],
)
async def test_what_comes_from_elsewhere_is_refused(inbox: Inbox, path: str, headers: dict[str, str]) -> None:
    await inbox.put("+233200000001", "hello")
    del inbox.client.headers["Sec-Fetch-Site"]
    answer = await inbox.client.post(f"{BASE}/{path}", headers=headers, data={"by": "day", "number": "1"})
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await inbox.gateway.queries.counts())["messages"] == 1


async def test_a_browser_that_tells_the_origin_alone_is_let_in(inbox: Inbox) -> None:
    del inbox.client.headers["Sec-Fetch-Site"]
    origin = {"Origin": "http://127.0.0.1:8025"}
    answer = await inbox.client.post(f"{BASE}/clock/advance", headers=origin, data={"by": "hour"})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", CHANGING)
async def test_looking_changes_nothing(inbox: Inbox, path: str) -> None:
    assert (await inbox.get(f"{BASE}/{path}")).status_code == 405


async def test_a_form_that_is_none_is_refused(inbox: Inbox) -> None:
    twice = await inbox.client.post(f"{BASE}/clock/advance", content=b"by=day&by=hour")
    assert twice.status_code == 400
    large = await inbox.client.post(f"{BASE}/send", content=b"text=" + b"a" * 2_000_000)
    assert large.status_code == 413
    assert (await inbox.client.post(f"{BASE}/send", content=b"text=%ff")).status_code == 400
