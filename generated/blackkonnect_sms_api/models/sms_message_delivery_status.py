# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="SmsMessageDeliveryStatus")


_known_ = frozenset(
    (
        "messageId",
        "messageGroupStatus",
        "destination",
        "smsCount",
    )
)


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

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.message_id) is not UNSET:
            _dict_["messageId"] = _value_

        if self.message_group_status is not UNSET:
            _dict_["messageGroupStatus"] = self.message_group_status.to_dict()
        if (_value_ := self.destination) is not UNSET:
            _dict_["destination"] = _value_
        if (_value_ := self.sms_count) is not UNSET:
            _dict_["smsCount"] = _value_

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        message_id = _get_("messageId")
        if type(message_id) is not str:
            if message_id is None:
                message_id = UNSET
                _absent_ += 1
            else:
                message_id = _reading_.scalar(message_id, str)

        _message_group_status = _get_("messageGroupStatus")
        message_group_status: MessageGroupStatus | Unset
        if _message_group_status is None:
            message_group_status = UNSET
            _absent_ += 1
        else:
            message_group_status = MessageGroupStatus.from_dict(_message_group_status)

        destination = _get_("destination")
        if type(destination) is not str:
            if destination is None:
                destination = UNSET
                _absent_ += 1
            else:
                destination = _reading_.scalar(destination, str)

        sms_count = _get_("smsCount")
        if type(sms_count) is not int:
            if sms_count is None:
                sms_count = UNSET
                _absent_ += 1
            else:
                sms_count = _reading_.scalar(sms_count, int)

        if _cls_ is SmsMessageDeliveryStatus:
            _model_ = _reading_.new(_cls_)
            _model_.message_id = message_id
            _model_.message_group_status = message_group_status
            _model_.destination = destination
            _model_.sms_count = sms_count
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                message_id=message_id,
                message_group_status=message_group_status,
                destination=destination,
                sms_count=sms_count,
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


from ..models.message_group_status import MessageGroupStatus
