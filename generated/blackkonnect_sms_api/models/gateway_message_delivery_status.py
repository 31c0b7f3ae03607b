# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

T = TypeVar("T", bound="GatewayMessageDeliveryStatus")


@_attrs_define
class GatewayMessageDeliveryStatus:
    """The latest status of one message.

    Attributes:
        uuid (UUID | Unset): The gateway's own id of the message.
        message_id (str | Unset): The message's id, the sender's own where it chose one.
        bulk_reference_id (str | Unset): The bulk that the message belongs to.
        part_reference_id (str | Unset): The part of a message in several parts.
        destination (str | Unset): The number that the message goes to.
        delivery_status (str | Unset): Where a message is on its way. The vendor may add values, so any string is
            allowed; a value that is not known is not final.
        delivery_timestamp (datetime.datetime | Unset): When the message reached this status.
        source_address (str | Unset): The sender that the phone shows.
    """

    uuid: UUID | Unset = UNSET
    message_id: str | Unset = UNSET
    bulk_reference_id: str | Unset = UNSET
    part_reference_id: str | Unset = UNSET
    destination: str | Unset = UNSET
    delivery_status: str | Unset = UNSET
    delivery_timestamp: datetime.datetime | Unset = UNSET
    source_address: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        uuid: str | Unset = UNSET
        if not isinstance(self.uuid, Unset):
            uuid = str(self.uuid)

        message_id = self.message_id

        bulk_reference_id = self.bulk_reference_id

        part_reference_id = self.part_reference_id

        destination = self.destination

        delivery_status = self.delivery_status

        delivery_timestamp: str | Unset = UNSET
        if not isinstance(self.delivery_timestamp, Unset):
            delivery_timestamp = self.delivery_timestamp.isoformat()

        source_address = self.source_address

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if uuid is not UNSET:
            _dict_["uuid"] = uuid
        if message_id is not UNSET:
            _dict_["messageId"] = message_id
        if bulk_reference_id is not UNSET:
            _dict_["bulkReferenceId"] = bulk_reference_id
        if part_reference_id is not UNSET:
            _dict_["partReferenceId"] = part_reference_id
        if destination is not UNSET:
            _dict_["destination"] = destination
        if delivery_status is not UNSET:
            _dict_["deliveryStatus"] = delivery_status
        if delivery_timestamp is not UNSET:
            _dict_["deliveryTimestamp"] = delivery_timestamp
        if source_address is not UNSET:
            _dict_["sourceAddress"] = source_address

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _fields_ = _reading_.present(_source_)
        _uuid = _fields_.pop("uuid", UNSET)
        uuid: UUID | Unset
        if isinstance(_uuid, Unset):
            uuid = UNSET
        else:
            uuid = _reading_.uuid(_uuid, UNSET)

        message_id = _reading_.scalar(_fields_.pop("messageId", UNSET), str, UNSET)

        bulk_reference_id = _reading_.scalar(_fields_.pop("bulkReferenceId", UNSET), str, UNSET)

        part_reference_id = _reading_.scalar(_fields_.pop("partReferenceId", UNSET), str, UNSET)

        destination = _reading_.scalar(_fields_.pop("destination", UNSET), str, UNSET)

        delivery_status = _reading_.scalar(_fields_.pop("deliveryStatus", UNSET), str, UNSET)

        _delivery_timestamp = _fields_.pop("deliveryTimestamp", UNSET)
        delivery_timestamp: datetime.datetime | Unset
        if isinstance(_delivery_timestamp, Unset):
            delivery_timestamp = UNSET
        else:
            delivery_timestamp = _reading_.date_time(_delivery_timestamp, UNSET)

        source_address = _reading_.scalar(_fields_.pop("sourceAddress", UNSET), str, UNSET)

        _model_ = _cls_(
            uuid=uuid,
            message_id=message_id,
            bulk_reference_id=bulk_reference_id,
            part_reference_id=part_reference_id,
            destination=destination,
            delivery_status=delivery_status,
            delivery_timestamp=delivery_timestamp,
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
