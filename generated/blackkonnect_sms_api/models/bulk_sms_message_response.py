# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.item_pagination import ItemPagination
    from ..models.sms_message import SmsMessage
    from ..models.sms_message_delivery_status import SmsMessageDeliveryStatus


T = TypeVar("T", bound="BulkSmsMessageResponse")


@_attrs_define
class BulkSmsMessageResponse:
    """What the gateway says of a bulk and of each of its destinations.

    Attributes:
        code (int | Unset): A code of the gateway's; the only one shown is 0.
        message (Any | Unset): Words to the code; an empty object in edition 2025-05-16 and null in 2026-02-25, so
            anything is allowed.
        data (SmsMessage | Unset): One text for its destinations, with its window and validity.
        correlation_id (str | Unset): The gateway's id of the request.
        conversation_id (str | Unset): The gateway's id of the exchange that the request belongs to.
        request_id (str | Unset): The `requestId` of the request.
        items (list[SmsMessage] | Unset): The messages that were taken.
        item_pagination (ItemPagination | Unset): Which page of the items this is.
        bulk_id (str | Unset): The id of the bulk, the sender's own where it chose one.
        sms_message_delivery_statuses (list[SmsMessageDeliveryStatus] | Unset): The fate of each destination.
        is_successful (bool | Unset): Whether the gateway took the bulk; `false` is a refusal, whatever the HTTP status.
    """

    code: int | Unset = UNSET
    message: Any | Unset = _attrs_field(default=UNSET, repr=False)
    data: SmsMessage | Unset = UNSET
    correlation_id: str | Unset = UNSET
    conversation_id: str | Unset = UNSET
    request_id: str | Unset = UNSET
    items: list[SmsMessage] | Unset = UNSET
    item_pagination: ItemPagination | Unset = UNSET
    bulk_id: str | Unset = UNSET
    sms_message_delivery_statuses: list[SmsMessageDeliveryStatus] | Unset = UNSET
    is_successful: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        message = self.message

        data: dict[str, Any] | Unset = UNSET
        if not isinstance(self.data, Unset):
            data = self.data.to_dict()

        correlation_id = self.correlation_id

        conversation_id = self.conversation_id

        request_id = self.request_id

        items: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.items, Unset):
            items = []
            for items_item_data in self.items:
                items_item = items_item_data.to_dict()
                items.append(items_item)

        item_pagination: dict[str, Any] | Unset = UNSET
        if not isinstance(self.item_pagination, Unset):
            item_pagination = self.item_pagination.to_dict()

        bulk_id = self.bulk_id

        sms_message_delivery_statuses: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.sms_message_delivery_statuses, Unset):
            sms_message_delivery_statuses = []
            for sms_message_delivery_statuses_item_data in self.sms_message_delivery_statuses:
                sms_message_delivery_statuses_item = sms_message_delivery_statuses_item_data.to_dict()
                sms_message_delivery_statuses.append(sms_message_delivery_statuses_item)

        is_successful = self.is_successful

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if code is not UNSET:
            _dict_["code"] = code
        if message is not UNSET:
            _dict_["message"] = message
        if data is not UNSET:
            _dict_["data"] = data
        if correlation_id is not UNSET:
            _dict_["correlationId"] = correlation_id
        if conversation_id is not UNSET:
            _dict_["conversationId"] = conversation_id
        if request_id is not UNSET:
            _dict_["requestId"] = request_id
        if items is not UNSET:
            _dict_["items"] = items
        if item_pagination is not UNSET:
            _dict_["itemPagination"] = item_pagination
        if bulk_id is not UNSET:
            _dict_["bulkId"] = bulk_id
        if sms_message_delivery_statuses is not UNSET:
            _dict_["smsMessageDeliveryStatuses"] = sms_message_delivery_statuses
        if is_successful is not UNSET:
            _dict_["isSuccessful"] = is_successful

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        from ..models.item_pagination import ItemPagination  # noqa: PLC0415
        from ..models.sms_message import SmsMessage  # noqa: PLC0415
        from ..models.sms_message_delivery_status import SmsMessageDeliveryStatus  # noqa: PLC0415

        _fields_ = _reading_.present(_source_)
        code = _reading_.scalar(_fields_.pop("code", UNSET), int, UNSET)

        message = _fields_.pop("message", UNSET)

        _data = _fields_.pop("data", UNSET)
        data: SmsMessage | Unset
        if isinstance(_data, Unset):
            data = UNSET
        else:
            data = SmsMessage.from_dict(_data)

        correlation_id = _reading_.scalar(_fields_.pop("correlationId", UNSET), str, UNSET)

        conversation_id = _reading_.scalar(_fields_.pop("conversationId", UNSET), str, UNSET)

        request_id = _reading_.scalar(_fields_.pop("requestId", UNSET), str, UNSET)

        _items = _fields_.pop("items", UNSET)
        items: list[SmsMessage] | Unset = UNSET
        if _items is not UNSET:
            items = []
            for items_item_data in _reading_.items(_items):
                items_item = SmsMessage.from_dict(items_item_data)

                items.append(items_item)

        _item_pagination = _fields_.pop("itemPagination", UNSET)
        item_pagination: ItemPagination | Unset
        if isinstance(_item_pagination, Unset):
            item_pagination = UNSET
        else:
            item_pagination = ItemPagination.from_dict(_item_pagination)

        bulk_id = _reading_.scalar(_fields_.pop("bulkId", UNSET), str, UNSET)

        _sms_message_delivery_statuses = _fields_.pop("smsMessageDeliveryStatuses", UNSET)
        sms_message_delivery_statuses: list[SmsMessageDeliveryStatus] | Unset = UNSET
        if _sms_message_delivery_statuses is not UNSET:
            sms_message_delivery_statuses = []
            for sms_message_delivery_statuses_item_data in _reading_.items(_sms_message_delivery_statuses):
                sms_message_delivery_statuses_item = SmsMessageDeliveryStatus.from_dict(
                    sms_message_delivery_statuses_item_data
                )

                sms_message_delivery_statuses.append(sms_message_delivery_statuses_item)

        is_successful = _reading_.scalar(_fields_.pop("isSuccessful", UNSET), bool, UNSET)

        _model_ = _cls_(
            code=code,
            message=message,
            data=data,
            correlation_id=correlation_id,
            conversation_id=conversation_id,
            request_id=request_id,
            items=items,
            item_pagination=item_pagination,
            bulk_id=bulk_id,
            sms_message_delivery_statuses=sms_message_delivery_statuses,
            is_successful=is_successful,
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
