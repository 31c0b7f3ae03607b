# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="SmsMessage")


_known_ = frozenset(
    (
        "destinations",
        "callbackData",
        "deliveryTimeWindow",
        "text",
        "entityId",
        "sendAt",
        "validityPeriodMinutes",
        "priority",
    )
)


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

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)

        if self.destinations is not UNSET:
            _dict_["destinations"] = _list_ = []
            if _deep_:
                for _item_ in self.destinations:
                    _list_.append(_item_.to_dict())
            else:
                _list_ += self.destinations

        if (_value_ := self.callback_data) is not UNSET:
            _dict_["callbackData"] = _value_

        if self.delivery_time_window is not UNSET:
            _dict_["deliveryTimeWindow"] = self.delivery_time_window.to_dict()
        if (_value_ := self.text) is not UNSET:
            _dict_["text"] = _value_
        if (_value_ := self.entity_id) is not UNSET:
            _dict_["entityId"] = _value_
        if self.send_at is not UNSET:
            _dict_["sendAt"] = self.send_at.isoformat()
        if (_value_ := self.validity_period_minutes) is not UNSET:
            _dict_["validityPeriodMinutes"] = _value_
        if (_value_ := self.priority) is not UNSET:
            _dict_["priority"] = _value_

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        _destinations = _get_("destinations")
        destinations: list[MessageDestination] | Unset = UNSET
        if _destinations is None:
            _absent_ += 1
        else:
            destinations = [
                _read_(_item_)
                for _read_ in [MessageDestination.from_dict]
                for _item_ in _reading_.array(_destinations)
                if _item_ is not None
            ]

        callback_data = _get_("callbackData")
        if type(callback_data) is not str:
            if callback_data is None:
                callback_data = UNSET
                _absent_ += 1
            else:
                callback_data = _reading_.scalar(callback_data, str)

        _delivery_time_window = _get_("deliveryTimeWindow")
        delivery_time_window: DeliveryWindow | Unset
        if _delivery_time_window is None:
            delivery_time_window = UNSET
            _absent_ += 1
        else:
            delivery_time_window = DeliveryWindow.from_dict(_delivery_time_window)

        text = _get_("text")
        if type(text) is not str:
            if text is None:
                text = UNSET
                _absent_ += 1
            else:
                text = _reading_.scalar(text, str)

        entity_id = _get_("entityId")
        if type(entity_id) is not str:
            if entity_id is None:
                entity_id = UNSET
                _absent_ += 1
            else:
                entity_id = _reading_.scalar(entity_id, str)

        _send_at = _get_("sendAt")
        send_at: datetime.datetime | Unset
        if _send_at is None:
            send_at = UNSET
            _absent_ += 1
        else:
            send_at = _reading_.date_time(_send_at, UNSET)

        validity_period_minutes = _get_("validityPeriodMinutes")
        if type(validity_period_minutes) is not int:
            if validity_period_minutes is None:
                validity_period_minutes = UNSET
                _absent_ += 1
            else:
                validity_period_minutes = _reading_.scalar(validity_period_minutes, int)

        priority = _get_("priority")
        if type(priority) is not int:
            if priority is None:
                priority = UNSET
                _absent_ += 1
            else:
                priority = _reading_.scalar(priority, int)

        if _cls_ is SmsMessage:
            _model_ = _reading_.new(_cls_)
            _model_.destinations = destinations
            _model_.callback_data = callback_data
            _model_.delivery_time_window = delivery_time_window
            _model_.text = text
            _model_.entity_id = entity_id
            _model_.send_at = send_at
            _model_.validity_period_minutes = validity_period_minutes
            _model_.priority = priority
            _model_.additional_properties = {}
        else:
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

        if len(_source_) + _absent_ != 8:
            _model_.additional_properties = _reading_.unknown(_source_, _known_)
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


from ..models.delivery_window import DeliveryWindow
from ..models.message_destination import MessageDestination
