"""The page and its pieces."""

import html
import re

import pytest
from blackkonnect_emulator.settings import Settings

from .conftest import BASE, CLIENTS, Inbox

pytestmark = pytest.mark.anyio
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7 * 7 }}'


def keys(page: str) -> list[str]:
    return re.findall(r'<li data-key="([^"]*)"', page)


async def test_an_empty_inbox_tells_how_to_send_the_first_message(inbox: Inbox) -> None:
    page = (await inbox.get("/")).text
    assert "Waiting for the first message" in page
    assert "http://127.0.0.1:8025" in page
    assert not any(html.escape(secret) in page for secret in CLIENTS.values())


async def test_phones_are_listed_newest_first_with_their_latest_text(inbox: Inbox) -> None:
    await inbox.put("+233200000001", "first")
    await inbox.put("+233200000002", "second")
    await inbox.put("+233200000001", "third", tenant="other")
    await inbox.put("+233200000001", "fourth")
    page = (await inbox.get("/")).text
    assert keys(page) == ["acme +233200000001", "other +233200000001", "acme +233200000002"]
    assert "fourth" in page
    assert "first" not in page.partition("<ol")[2].partition("</ol>")[0]
    assert "<strong>4</strong> messages" in page


async def test_a_thread_shows_the_messages_of_one_phone_and_tenant(inbox: Inbox) -> None:
    numbers = [await inbox.put("+233200000001", f"text {index}") for index in range(3)]
    await inbox.put("+233200000001", "of another", tenant="other")
    page = (await inbox.get("/", "workspace", to="+233200000001", of="acme")).text
    assert keys(page) == [str(number) for number in reversed(numbers)]
    assert "of another" not in page
    assert "<html" not in page


async def test_filters_hold_for_phones_and_thread(inbox: Inbox) -> None:
    await inbox.put("+233200000001", "Your code is 482913.")
    await inbox.put("+233200000001", "We open at 9.", "Shop")
    await inbox.put("+233200000002", "We open at 9.", "Shop")
    page = (await inbox.get("/", "phones", q="482913")).text
    assert keys(page) == ["acme +233200000001"]
    assert "q=482913" in page
    thread = (await inbox.get("/", "workspace", q="482913", to="+233200000001", of="acme")).text
    assert len(keys(thread)) == 1
    whole = (await inbox.get("/", "workspace", q="482913", to="+233200000001", of="acme", whole="1")).text
    assert len(keys(whole)) == 2
    assert len(keys((await inbox.get("/", "phones", sender="Shop")).text)) == 2
    assert keys((await inbox.get("/", "phones", status="DELIVERED")).text) == []
    await inbox.post("clock/advance", by="minute")
    assert len(keys((await inbox.get("/", "phones", status="DELIVERED")).text)) == 2
    assert "Nothing matches" in (await inbox.get("/", "phones", tenant="other")).text


async def test_choosing_filters_changes_the_address_and_refetching_does_not(inbox: Inbox) -> None:
    headers = {"HX-Request": "true", "HX-Target": "phones", "HX-Trigger": "filters"}
    answer = await inbox.client.get("/", params={"q": "a b", "status": "", "to": ""}, headers=headers)
    assert answer.headers["hx-push-url"] == "/?q=a+b"
    assert "hx-push-url" not in (await inbox.get("/", "phones", q="a b")).headers


@pytest.mark.parametrize("path", ["/?to=%2B233200000001&of=acme&message=1", "/", f"{BASE}/phones"])
async def test_hostile_text_stays_text(inbox: Inbox, path: str) -> None:
    await inbox.put("+233200000001", HOSTILE + "\u202e\x00")
    page = (await inbox.get(path)).text
    assert html.escape(HOSTILE, quote=False)[:40] in page.replace("&#34;", '"')
    assert "<script>alert" not in page
    assert "<img" not in page
    assert not {"\u202e", "\x00"} & set(page)


async def test_hostile_parameters_stay_text(inbox: Inbox) -> None:
    await inbox.put("+233200000001", "hello")
    for name in ("q", "status", "sender", "tenant", "to", "of", "whole", "message", "before", "until"):
        for path in ("/", f"{BASE}/phones", f"{BASE}/messages"):
            answer = await inbox.get(path, **{name: '"><script>x</script>\x00\u202e'})
            assert answer.status_code == 200
            assert "<script>x" not in answer.text


async def test_long_lists_come_in_chunks(inbox: Inbox) -> None:
    for index in range(120):
        await inbox.put(f"+2332000001{index:02d}", "hello")
    found: list[str] = []
    query = ""
    pages = 0
    while pages < 10:
        page = (await inbox.get(f"{BASE}/phones?{html.unescape(query)}")).text
        found += keys(page)
        pages += 1
        rest = re.search(r'class="chunk rest"[^>]*data-query="([^"]*)"', page)
        if rest is None:
            break
        query = rest[1]
    assert pages == 3
    assert len(found) == len(set(found)) == 120


async def test_a_thread_says_the_day_where_it_changes(inbox: Inbox) -> None:
    await inbox.put("+233200000001", "one")
    await inbox.put("+233200000001", "two")
    await inbox.post("clock/advance", by="day")
    await inbox.put("+233200000001", "three")
    page = (await inbox.get(f"{BASE}/messages", to="+233200000001", of="acme")).text
    assert re.findall(r'class="day">([^<]*)', page) == ["Tue, 3 March 2026", "Mon, 2 March 2026"]
    assert ">2 Mar<" in (await inbox.get("/", status="DELIVERED")).text


async def test_a_message_that_is_not_there_is_said_so(inbox: Inbox) -> None:
    answer = await inbox.get("/", message=99)
    assert answer.status_code == 404
    assert "No such message" in answer.text
    assert (await inbox.get("/", "detail", message=99)).status_code == 200


async def test_browsers_are_told_to_be_strict(inbox: Inbox) -> None:
    for path in ("/", f"{BASE}/phones", f"{BASE}/bar", f"{BASE}/static/inbox.css", f"{BASE}/panels/clock"):
        headers = (await inbox.get(path)).headers
        assert headers["content-security-policy"].startswith(
            "default-src 'none'; script-src 'self'; style-src 'self'"
        )
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert (
            headers["cross-origin-resource-policy"] == headers["cross-origin-opener-policy"] == "same-origin"
        )
    page = (await inbox.get("/")).text
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", page)


async def test_the_tenants_show_only_where_there_are_several() -> None:
    alone = Inbox(Settings(clients={"demo": "secret"}, seed=1))
    try:
        await alone.put("+233200000001", "hello", tenant="demo")
        page = (await alone.get("/")).text
    finally:
        await alone.client.aclose()
        alone.gateway.close()
    assert "All tenants" not in page
    assert '<span class="tag"><bdi>demo' not in page


async def test_the_anonymous_tenant_has_its_phones_too() -> None:
    both = Inbox(Settings(clients={"demo": "secret"}, seed=1, edition="2025-05-16"))
    try:
        await both.put("+233200000001", "of nobody", tenant="")
        page = (await both.get("/", to="+233200000001")).text
    finally:
        await both.client.aclose()
        both.gateway.close()
    assert page.count("of nobody") == 2
