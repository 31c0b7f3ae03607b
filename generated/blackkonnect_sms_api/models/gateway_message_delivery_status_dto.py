# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from uuid import UUID
import datetime

T = TypeVar("T", bound="GatewayMessageDeliveryStatusDTO")


_known_ = frozenset(
    (
        "uuid",
        "messageId",
        "bulkReferenceId",
        "partReferenceId",
        "destination",
        "deliveryStatus",
        "deliveryTimestamp",
    )
)


@_attrs_define
class GatewayMessageDeliveryStatusDTO:
    """The status as edition 2025-05-16 shows it, without the sender.

    Attributes:
        uuid (UUID | Unset): The gateway's own id of the message.
        message_id (str | Unset): The message's id, the sender's own where it chose one.
        bulk_reference_id (str | Unset): The bulk that the message belongs to.
        part_reference_id (str | Unset): The part of a message in several parts.
        destination (str | Unset): The number that the message goes to.
        delivery_status (str | Unset): Where a message is on its way. The vendor may add values, so any string is
            allowed; a value that is not known is not final.
        delivery_timestamp (datetime.datetime | Unset): When the message reached this status.
    """

    uuid: UUID | Unset = UNSET
    message_id: str | Unset = UNSET
    bulk_reference_id: str | Unset = UNSET
    part_reference_id: str | Unset = UNSET
    destination: str | Unset = UNSET
    delivery_status: str | Unset = UNSET
    delivery_timestamp: datetime.datetime | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    _LATER_: ClassVar = {
        "uuid": _reading_.uuid,
        "delivery_timestamp": _reading_.date_time,
        "additional_properties": _reading_.nothing_unknown,
    }

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if self.uuid is not UNSET:
            _dict_["uuid"] = str(self.uuid)
        if (_value_ := self.message_id) is not UNSET:
            _dict_["messageId"] = _value_
        if (_value_ := self.bulk_reference_id) is not UNSET:
            _dict_["bulkReferenceId"] = _value_
        if (_value_ := self.part_reference_id) is not UNSET:
            _dict_["partReferenceId"] = _value_
        if (_value_ := self.destination) is not UNSET:
            _dict_["destination"] = _value_
        if (_value_ := self.delivery_status) is not UNSET:
            _dict_["deliveryStatus"] = _value_
        if self.delivery_timestamp is not UNSET:
            _dict_["deliveryTimestamp"] = self.delivery_timestamp.isoformat()

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        _uuid = _get_("uuid")
        if _uuid is None:
            _absent_ += 1

        message_id = _get_("messageId")
        if type(message_id) is not str:
            if message_id is None:
                message_id = UNSET
                _absent_ += 1
            else:
                message_id = _reading_.scalar(message_id, str)

        bulk_reference_id = _get_("bulkReferenceId")
        if type(bulk_reference_id) is not str:
            if bulk_reference_id is None:
                bulk_reference_id = UNSET
                _absent_ += 1
            else:
                bulk_reference_id = _reading_.scalar(bulk_reference_id, str)

        part_reference_id = _get_("partReferenceId")
        if type(part_reference_id) is not str:
            if part_reference_id is None:
                part_reference_id = UNSET
                _absent_ += 1
            else:
                part_reference_id = _reading_.scalar(part_reference_id, str)

        destination = _get_("destination")
        if type(destination) is not str:
            if destination is None:
                destination = UNSET
                _absent_ += 1
            else:
                destination = _reading_.scalar(destination, str)

        delivery_status = _get_("deliveryStatus")
        if type(delivery_status) is not str:
            if delivery_status is None:
                delivery_status = UNSET
                _absent_ += 1
            else:
                delivery_status = _reading_.scalar(delivery_status, str)

        _delivery_timestamp = _get_("deliveryTimestamp")
        if _delivery_timestamp is None:
            _absent_ += 1

        if _cls_ is GatewayMessageDeliveryStatusDTO:
            _model_ = _reading_.new(_cls_)
            _model_._uuid_ = _uuid
            _model_.message_id = message_id
            _model_.bulk_reference_id = bulk_reference_id
            _model_.part_reference_id = part_reference_id
            _model_.destination = destination
            _model_.delivery_status = delivery_status
            _model_._delivery_timestamp_ = _delivery_timestamp
            _model_._additional_properties_ = None
        else:
            _model_ = _cls_(
                uuid=_reading_.uuid(_uuid, UNSET),
                message_id=message_id,
                bulk_reference_id=bulk_reference_id,
                part_reference_id=part_reference_id,
                destination=destination,
                delivery_status=delivery_status,
                delivery_timestamp=_reading_.date_time(_delivery_timestamp, UNSET),
            )

        if len(_source_) + _absent_ != 7:
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
