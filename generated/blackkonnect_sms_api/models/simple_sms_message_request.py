# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

T = TypeVar("T", bound="SimpleSmsMessageRequest")


@_attrs_define
class SimpleSmsMessageRequest:
    """One text for one destination.

    Attributes:
        message_id (str | Unset): The sender's own id of the request; of a single message it is the message's id.
        reference_id_1 (str | Unset): A reference of the sender's, handed back as it came.
        reference_id_2 (str | Unset): A second reference of the sender's, handed back as it came.
        service_id (str | Unset): The sender's service that the message belongs to.
        request_id (str | Unset): The sender's id of this request, repeated in the answer.
        initiator_id (str | Unset): Who or what started the request.
        text (str | Unset): What the phone shows.
        destination (str | Unset): The number to send to, an MSISDN of ITU-T E.164.
        source_address (str | Unset): The sender that the phone shows, a name or a number.
        priority (int | Unset): The message's priority; a higher one goes first.
    """

    message_id: str | Unset = UNSET
    reference_id_1: str | Unset = UNSET
    reference_id_2: str | Unset = UNSET
    service_id: str | Unset = UNSET
    request_id: str | Unset = UNSET
    initiator_id: str | Unset = UNSET
    text: str | Unset = _attrs_field(default=UNSET, repr=False)
    destination: str | Unset = UNSET
    source_address: str | Unset = UNSET
    priority: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        message_id = self.message_id

        reference_id_1 = self.reference_id_1

        reference_id_2 = self.reference_id_2

        service_id = self.service_id

        request_id = self.request_id

        initiator_id = self.initiator_id

        text = self.text

        destination = self.destination

        source_address = self.source_address

        priority = self.priority

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if message_id is not UNSET:
            _dict_["messageId"] = message_id
        if reference_id_1 is not UNSET:
            _dict_["referenceId1"] = reference_id_1
        if reference_id_2 is not UNSET:
            _dict_["referenceId2"] = reference_id_2
        if service_id is not UNSET:
            _dict_["serviceId"] = service_id
        if request_id is not UNSET:
            _dict_["requestId"] = request_id
        if initiator_id is not UNSET:
            _dict_["initiatorId"] = initiator_id
        if text is not UNSET:
            _dict_["text"] = text
        if destination is not UNSET:
            _dict_["destination"] = destination
        if source_address is not UNSET:
            _dict_["sourceAddress"] = source_address
        if priority is not UNSET:
            _dict_["priority"] = priority

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _fields_ = _reading_.present(_source_)
        message_id = _reading_.scalar(_fields_.pop("messageId", UNSET), str, UNSET)

        reference_id_1 = _reading_.scalar(_fields_.pop("referenceId1", UNSET), str, UNSET)

        reference_id_2 = _reading_.scalar(_fields_.pop("referenceId2", UNSET), str, UNSET)

        service_id = _reading_.scalar(_fields_.pop("serviceId", UNSET), str, UNSET)

        request_id = _reading_.scalar(_fields_.pop("requestId", UNSET), str, UNSET)

        initiator_id = _reading_.scalar(_fields_.pop("initiatorId", UNSET), str, UNSET)

        text = _reading_.scalar(_fields_.pop("text", UNSET), str, UNSET)

        destination = _reading_.scalar(_fields_.pop("destination", UNSET), str, UNSET)

        source_address = _reading_.scalar(_fields_.pop("sourceAddress", UNSET), str, UNSET)

        priority = _reading_.scalar(_fields_.pop("priority", UNSET), int, UNSET)

        _model_ = _cls_(
            message_id=message_id,
            reference_id_1=reference_id_1,
            reference_id_2=reference_id_2,
            service_id=service_id,
            request_id=request_id,
            initiator_id=initiator_id,
            text=text,
            destination=destination,
            source_address=source_address,
            priority=priority,
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
