# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.sms_message import SmsMessage


T = TypeVar("T", bound="BulkSmsMessageRequest")


@_attrs_define
class BulkSmsMessageRequest:
    """Several texts, each for its destinations.

    Attributes:
        message_id (str | Unset): The sender's own id of the request; of a single message it is the message's id.
        reference_id_1 (str | Unset): A reference of the sender's, handed back as it came.
        reference_id_2 (str | Unset): A second reference of the sender's, handed back as it came.
        service_id (str | Unset): The sender's service that the message belongs to.
        request_id (str | Unset): The sender's id of this request, repeated in the answer.
        initiator_id (str | Unset): Who or what started the request.
        bulk_id (str | Unset): The sender's own id of the bulk.
        source_address (str | Unset): The sender that the phones show, where a destination names no other.
        messages (list[SmsMessage] | Unset): The texts with their destinations.
    """

    message_id: str | Unset = UNSET
    reference_id_1: str | Unset = UNSET
    reference_id_2: str | Unset = UNSET
    service_id: str | Unset = UNSET
    request_id: str | Unset = UNSET
    initiator_id: str | Unset = UNSET
    bulk_id: str | Unset = UNSET
    source_address: str | Unset = UNSET
    messages: list[SmsMessage] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        message_id = self.message_id

        reference_id_1 = self.reference_id_1

        reference_id_2 = self.reference_id_2

        service_id = self.service_id

        request_id = self.request_id

        initiator_id = self.initiator_id

        bulk_id = self.bulk_id

        source_address = self.source_address

        messages: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.messages, Unset):
            messages = []
            for messages_item_data in self.messages:
                messages_item = messages_item_data.to_dict()
                messages.append(messages_item)

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
        if bulk_id is not UNSET:
            _dict_["bulkId"] = bulk_id
        if source_address is not UNSET:
            _dict_["sourceAddress"] = source_address
        if messages is not UNSET:
            _dict_["messages"] = messages

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        from ..models.sms_message import SmsMessage  # noqa: PLC0415

        _fields_ = _reading_.present(_source_)
        message_id = _reading_.scalar(_fields_.pop("messageId", UNSET), str, UNSET)

        reference_id_1 = _reading_.scalar(_fields_.pop("referenceId1", UNSET), str, UNSET)

        reference_id_2 = _reading_.scalar(_fields_.pop("referenceId2", UNSET), str, UNSET)

        service_id = _reading_.scalar(_fields_.pop("serviceId", UNSET), str, UNSET)

        request_id = _reading_.scalar(_fields_.pop("requestId", UNSET), str, UNSET)

        initiator_id = _reading_.scalar(_fields_.pop("initiatorId", UNSET), str, UNSET)

        bulk_id = _reading_.scalar(_fields_.pop("bulkId", UNSET), str, UNSET)

        source_address = _reading_.scalar(_fields_.pop("sourceAddress", UNSET), str, UNSET)

        _messages = _fields_.pop("messages", UNSET)
        messages: list[SmsMessage] | Unset = UNSET
        if _messages is not UNSET:
            messages = []
            for messages_item_data in _reading_.items(_messages):
                messages_item = SmsMessage.from_dict(messages_item_data)

                messages.append(messages_item)

        _model_ = _cls_(
            message_id=message_id,
            reference_id_1=reference_id_1,
            reference_id_2=reference_id_2,
            service_id=service_id,
            request_id=request_id,
            initiator_id=initiator_id,
            bulk_id=bulk_id,
            source_address=source_address,
            messages=messages,
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
