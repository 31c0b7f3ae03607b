"""The form for a test message."""

import re

import pytest
from blackkonnect_emulator.views import MessageFilter

from .conftest import BASE, Inbox

pytestmark = pytest.mark.anyio


async def test_a_message_is_taken_as_any_other(inbox: Inbox) -> None:
    form = {"tenant": "acme", "destination": " +233200000001 ", "sender": "ACME", "text": "one\r\ntwo"}
    answer = await inbox.post("send", **form)
    assert answer.status_code == 200
    assert 'href="/?to=%2B233200000001&amp;of=acme"' in answer.text
    [message] = await inbox.gateway.queries.messages(MessageFilter())
    assert (message.tenant, message.destination, message.source_address) == ("acme", "+233200000001", "ACME")
    assert message.text == "one\ntwo"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"destination": "home"}, "destination"),
        ({"destination": ""}, "destination"),
        ({"text": ""}, "text"),
        ({"sender": "x" * 60}, "sender"),
    ],
)
async def test_errors_stand_at_their_fields_and_what_was_typed_stays(
    inbox: Inbox, wrong: dict[str, str], field: str
) -> None:
    form = {"tenant": "acme", "destination": "+233200000001", "sender": "ACME", "text": "Hello <b>", **wrong}
    answer = await inbox.post("send", **form)
    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert f'aria-describedby="error-{field}"' in answer.text
    if field != "text":
        assert "Hello &lt;b&gt;" in answer.text
    assert (await inbox.gateway.queries.counts())["messages"] == 0


async def test_a_tenant_that_is_gone_and_a_refused_number_are_said_so(inbox: Inbox) -> None:
    form = {"destination": "+233200000001", "sender": "", "text": "Hello"}
    gone = await inbox.post("send", tenant="nobody", **form)
    assert gone.status_code == 422
    assert "no such tenant" in gone.text
    refused = await inbox.post("send", tenant="acme", **{**form, "destination": "+12025550107"})
    assert refused.status_code == 422
    assert "refused" in refused.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", "1 part, GSM 03.38, 160 left"),
        ("a" * 161, "2 parts, GSM 03.38, 145 left"),
        ("ɛ" * 70, "1 part, UCS-2, 0 left"),
        ("line\r\nline", "151 left"),
    ],
)
async def test_the_parts_are_counted_while_one_types(inbox: Inbox, text: str, shown: str) -> None:
    answer = await inbox.post("segments", text=text)
    assert shown in re.sub(r"<[^>]*>", "", answer.text)
    assert ("because of" in answer.text) == ("ɛ" in text)


async def test_the_form_is_filled_with_what_is_known(inbox: Inbox) -> None:
    page = (await inbox.get(f"{BASE}/panels/send", destination="+12025550101", tenant="other")).text
    assert 'value="+12025550101"' in page
    assert '<option value="other" selected>' in page
    assert '<option value="+12025550104">expired</option>' in page
