# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

T = TypeVar("T", bound="NetworkOperatorMessageDeliveryDTO")


@_attrs_define
class NetworkOperatorMessageDeliveryDTO:
    """A message as it was handed to the network operator, with what became of it.

    Attributes:
        id (int | Unset): The number of the gateway's record.
        uuid (UUID | Unset): The gateway's own id of the message.
        message_id (str | Unset): The message's id, the sender's own where it chose one.
        bulk_reference_id (str | Unset): The bulk that the message belongs to.
        part_reference_id (str | Unset): The part of a message in several parts.
        network_operator_id (UUID | Unset): The operator that the message was handed to.
        message_reference (str | Unset): The operator's reference of the message.
        reference_id_1 (str | Unset): The sender's reference.
        reference_id_2 (str | Unset): The sender's second reference.
        service_name (str | Unset): The name of the service that the message belongs to.
        service_code (str | Unset): The code of the service that the message belongs to.
        service_reference (str | Unset): The operator's reference of the service.
        submit_id (str | Unset): The id of the handing over to the operator.
        receipt_id (str | Unset): The receipt's own id.
        destination (str | Unset): The number that the message goes to.
        source_address (str | Unset): The sender that the phone shows.
        mobile_country_code (str | Unset): The mobile country code (MCC) of the network, by ITU-T E.212.
        mobile_country (str | Unset): The country of the network.
        carrier_name (str | Unset): The carrier that took the message.
        mobile_network_code (str | Unset): The mobile network code (MNC) of the network, by ITU-T E.212.
        operator_name (str | Unset): The name of the network operator.
        client_id (str | Unset): The client that sent the message.
        client_reference (str | Unset): The client's reference of the message.
        sender_name (str | Unset): The name that the sender is registered by.
        cost (float | Unset): What the message cost; no page names the currency.
        organisation_id (UUID | Unset): The organisation that the message was sent for.
        delivery_status (str | Unset): Where a message is on its way. The vendor may add values, so any string is
            allowed; a value that is not known is not final.
        message_content (str | Unset): The text of the message.
    """

    id: int | Unset = UNSET
    uuid: UUID | Unset = UNSET
    message_id: str | Unset = UNSET
    bulk_reference_id: str | Unset = UNSET
    part_reference_id: str | Unset = UNSET
    network_operator_id: UUID | Unset = UNSET
    message_reference: str | Unset = UNSET
    reference_id_1: str | Unset = UNSET
    reference_id_2: str | Unset = UNSET
    service_name: str | Unset = UNSET
    service_code: str | Unset = UNSET
    service_reference: str | Unset = UNSET
    submit_id: str | Unset = UNSET
    receipt_id: str | Unset = UNSET
    destination: str | Unset = UNSET
    source_address: str | Unset = UNSET
    mobile_country_code: str | Unset = UNSET
    mobile_country: str | Unset = UNSET
    carrier_name: str | Unset = UNSET
    mobile_network_code: str | Unset = UNSET
    operator_name: str | Unset = UNSET
    client_id: str | Unset = UNSET
    client_reference: str | Unset = UNSET
    sender_name: str | Unset = UNSET
    cost: float | Unset = UNSET
    organisation_id: UUID | Unset = UNSET
    delivery_status: str | Unset = UNSET
    message_content: str | Unset = _attrs_field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        uuid: str | Unset = UNSET
        if not isinstance(self.uuid, Unset):
            uuid = str(self.uuid)

        message_id = self.message_id

        bulk_reference_id = self.bulk_reference_id

        part_reference_id = self.part_reference_id

        network_operator_id: str | Unset = UNSET
        if not isinstance(self.network_operator_id, Unset):
            network_operator_id = str(self.network_operator_id)

        message_reference = self.message_reference

        reference_id_1 = self.reference_id_1

        reference_id_2 = self.reference_id_2

        service_name = self.service_name

        service_code = self.service_code

        service_reference = self.service_reference

        submit_id = self.submit_id

        receipt_id = self.receipt_id

        destination = self.destination

        source_address = self.source_address

        mobile_country_code = self.mobile_country_code

        mobile_country = self.mobile_country

        carrier_name = self.carrier_name

        mobile_network_code = self.mobile_network_code

        operator_name = self.operator_name

        client_id = self.client_id

        client_reference = self.client_reference

        sender_name = self.sender_name

        cost = self.cost

        organisation_id: str | Unset = UNSET
        if not isinstance(self.organisation_id, Unset):
            organisation_id = str(self.organisation_id)

        delivery_status = self.delivery_status

        message_content = self.message_content

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if id is not UNSET:
            _dict_["id"] = id
        if uuid is not UNSET:
            _dict_["uuid"] = uuid
        if message_id is not UNSET:
            _dict_["messageId"] = message_id
        if bulk_reference_id is not UNSET:
            _dict_["bulkReferenceId"] = bulk_reference_id
        if part_reference_id is not UNSET:
            _dict_["partReferenceId"] = part_reference_id
        if network_operator_id is not UNSET:
            _dict_["networkOperatorId"] = network_operator_id
        if message_reference is not UNSET:
            _dict_["messageReference"] = message_reference
        if reference_id_1 is not UNSET:
            _dict_["referenceId1"] = reference_id_1
        if reference_id_2 is not UNSET:
            _dict_["referenceId2"] = reference_id_2
        if service_name is not UNSET:
            _dict_["serviceName"] = service_name
        if service_code is not UNSET:
            _dict_["serviceCode"] = service_code
        if service_reference is not UNSET:
            _dict_["serviceReference"] = service_reference
        if submit_id is not UNSET:
            _dict_["submitId"] = submit_id
        if receipt_id is not UNSET:
            _dict_["receiptId"] = receipt_id
        if destination is not UNSET:
            _dict_["destination"] = destination
        if source_address is not UNSET:
            _dict_["sourceAddress"] = source_address
        if mobile_country_code is not UNSET:
            _dict_["mobileCountryCode"] = mobile_country_code
        if mobile_country is not UNSET:
            _dict_["mobileCountry"] = mobile_country
        if carrier_name is not UNSET:
            _dict_["carrierName"] = carrier_name
        if mobile_network_code is not UNSET:
            _dict_["mobileNetworkCode"] = mobile_network_code
        if operator_name is not UNSET:
            _dict_["operatorName"] = operator_name
        if client_id is not UNSET:
            _dict_["clientId"] = client_id
        if client_reference is not UNSET:
            _dict_["clientReference"] = client_reference
        if sender_name is not UNSET:
            _dict_["senderName"] = sender_name
        if cost is not UNSET:
            _dict_["cost"] = cost
        if organisation_id is not UNSET:
            _dict_["organisationId"] = organisation_id
        if delivery_status is not UNSET:
            _dict_["deliveryStatus"] = delivery_status
        if message_content is not UNSET:
            _dict_["messageContent"] = message_content

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _fields_ = _reading_.present(_source_)
        id = _reading_.scalar(_fields_.pop("id", UNSET), int, UNSET)

        _uuid = _fields_.pop("uuid", UNSET)
        uuid: UUID | Unset
        if isinstance(_uuid, Unset):
            uuid = UNSET
        else:
            uuid = _reading_.uuid(_uuid, UNSET)

        message_id = _reading_.scalar(_fields_.pop("messageId", UNSET), str, UNSET)

        bulk_reference_id = _reading_.scalar(_fields_.pop("bulkReferenceId", UNSET), str, UNSET)

        part_reference_id = _reading_.scalar(_fields_.pop("partReferenceId", UNSET), str, UNSET)

        _network_operator_id = _fields_.pop("networkOperatorId", UNSET)
        network_operator_id: UUID | Unset
        if isinstance(_network_operator_id, Unset):
            network_operator_id = UNSET
        else:
            network_operator_id = _reading_.uuid(_network_operator_id, UNSET)

        message_reference = _reading_.scalar(_fields_.pop("messageReference", UNSET), str, UNSET)

        reference_id_1 = _reading_.scalar(_fields_.pop("referenceId1", UNSET), str, UNSET)

        reference_id_2 = _reading_.scalar(_fields_.pop("referenceId2", UNSET), str, UNSET)

        service_name = _reading_.scalar(_fields_.pop("serviceName", UNSET), str, UNSET)

        service_code = _reading_.scalar(_fields_.pop("serviceCode", UNSET), str, UNSET)

        service_reference = _reading_.scalar(_fields_.pop("serviceReference", UNSET), str, UNSET)

        submit_id = _reading_.scalar(_fields_.pop("submitId", UNSET), str, UNSET)

        receipt_id = _reading_.scalar(_fields_.pop("receiptId", UNSET), str, UNSET)

        destination = _reading_.scalar(_fields_.pop("destination", UNSET), str, UNSET)

        source_address = _reading_.scalar(_fields_.pop("sourceAddress", UNSET), str, UNSET)

        mobile_country_code = _reading_.scalar(_fields_.pop("mobileCountryCode", UNSET), str, UNSET)

        mobile_country = _reading_.scalar(_fields_.pop("mobileCountry", UNSET), str, UNSET)

        carrier_name = _reading_.scalar(_fields_.pop("carrierName", UNSET), str, UNSET)

        mobile_network_code = _reading_.scalar(_fields_.pop("mobileNetworkCode", UNSET), str, UNSET)

        operator_name = _reading_.scalar(_fields_.pop("operatorName", UNSET), str, UNSET)

        client_id = _reading_.scalar(_fields_.pop("clientId", UNSET), str, UNSET)

        client_reference = _reading_.scalar(_fields_.pop("clientReference", UNSET), str, UNSET)

        sender_name = _reading_.scalar(_fields_.pop("senderName", UNSET), str, UNSET)

        cost = _reading_.scalar(_fields_.pop("cost", UNSET), float, UNSET)

        _organisation_id = _fields_.pop("organisationId", UNSET)
        organisation_id: UUID | Unset
        if isinstance(_organisation_id, Unset):
            organisation_id = UNSET
        else:
            organisation_id = _reading_.uuid(_organisation_id, UNSET)

        delivery_status = _reading_.scalar(_fields_.pop("deliveryStatus", UNSET), str, UNSET)

        message_content = _reading_.scalar(_fields_.pop("messageContent", UNSET), str, UNSET)

        _model_ = _cls_(
            id=id,
            uuid=uuid,
            message_id=message_id,
            bulk_reference_id=bulk_reference_id,
            part_reference_id=part_reference_id,
            network_operator_id=network_operator_id,
            message_reference=message_reference,
            reference_id_1=reference_id_1,
            reference_id_2=reference_id_2,
            service_name=service_name,
            service_code=service_code,
            service_reference=service_reference,
            submit_id=submit_id,
            receipt_id=receipt_id,
            destination=destination,
            source_address=source_address,
            mobile_country_code=mobile_country_code,
            mobile_country=mobile_country,
            carrier_name=carrier_name,
            mobile_network_code=mobile_network_code,
            operator_name=operator_name,
            client_id=client_id,
            client_reference=client_reference,
            sender_name=sender_name,
            cost=cost,
            organisation_id=organisation_id,
            delivery_status=delivery_status,
            message_content=message_content,
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
