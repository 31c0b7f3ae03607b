# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="MessageDestination")


_known_ = frozenset(
    (
        "destination",
        "messageId",
        "sourceAddress",
    )
)


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

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.destination) is not UNSET:
            _dict_["destination"] = _value_
        if (_value_ := self.message_id) is not UNSET:
            _dict_["messageId"] = _value_
        if (_value_ := self.source_address) is not UNSET:
            _dict_["sourceAddress"] = _value_

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        destination = _get_("destination")
        if type(destination) is not str:
            if destination is None:
                destination = UNSET
                _absent_ += 1
            else:
                destination = _reading_.scalar(destination, str)

        message_id = _get_("messageId")
        if type(message_id) is not str:
            if message_id is None:
                message_id = UNSET
                _absent_ += 1
            else:
                message_id = _reading_.scalar(message_id, str)

        source_address = _get_("sourceAddress")
        if type(source_address) is not str:
            if source_address is None:
                source_address = UNSET
                _absent_ += 1
            else:
                source_address = _reading_.scalar(source_address, str)

        if _cls_ is MessageDestination:
            _model_ = _reading_.new(_cls_)
            _model_.destination = destination
            _model_.message_id = message_id
            _model_.source_address = source_address
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                destination=destination,
                message_id=message_id,
                source_address=source_address,
            )

        if len(_source_) + _absent_ != 3:
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
