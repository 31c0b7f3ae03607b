# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="BulkSmsMessageResponse")


_known_ = frozenset(
    (
        "code",
        "message",
        "data",
        "correlationId",
        "conversationId",
        "requestId",
        "items",
        "itemPagination",
        "bulkId",
        "smsMessageDeliveryStatuses",
        "isSuccessful",
    )
)


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

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.code) is not UNSET:
            _dict_["code"] = _value_
        if (_value_ := self.message) is not UNSET:
            _dict_["message"] = _value_

        if self.data is not UNSET:
            _dict_["data"] = self.data.to_dict()
        if (_value_ := self.correlation_id) is not UNSET:
            _dict_["correlationId"] = _value_
        if (_value_ := self.conversation_id) is not UNSET:
            _dict_["conversationId"] = _value_
        if (_value_ := self.request_id) is not UNSET:
            _dict_["requestId"] = _value_

        if self.items is not UNSET:
            _dict_["items"] = _list_ = []
            if _deep_:
                for _item_ in self.items:
                    _list_.append(_item_.to_dict())
            else:
                _list_ += self.items

        if self.item_pagination is not UNSET:
            _dict_["itemPagination"] = self.item_pagination.to_dict()
        if (_value_ := self.bulk_id) is not UNSET:
            _dict_["bulkId"] = _value_

        if self.sms_message_delivery_statuses is not UNSET:
            _dict_["smsMessageDeliveryStatuses"] = _list_ = []
            if _deep_:
                for _item_ in self.sms_message_delivery_statuses:
                    _list_.append(_item_.to_dict())
            else:
                _list_ += self.sms_message_delivery_statuses

        if (_value_ := self.is_successful) is not UNSET:
            _dict_["isSuccessful"] = _value_

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        code = _get_("code")
        if type(code) is not int:
            if code is None:
                code = UNSET
                _absent_ += 1
            else:
                code = _reading_.scalar(code, int)

        message = _get_("message")
        if message is None:
            message = UNSET
            _absent_ += 1

        _data = _get_("data")
        data: SmsMessage | Unset
        if _data is None:
            data = UNSET
            _absent_ += 1
        else:
            data = SmsMessage.from_dict(_data)

        correlation_id = _get_("correlationId")
        if type(correlation_id) is not str:
            if correlation_id is None:
                correlation_id = UNSET
                _absent_ += 1
            else:
                correlation_id = _reading_.scalar(correlation_id, str)

        conversation_id = _get_("conversationId")
        if type(conversation_id) is not str:
            if conversation_id is None:
                conversation_id = UNSET
                _absent_ += 1
            else:
                conversation_id = _reading_.scalar(conversation_id, str)

        request_id = _get_("requestId")
        if type(request_id) is not str:
            if request_id is None:
                request_id = UNSET
                _absent_ += 1
            else:
                request_id = _reading_.scalar(request_id, str)

        _items = _get_("items")
        items: list[SmsMessage] | Unset = UNSET
        if _items is None:
            _absent_ += 1
        else:
            items = [
                _read_(_item_)
                for _read_ in [SmsMessage.from_dict]
                for _item_ in _reading_.array(_items)
                if _item_ is not None
            ]

        _item_pagination = _get_("itemPagination")
        item_pagination: ItemPagination | Unset
        if _item_pagination is None:
            item_pagination = UNSET
            _absent_ += 1
        else:
            item_pagination = ItemPagination.from_dict(_item_pagination)

        bulk_id = _get_("bulkId")
        if type(bulk_id) is not str:
            if bulk_id is None:
                bulk_id = UNSET
                _absent_ += 1
            else:
                bulk_id = _reading_.scalar(bulk_id, str)

        _sms_message_delivery_statuses = _get_("smsMessageDeliveryStatuses")
        sms_message_delivery_statuses: list[SmsMessageDeliveryStatus] | Unset = UNSET
        if _sms_message_delivery_statuses is None:
            _absent_ += 1
        else:
            sms_message_delivery_statuses = [
                _read_(_item_)
                for _read_ in [SmsMessageDeliveryStatus.from_dict]
                for _item_ in _reading_.array(_sms_message_delivery_statuses)
                if _item_ is not None
            ]

        is_successful = _get_("isSuccessful")
        if type(is_successful) is not bool:
            if is_successful is None:
                is_successful = UNSET
                _absent_ += 1
            else:
                is_successful = _reading_.scalar(is_successful, bool)

        if _cls_ is BulkSmsMessageResponse:
            _model_ = _reading_.new(_cls_)
            _model_.code = code
            _model_.message = message
            _model_.data = data
            _model_.correlation_id = correlation_id
            _model_.conversation_id = conversation_id
            _model_.request_id = request_id
            _model_.items = items
            _model_.item_pagination = item_pagination
            _model_.bulk_id = bulk_id
            _model_.sms_message_delivery_statuses = sms_message_delivery_statuses
            _model_.is_successful = is_successful
            _model_.additional_properties = {}
        else:
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

        if len(_source_) + _absent_ != 11:
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


from ..models.item_pagination import ItemPagination
from ..models.sms_message import SmsMessage
from ..models.sms_message_delivery_status import SmsMessageDeliveryStatus
