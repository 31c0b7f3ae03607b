# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="SimpleSmsMessageResponse")


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
        "deliveryStatus",
        "isSuccessful",
    )
)


@_attrs_define
class SimpleSmsMessageResponse:
    """What the gateway says of a single message.

    Attributes:
        code (int | Unset): A code of the gateway's; the only one shown is 0.
        message (Any | Unset): Words to the code; no page shows more than an empty object, so anything is allowed.
        data (Any | Unset): What was taken; no page shows more than an empty object, so anything is allowed.
        correlation_id (str | Unset): The gateway's id of the request, to ask for its status.
        conversation_id (str | Unset): The gateway's id of the exchange that the request belongs to.
        request_id (str | Unset): The `requestId` of the request.
        items (list[SimpleSmsMessageResponseItemsItem] | Unset): The items that were taken; no page shows more than
            empty objects.
        item_pagination (ItemPagination | Unset): Which page of the items this is.
        delivery_status (str | Unset): Where a message is on its way. The vendor may add values, so any string is
            allowed; a value that is not known is not final.
        is_successful (bool | Unset): Whether the gateway took the message; `false` is a refusal, whatever the HTTP
            status.
    """

    code: int | Unset = UNSET
    message: Any | Unset = _attrs_field(default=UNSET, repr=False)
    data: Any | Unset = _attrs_field(default=UNSET, repr=False)
    correlation_id: str | Unset = UNSET
    conversation_id: str | Unset = UNSET
    request_id: str | Unset = UNSET
    items: list[SimpleSmsMessageResponseItemsItem] | Unset = UNSET
    item_pagination: ItemPagination | Unset = UNSET
    delivery_status: str | Unset = UNSET
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
        if (_value_ := self.data) is not UNSET:
            _dict_["data"] = _value_
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
        if (_value_ := self.delivery_status) is not UNSET:
            _dict_["deliveryStatus"] = _value_
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

        data = _get_("data")
        if data is None:
            data = UNSET
            _absent_ += 1

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
        items: list[SimpleSmsMessageResponseItemsItem] | Unset = UNSET
        if _items is None:
            _absent_ += 1
        else:
            items = [
                _read_(_item_)
                for _read_ in [SimpleSmsMessageResponseItemsItem.from_dict]
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

        delivery_status = _get_("deliveryStatus")
        if type(delivery_status) is not str:
            if delivery_status is None:
                delivery_status = UNSET
                _absent_ += 1
            else:
                delivery_status = _reading_.scalar(delivery_status, str)

        is_successful = _get_("isSuccessful")
        if type(is_successful) is not bool:
            if is_successful is None:
                is_successful = UNSET
                _absent_ += 1
            else:
                is_successful = _reading_.scalar(is_successful, bool)

        if _cls_ is SimpleSmsMessageResponse:
            _model_ = _reading_.new(_cls_)
            _model_.code = code
            _model_.message = message
            _model_.data = data
            _model_.correlation_id = correlation_id
            _model_.conversation_id = conversation_id
            _model_.request_id = request_id
            _model_.items = items
            _model_.item_pagination = item_pagination
            _model_.delivery_status = delivery_status
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
                delivery_status=delivery_status,
                is_successful=is_successful,
            )

        if len(_source_) + _absent_ != 10:
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
from ..models.simple_sms_message_response_items_item import SimpleSmsMessageResponseItemsItem
