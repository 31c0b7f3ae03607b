# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="GenericResponseNetworkOperatorMessageDeliveryDTO")


_known_ = frozenset(
    (
        "code",
        "message",
        "data",
        "items",
    )
)


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
        _dict_: dict[str, Any] = {}
        _dict_ = {**self.additional_properties}
        if (_value_ := self.code) is not UNSET:
            _dict_["code"] = _value_
        if (_value_ := self.message) is not UNSET:
            _dict_["message"] = _value_

        if self.data is not UNSET:
            _dict_["data"] = self.data.to_dict()

        if self.items is not UNSET:
            _dict_["items"] = [_item_.to_dict() for _item_ in self.items]

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        code = _get_("code")
        if type(code) is not int:
            code = UNSET if code is None else _reading_.scalar(code, int)

        message = _get_("message")
        if message is None:
            message = UNSET

        _data = UNSET if (_value_ := _get_("data")) is None else _value_
        data: NetworkOperatorMessageDeliveryDTO | Unset
        if isinstance(_data, Unset):
            data = UNSET
        else:
            data = NetworkOperatorMessageDeliveryDTO.from_dict(_data)

        _items = UNSET if (_value_ := _get_("items")) is None else _value_
        items: list[NetworkOperatorMessageDeliveryDTO] | Unset = UNSET
        if _items is not UNSET:
            items = [
                NetworkOperatorMessageDeliveryDTO.from_dict(_item_) for _item_ in _reading_.items(_items)
            ]

        _model_ = _cls_(
            code=code,
            message=message,
            data=data,
            items=items,
        )

        if not _source_.keys() <= _known_:
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


from ..models.network_operator_message_delivery_dto import NetworkOperatorMessageDeliveryDTO
