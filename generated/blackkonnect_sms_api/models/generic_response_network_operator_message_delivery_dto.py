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

        if self.items is not UNSET:
            _dict_["items"] = _list_ = []
            if _deep_:
                for _item_ in self.items:
                    _list_.append(_item_.to_dict())
            else:
                _list_ += self.items

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
        data: NetworkOperatorMessageDeliveryDTO | Unset
        if _data is None:
            data = UNSET
            _absent_ += 1
        else:
            data = NetworkOperatorMessageDeliveryDTO.from_dict(_data)

        _items = _get_("items")
        items: list[NetworkOperatorMessageDeliveryDTO] | Unset = UNSET
        if _items is None:
            _absent_ += 1
        else:
            items = [
                _read_(_item_)
                for _read_ in [NetworkOperatorMessageDeliveryDTO.from_dict]
                for _item_ in _reading_.array(_items)
                if _item_ is not None
            ]

        if _cls_ is GenericResponseNetworkOperatorMessageDeliveryDTO:
            _model_ = _reading_.new(_cls_)
            _model_.code = code
            _model_.message = message
            _model_.data = data
            _model_.items = items
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                code=code,
                message=message,
                data=data,
                items=items,
            )

        if len(_source_) + _absent_ != 4:
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
