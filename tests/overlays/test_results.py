"""What results show of themselves: the ids, and no whole number."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from blackkonnect_sms import Fate, MessageStatus, SendResult, WaitResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlays.conftest import Api, Gateway

TO = "+233200000001"


@pytest.mark.parametrize(
    ("result", "shown"),
    [
        (SendResult("m-1", TO), "SendResult(message_id='m-1', destination='…0001', status=None"),
        (SendResult("m-1", TO[1:], "QUEUED"), "destination='…0001', status='QUEUED'"),
        (Fate(TO, "m-1", "accepted"), "Fate(destination='…0001', message_id='m-1', outcome='accepted'"),
        (Fate(TO, "m-1", "refused", description=f"{TO} is barred"), "description='…0001 is barred'"),
        (Fate(TO, "m-1", "unknown"), "description=None"),
        (MessageStatus("m-1", "SENT", TO, sender="233200000099"), "destination='…0001', sender='…0099'"),
        (MessageStatus("m-1", "SENT", sender="ACME"), "destination=None, sender='ACME'"),
        (WaitResult({"m-1": MessageStatus("m-1", "SENT", TO)}, ("m-1",)), "destination='…0001'"),
    ],
)
def test_a_repr_shows_the_last_digits_alone(result: object, shown: str) -> None:
    assert shown in repr(result)
    assert TO[1:] not in repr(result)


def test_the_fields_hold_the_whole_number(make: Callable[..., Api], gateway: Gateway) -> None:
    sms = make()
    sent, bulk = sms.send(TO, "hello"), sms.send_bulk([TO], "hello")
    assert [sent.destination, bulk.fates[0].destination] == [TO, TO]
    assert gateway.sent_to() == {TO: 2}
    sms.close()


def test_a_result_that_came_from_elsewhere_shows_itself() -> None:
    # As where a process reads results from a queue: there no client has loaded anything.
    code = f"from blackkonnect_sms import SendResult; print(ascii(SendResult('m-1', '{TO}')))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "destination='\\u20260001'" in told.stdout
