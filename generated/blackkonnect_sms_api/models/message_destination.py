# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

T = TypeVar("T", bound="MessageDestination")


@_attrs_define
class MessageDestination:
    """One destination of a text.

    Attributes:
        destination (str | Unset): The number to send to, an MSISDN of ITU-T E.164.
        message_id (str | Unset): The sender's own id of the message to this destination.
        source_address (str | Unset): The sender that this phone shows.
    """

    destination: str | Unset = UNSET
    message_id: str | Unset = UNSET
    source_address: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        destination = self.destination

        message_id = self.message_id

        source_address = self.source_address

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if destination is not UNSET:
            _dict_["destination"] = destination
        if message_id is not UNSET:
            _dict_["messageId"] = message_id
        if source_address is not UNSET:
            _dict_["sourceAddress"] = source_address

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _fields_ = _reading_.present(_source_)
        destination = _reading_.scalar(_fields_.pop("destination", UNSET), str, UNSET)

        message_id = _reading_.scalar(_fields_.pop("messageId", UNSET), str, UNSET)

        source_address = _reading_.scalar(_fields_.pop("sourceAddress", UNSET), str, UNSET)

        _model_ = _cls_(
            destination=destination,
            message_id=message_id,
            source_address=source_address,
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
