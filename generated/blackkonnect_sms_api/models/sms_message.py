# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.delivery_window import DeliveryWindow
    from ..models.message_destination import MessageDestination


T = TypeVar("T", bound="SmsMessage")


@_attrs_define
class SmsMessage:
    """One text for its destinations, with its window and validity.

    Attributes:
        destinations (list[MessageDestination] | Unset): Where to send the text.
        callback_data (str | Unset): Data of the sender's, handed back with the delivery receipts.
        delivery_time_window (DeliveryWindow | Unset): The days, and the part of those days in UTC, in which the message
            may be delivered.
        text (str | Unset): What the phones show.
        entity_id (str | Unset): The sender's id at a regulator that asks for one.
        send_at (datetime.datetime | Unset): When to send; at once where it is missing or past.
        validity_period_minutes (int | Unset): For how many minutes the message is worth delivering.
        priority (int | Unset): The message's priority; a higher one goes first.
    """

    destinations: list[MessageDestination] | Unset = UNSET
    callback_data: str | Unset = UNSET
    delivery_time_window: DeliveryWindow | Unset = UNSET
    text: str | Unset = _attrs_field(default=UNSET, repr=False)
    entity_id: str | Unset = UNSET
    send_at: datetime.datetime | Unset = UNSET
    validity_period_minutes: int | Unset = UNSET
    priority: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        destinations: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.destinations, Unset):
            destinations = []
            for destinations_item_data in self.destinations:
                destinations_item = destinations_item_data.to_dict()
                destinations.append(destinations_item)

        callback_data = self.callback_data

        delivery_time_window: dict[str, Any] | Unset = UNSET
        if not isinstance(self.delivery_time_window, Unset):
            delivery_time_window = self.delivery_time_window.to_dict()

        text = self.text

        entity_id = self.entity_id

        send_at: str | Unset = UNSET
        if not isinstance(self.send_at, Unset):
            send_at = self.send_at.isoformat()

        validity_period_minutes = self.validity_period_minutes

        priority = self.priority

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if destinations is not UNSET:
            _dict_["destinations"] = destinations
        if callback_data is not UNSET:
            _dict_["callbackData"] = callback_data
        if delivery_time_window is not UNSET:
            _dict_["deliveryTimeWindow"] = delivery_time_window
        if text is not UNSET:
            _dict_["text"] = text
        if entity_id is not UNSET:
            _dict_["entityId"] = entity_id
        if send_at is not UNSET:
            _dict_["sendAt"] = send_at
        if validity_period_minutes is not UNSET:
            _dict_["validityPeriodMinutes"] = validity_period_minutes
        if priority is not UNSET:
            _dict_["priority"] = priority

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        from ..models.delivery_window import DeliveryWindow  # noqa: PLC0415
        from ..models.message_destination import MessageDestination  # noqa: PLC0415

        _fields_ = _reading_.present(_source_)
        _destinations = _fields_.pop("destinations", UNSET)
        destinations: list[MessageDestination] | Unset = UNSET
        if _destinations is not UNSET:
            destinations = []
            for destinations_item_data in _reading_.items(_destinations):
                destinations_item = MessageDestination.from_dict(destinations_item_data)

                destinations.append(destinations_item)

        callback_data = _reading_.scalar(_fields_.pop("callbackData", UNSET), str, UNSET)

        _delivery_time_window = _fields_.pop("deliveryTimeWindow", UNSET)
        delivery_time_window: DeliveryWindow | Unset
        if isinstance(_delivery_time_window, Unset):
            delivery_time_window = UNSET
        else:
            delivery_time_window = DeliveryWindow.from_dict(_delivery_time_window)

        text = _reading_.scalar(_fields_.pop("text", UNSET), str, UNSET)

        entity_id = _reading_.scalar(_fields_.pop("entityId", UNSET), str, UNSET)

        _send_at = _fields_.pop("sendAt", UNSET)
        send_at: datetime.datetime | Unset
        if isinstance(_send_at, Unset):
            send_at = UNSET
        else:
            send_at = _reading_.date_time(_send_at, UNSET)

        validity_period_minutes = _reading_.scalar(_fields_.pop("validityPeriodMinutes", UNSET), int, UNSET)

        priority = _reading_.scalar(_fields_.pop("priority", UNSET), int, UNSET)

        _model_ = _cls_(
            destinations=destinations,
            callback_data=callback_data,
            delivery_time_window=delivery_time_window,
            text=text,
            entity_id=entity_id,
            send_at=send_at,
            validity_period_minutes=validity_period_minutes,
            priority=priority,
        )

        _model_.additional_properties = _fields_
        return _model_

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
