# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.network_operator_message_delivery_dto import NetworkOperatorMessageDeliveryDTO


T = TypeVar("T", bound="GenericResponseNetworkOperatorMessageDeliveryDTO")


@_attrs_define
class GenericResponseNetworkOperatorMessageDeliveryDTO:
    """The answer to a receipt, an envelope around what became of the message.

    Attributes:
        code (int | Unset): A code of the gateway's; the only one shown is 0.
        message (Any | Unset): Words to the code; anything is allowed, as in the other answers.
        data (NetworkOperatorMessageDeliveryDTO | Unset): A message as it was handed to the network operator, with what
            became of it.
        items (list[NetworkOperatorMessageDeliveryDTO] | Unset): What became of the messages that the receipt is for.
    """

    code: int | Unset = UNSET
    message: Any | Unset = _attrs_field(default=UNSET, repr=False)
    data: NetworkOperatorMessageDeliveryDTO | Unset = UNSET
    items: list[NetworkOperatorMessageDeliveryDTO] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        message = self.message

        data: dict[str, Any] | Unset = UNSET
        if not isinstance(self.data, Unset):
            data = self.data.to_dict()

        items: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.items, Unset):
            items = []
            for items_item_data in self.items:
                items_item = items_item_data.to_dict()
                items.append(items_item)

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if code is not UNSET:
            _dict_["code"] = code
        if message is not UNSET:
            _dict_["message"] = message
        if data is not UNSET:
            _dict_["data"] = data
        if items is not UNSET:
            _dict_["items"] = items

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        from ..models.network_operator_message_delivery_dto import NetworkOperatorMessageDeliveryDTO  # noqa: PLC0415

        _fields_ = _reading_.present(_source_)
        code = _reading_.scalar(_fields_.pop("code", UNSET), int, UNSET)

        message = _fields_.pop("message", UNSET)

        _data = _fields_.pop("data", UNSET)
        data: NetworkOperatorMessageDeliveryDTO | Unset
        if isinstance(_data, Unset):
            data = UNSET
        else:
            data = NetworkOperatorMessageDeliveryDTO.from_dict(_data)

        _items = _fields_.pop("items", UNSET)
        items: list[NetworkOperatorMessageDeliveryDTO] | Unset = UNSET
        if _items is not UNSET:
            items = []
            for items_item_data in _reading_.items(_items):
                items_item = NetworkOperatorMessageDeliveryDTO.from_dict(items_item_data)

                items.append(items_item)

        _model_ = _cls_(
            code=code,
            message=message,
            data=data,
            items=items,
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
