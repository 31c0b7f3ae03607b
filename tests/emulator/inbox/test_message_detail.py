"""The details of a message."""

import httpx
import pytest

from .conftest import CLIENTS, Inbox

pytestmark = pytest.mark.anyio


async def sent(inbox: Inbox, **fields: object) -> str:
    paths = {one.operation_id: one.path for one in inbox.gateway.document.operations}
    form = {"grant_type": "client_credentials", "client_id": "acme", "client_secret": CLIENTS["acme"]}
    token = (await inbox.client.post(paths["retrieveAccessToken"], data=form)).json()["token"]
    body = {"destination": "+233200000001", "text": "Your code is 482913.", **fields}
    answer = await inbox.client.post(
        paths["sendMessage"], json=body, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 200
    return str(token)


async def detail(inbox: Inbox, number: int = 1) -> httpx.Response:
    return await inbox.get("/", "detail", message=number)


async def test_the_status_goes_on_with_the_clock(inbox: Inbox) -> None:
    await sent(inbox)
    assert 'data-status="sent"' not in (await detail(inbox)).text
    await inbox.post("clock/advance", by="next")
    page = (await detail(inbox)).text
    assert 'data-status="sent"' in page
    assert "+300 ms" in page
    assert "in 700 ms" in page
    await inbox.post("clock/advance", by="next")
    page = (await detail(inbox)).text
    assert (
        page.index('<li data-status="queued"')
        < page.index('<li data-status="sent"')
        < page.index('<li data-status="delivered"')
    )
    assert "to-come" not in page


async def test_request_and_answer_are_shown_without_the_token(inbox: Inbox) -> None:
    token = await sent(inbox, referenceId1="order-48213")
    page = (await detail(inbox)).text
    assert "POST /api/sms/send-message/v1" in page
    assert "&#34;destination&#34;: &#34;+233200000001&#34;" in page
    assert "&#34;deliveryStatus&#34;: &#34;QUEUED&#34;" in page
    assert token not in page
    assert "<dt>referenceId1</dt><dd><bdi>order-48213</bdi>" in page


async def test_a_long_text_is_shown_in_its_parts(inbox: Inbox) -> None:
    await sent(inbox, text="ɛ" * 66 + "🙏" + "ɛ" * 40)
    page = (await detail(inbox)).text
    assert "UCS-2, 2 parts" in page
    assert "66 of 67, part 1 of 2" in page
    assert "UCS-2 because of" in page


async def test_the_outcome_that_the_number_forces_is_named(inbox: Inbox) -> None:
    await sent(inbox, destination="+12025550101")
    await inbox.post("clock/advance", by="minute")
    page = (await detail(inbox)).text
    assert "forces the outcome <b>undelivered</b>" in page
    assert '<li data-status="undelivered"' in page
