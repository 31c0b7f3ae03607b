"""What a delivery status means."""

from __future__ import annotations

import pytest
from blackkonnect_sms import MessageStatus, is_final
from blackkonnect_sms_api.facts import DELIVERY_STATUSES
from blackkonnect_sms_api.models import GatewayMessageDeliveryStatus, GatewayMessageDeliveryStatusDTO


@pytest.mark.parametrize(
    ("status", "final"),
    [
        ("QUEUED", False),
        ("SENT", False),
        ("DELIVERED", True),
        ("UNDELIVERED", True),
        ("EXPIRED", True),
        ("REJECTED", True),
        ("FAILED", True),
        ("delivered", False),
        ("A_WORD_OF_TOMORROW", False),
        ("", False),
        (None, False),
    ],
)
def test_is_final(status: str | None, *, final: bool) -> None:
    assert is_final(status) is final
    assert MessageStatus("m-1", status).is_final is final


def test_the_document_knows_no_other() -> None:
    assert set(DELIVERY_STATUSES) == {
        "QUEUED",
        "SENT",
        "DELIVERED",
        "UNDELIVERED",
        "EXPIRED",
        "REJECTED",
        "FAILED",
    }


@pytest.mark.parametrize("model", [GatewayMessageDeliveryStatus, GatewayMessageDeliveryStatusDTO])
def test_the_answers_of_both_editions(
    model: type[GatewayMessageDeliveryStatus | GatewayMessageDeliveryStatusDTO],
) -> None:
    full = model.from_dict(
        {
            "uuid": "095be615-a8ad-4c33-8e9c-c7612fbf6c9f",
            "messageId": "m-1",
            "bulkReferenceId": "b-1",
            "destination": "+233200000001",
            "deliveryStatus": "SENT",
            "deliveryTimestamp": "2019-08-24T14:15:22Z",
        }
    )
    status = MessageStatus.from_answer(full)
    assert (status.message_id, status.status, status.bulk_id) == ("m-1", "SENT", "b-1")
    assert (status.destination, status.uuid) == ("+233200000001", "095be615-a8ad-4c33-8e9c-c7612fbf6c9f")
    assert status.timestamp is not None
    assert MessageStatus.from_answer(model.from_dict({})) == MessageStatus(None, None)
