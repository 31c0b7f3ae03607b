# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.message_group_status import MessageGroupStatus


T = TypeVar("T", bound="SmsMessageDeliveryStatus")


@_attrs_define
class SmsMessageDeliveryStatus:
    """The fate of one destination of a bulk.

    Attributes:
        message_id (str | Unset): The message's id, the sender's own where it chose one.
        message_group_status (MessageGroupStatus | Unset): A status with the group that it belongs to.
        destination (str | Unset): The number that the message goes to.
        sms_count (int | Unset): How many parts the text needs, by 3GPP TS 23.038 and TS 23.040.
    """

    message_id: str | Unset = UNSET
    message_group_status: MessageGroupStatus | Unset = UNSET
    destination: str | Unset = UNSET
    sms_count: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        message_id = self.message_id

        message_group_status: dict[str, Any] | Unset = UNSET
        if not isinstance(self.message_group_status, Unset):
            message_group_status = self.message_group_status.to_dict()

        destination = self.destination

        sms_count = self.sms_count

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if message_id is not UNSET:
            _dict_["messageId"] = message_id
        if message_group_status is not UNSET:
            _dict_["messageGroupStatus"] = message_group_status
        if destination is not UNSET:
            _dict_["destination"] = destination
        if sms_count is not UNSET:
            _dict_["smsCount"] = sms_count

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        from ..models.message_group_status import MessageGroupStatus  # noqa: PLC0415

        _fields_ = _reading_.present(_source_)
        message_id = _reading_.scalar(_fields_.pop("messageId", UNSET), str, UNSET)

        _message_group_status = _fields_.pop("messageGroupStatus", UNSET)
        message_group_status: MessageGroupStatus | Unset
        if isinstance(_message_group_status, Unset):
            message_group_status = UNSET
        else:
            message_group_status = MessageGroupStatus.from_dict(_message_group_status)

        destination = _reading_.scalar(_fields_.pop("destination", UNSET), str, UNSET)

        sms_count = _reading_.scalar(_fields_.pop("smsCount", UNSET), int, UNSET)

        _model_ = _cls_(
            message_id=message_id,
            message_group_status=message_group_status,
            destination=destination,
            sms_count=sms_count,
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
