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
    from ..models.simple_sms_message_response_items_item import SimpleSmsMessageResponseItemsItem


T = TypeVar("T", bound="SimpleSmsMessageResponse")


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

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        message = self.message

        data = self.data

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

        delivery_status = self.delivery_status

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
        if delivery_status is not UNSET:
            _dict_["deliveryStatus"] = delivery_status
        if is_successful is not UNSET:
            _dict_["isSuccessful"] = is_successful

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        from ..models.item_pagination import ItemPagination  # noqa: PLC0415
        from ..models.simple_sms_message_response_items_item import SimpleSmsMessageResponseItemsItem  # noqa: PLC0415

        _fields_ = _reading_.present(_source_)
        code = _reading_.scalar(_fields_.pop("code", UNSET), int, UNSET)

        message = _fields_.pop("message", UNSET)

        data = _fields_.pop("data", UNSET)

        correlation_id = _reading_.scalar(_fields_.pop("correlationId", UNSET), str, UNSET)

        conversation_id = _reading_.scalar(_fields_.pop("conversationId", UNSET), str, UNSET)

        request_id = _reading_.scalar(_fields_.pop("requestId", UNSET), str, UNSET)

        _items = _fields_.pop("items", UNSET)
        items: list[SimpleSmsMessageResponseItemsItem] | Unset = UNSET
        if _items is not UNSET:
            items = []
            for items_item_data in _reading_.items(_items):
                items_item = SimpleSmsMessageResponseItemsItem.from_dict(items_item_data)

                items.append(items_item)

        _item_pagination = _fields_.pop("itemPagination", UNSET)
        item_pagination: ItemPagination | Unset
        if isinstance(_item_pagination, Unset):
            item_pagination = UNSET
        else:
            item_pagination = ItemPagination.from_dict(_item_pagination)

        delivery_status = _reading_.scalar(_fields_.pop("deliveryStatus", UNSET), str, UNSET)

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
            delivery_status=delivery_status,
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
