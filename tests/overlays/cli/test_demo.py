"""The demo sends the vendor's example, and says the truth about it."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from blackkonnect_emulator import Settings, running
from blackkonnect_sms.cli.demo import bulk_example, run_demo
from blackkonnect_sms.clock import Clock
from rich.console import Console

NOW = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.UTC)
EVIDENCE = json.loads(
    (
        Path(__file__).parents[3] / "openapi" / "evidence" / "2025-05-16" / "send-bulk-sms-messages.json"
    ).read_text("utf-8")
)


def shape(value: Any) -> Any:
    """Return the names in a value, of lists those of the first item."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    if isinstance(value, list):
        return [shape(value[0])]
    return None


def test_the_example_has_every_field_of_the_vendors() -> None:
    sent = bulk_example(NOW).to_dict()
    shown = EVIDENCE["operations"][0]["request"]["example"]
    for message in sent["messages"]:
        assert shape({**sent, "messages": [message]}) == shape(shown)
    assert [len(message["destinations"]) for message in sent["messages"]] == [3, 2]


def test_the_window_of_the_example_is_open_when_it_is_sent() -> None:
    window = bulk_example(NOW).to_dict()["messages"][0]["deliveryTimeWindow"]
    assert window["from"] == {"hour": 22, "minute": 30}
    assert window["to"] == {"hour": 5, "minute": 30}
    assert len(window["days"]) == 7


@pytest.mark.parametrize("edition", ["2025-05-16", "2026-02-25"])
def test_every_message_reaches_its_final_status(edition: str) -> None:
    out = io.StringIO()
    with running(Settings(edition=edition)) as gateway:
        complete = run_demo(
            Console(file=out, width=100),
            base_url=gateway.base_url,
            client_id=gateway.client_id,
            client_secret=gateway.client_secret,
        )
        assert gateway.client_secret not in out.getvalue()
    assert complete
    assert "5 of 5 messages are final" in out.getvalue()
    assert out.getvalue().count("DELIVERED") == 6  # a row each, and the sum


class Impatient(Clock):
    """A clock on which no time is left once anything was waited for."""

    def __init__(self) -> None:
        self.waited = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.waited

    def sleep(self, seconds: float) -> None:
        self.waited += seconds + 3600


def test_it_does_not_call_messages_final_that_are_not() -> None:
    out = io.StringIO()
    with running(Settings(seconds_to_sent=1000, seconds_to_final=2000)) as gateway:
        complete = run_demo(
            Console(file=out, width=100),
            base_url=gateway.base_url,
            client_id=gateway.client_id,
            client_secret=gateway.client_secret,
            clock=Impatient(),
        )
    assert not complete
    assert "0 of 5 messages are final" in out.getvalue()


def test_wrong_credentials_are_one_line() -> None:
    out = io.StringIO()
    with running(Settings()) as gateway:
        complete = run_demo(
            Console(file=out, width=400),
            base_url=gateway.base_url,
            client_id=gateway.client_id,
            client_secret="wrong",
        )
    assert not complete
    assert "refused the credentials" in out.getvalue()
    assert "Traceback" not in out.getvalue()
