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


T = TypeVar("T", bound="NetworkOperatorMessageDeliveryDTO")


_known_ = frozenset(
    (
        "id",
        "uuid",
        "messageId",
        "bulkReferenceId",
        "partReferenceId",
        "networkOperatorId",
        "messageReference",
        "referenceId1",
        "referenceId2",
        "serviceName",
        "serviceCode",
        "serviceReference",
        "submitId",
        "receiptId",
        "destination",
        "sourceAddress",
        "mobileCountryCode",
        "mobileCountry",
        "carrierName",
        "mobileNetworkCode",
        "operatorName",
        "clientId",
        "clientReference",
        "senderName",
        "cost",
        "organisationId",
        "deliveryStatus",
        "messageContent",
    )
)


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

    _LATER_: ClassVar = {
        "uuid": _reading_.uuid,
        "network_operator_id": _reading_.uuid,
        "organisation_id": _reading_.uuid,
        "additional_properties": _reading_.nothing_unknown,
    }

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.id) is not UNSET:
            _dict_["id"] = _value_
        if self.uuid is not UNSET:
            _dict_["uuid"] = str(self.uuid)
        if (_value_ := self.message_id) is not UNSET:
            _dict_["messageId"] = _value_
        if (_value_ := self.bulk_reference_id) is not UNSET:
            _dict_["bulkReferenceId"] = _value_
        if (_value_ := self.part_reference_id) is not UNSET:
            _dict_["partReferenceId"] = _value_
        if self.network_operator_id is not UNSET:
            _dict_["networkOperatorId"] = str(self.network_operator_id)
        if (_value_ := self.message_reference) is not UNSET:
            _dict_["messageReference"] = _value_
        if (_value_ := self.reference_id_1) is not UNSET:
            _dict_["referenceId1"] = _value_
        if (_value_ := self.reference_id_2) is not UNSET:
            _dict_["referenceId2"] = _value_
        if (_value_ := self.service_name) is not UNSET:
            _dict_["serviceName"] = _value_
        if (_value_ := self.service_code) is not UNSET:
            _dict_["serviceCode"] = _value_
        if (_value_ := self.service_reference) is not UNSET:
            _dict_["serviceReference"] = _value_
        if (_value_ := self.submit_id) is not UNSET:
            _dict_["submitId"] = _value_
        if (_value_ := self.receipt_id) is not UNSET:
            _dict_["receiptId"] = _value_
        if (_value_ := self.destination) is not UNSET:
            _dict_["destination"] = _value_
        if (_value_ := self.source_address) is not UNSET:
            _dict_["sourceAddress"] = _value_
        if (_value_ := self.mobile_country_code) is not UNSET:
            _dict_["mobileCountryCode"] = _value_
        if (_value_ := self.mobile_country) is not UNSET:
            _dict_["mobileCountry"] = _value_
        if (_value_ := self.carrier_name) is not UNSET:
            _dict_["carrierName"] = _value_
        if (_value_ := self.mobile_network_code) is not UNSET:
            _dict_["mobileNetworkCode"] = _value_
        if (_value_ := self.operator_name) is not UNSET:
            _dict_["operatorName"] = _value_
        if (_value_ := self.client_id) is not UNSET:
            _dict_["clientId"] = _value_
        if (_value_ := self.client_reference) is not UNSET:
            _dict_["clientReference"] = _value_
        if (_value_ := self.sender_name) is not UNSET:
            _dict_["senderName"] = _value_
        if (_value_ := self.cost) is not UNSET:
            _dict_["cost"] = _value_
        if self.organisation_id is not UNSET:
            _dict_["organisationId"] = str(self.organisation_id)
        if (_value_ := self.delivery_status) is not UNSET:
            _dict_["deliveryStatus"] = _value_
        if (_value_ := self.message_content) is not UNSET:
            _dict_["messageContent"] = _value_

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        id = _get_("id")
        if type(id) is not int:
            if id is None:
                id = UNSET
                _absent_ += 1
            else:
                id = _reading_.scalar(id, int)

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

        _network_operator_id = _get_("networkOperatorId")
        if _network_operator_id is None:
            _absent_ += 1

        message_reference = _get_("messageReference")
        if type(message_reference) is not str:
            if message_reference is None:
                message_reference = UNSET
                _absent_ += 1
            else:
                message_reference = _reading_.scalar(message_reference, str)

        reference_id_1 = _get_("referenceId1")
        if type(reference_id_1) is not str:
            if reference_id_1 is None:
                reference_id_1 = UNSET
                _absent_ += 1
            else:
                reference_id_1 = _reading_.scalar(reference_id_1, str)

        reference_id_2 = _get_("referenceId2")
        if type(reference_id_2) is not str:
            if reference_id_2 is None:
                reference_id_2 = UNSET
                _absent_ += 1
            else:
                reference_id_2 = _reading_.scalar(reference_id_2, str)

        service_name = _get_("serviceName")
        if type(service_name) is not str:
            if service_name is None:
                service_name = UNSET
                _absent_ += 1
            else:
                service_name = _reading_.scalar(service_name, str)

        service_code = _get_("serviceCode")
        if type(service_code) is not str:
            if service_code is None:
                service_code = UNSET
                _absent_ += 1
            else:
                service_code = _reading_.scalar(service_code, str)

        service_reference = _get_("serviceReference")
        if type(service_reference) is not str:
            if service_reference is None:
                service_reference = UNSET
                _absent_ += 1
            else:
                service_reference = _reading_.scalar(service_reference, str)

        submit_id = _get_("submitId")
        if type(submit_id) is not str:
            if submit_id is None:
                submit_id = UNSET
                _absent_ += 1
            else:
                submit_id = _reading_.scalar(submit_id, str)

        receipt_id = _get_("receiptId")
        if type(receipt_id) is not str:
            if receipt_id is None:
                receipt_id = UNSET
                _absent_ += 1
            else:
                receipt_id = _reading_.scalar(receipt_id, str)

        destination = _get_("destination")
        if type(destination) is not str:
            if destination is None:
                destination = UNSET
                _absent_ += 1
            else:
                destination = _reading_.scalar(destination, str)

        source_address = _get_("sourceAddress")
        if type(source_address) is not str:
            if source_address is None:
                source_address = UNSET
                _absent_ += 1
            else:
                source_address = _reading_.scalar(source_address, str)

        mobile_country_code = _get_("mobileCountryCode")
        if type(mobile_country_code) is not str:
            if mobile_country_code is None:
                mobile_country_code = UNSET
                _absent_ += 1
            else:
                mobile_country_code = _reading_.scalar(mobile_country_code, str)

        mobile_country = _get_("mobileCountry")
        if type(mobile_country) is not str:
            if mobile_country is None:
                mobile_country = UNSET
                _absent_ += 1
            else:
                mobile_country = _reading_.scalar(mobile_country, str)

        carrier_name = _get_("carrierName")
        if type(carrier_name) is not str:
            if carrier_name is None:
                carrier_name = UNSET
                _absent_ += 1
            else:
                carrier_name = _reading_.scalar(carrier_name, str)

        mobile_network_code = _get_("mobileNetworkCode")
        if type(mobile_network_code) is not str:
            if mobile_network_code is None:
                mobile_network_code = UNSET
                _absent_ += 1
            else:
                mobile_network_code = _reading_.scalar(mobile_network_code, str)

        operator_name = _get_("operatorName")
        if type(operator_name) is not str:
            if operator_name is None:
                operator_name = UNSET
                _absent_ += 1
            else:
                operator_name = _reading_.scalar(operator_name, str)

        client_id = _get_("clientId")
        if type(client_id) is not str:
            if client_id is None:
                client_id = UNSET
                _absent_ += 1
            else:
                client_id = _reading_.scalar(client_id, str)

        client_reference = _get_("clientReference")
        if type(client_reference) is not str:
            if client_reference is None:
                client_reference = UNSET
                _absent_ += 1
            else:
                client_reference = _reading_.scalar(client_reference, str)

        sender_name = _get_("senderName")
        if type(sender_name) is not str:
            if sender_name is None:
                sender_name = UNSET
                _absent_ += 1
            else:
                sender_name = _reading_.scalar(sender_name, str)

        cost = _get_("cost")
        if type(cost) is not float:
            if cost is None:
                cost = UNSET
                _absent_ += 1
            else:
                cost = _reading_.scalar(cost, float)

        _organisation_id = _get_("organisationId")
        if _organisation_id is None:
            _absent_ += 1

        delivery_status = _get_("deliveryStatus")
        if type(delivery_status) is not str:
            if delivery_status is None:
                delivery_status = UNSET
                _absent_ += 1
            else:
                delivery_status = _reading_.scalar(delivery_status, str)

        message_content = _get_("messageContent")
        if type(message_content) is not str:
            if message_content is None:
                message_content = UNSET
                _absent_ += 1
            else:
                message_content = _reading_.scalar(message_content, str)

        if _cls_ is NetworkOperatorMessageDeliveryDTO:
            _model_ = _reading_.new(_cls_)
            _model_.id = id
            _model_._uuid_ = _uuid
            _model_.message_id = message_id
            _model_.bulk_reference_id = bulk_reference_id
            _model_.part_reference_id = part_reference_id
            _model_._network_operator_id_ = _network_operator_id
            _model_.message_reference = message_reference
            _model_.reference_id_1 = reference_id_1
            _model_.reference_id_2 = reference_id_2
            _model_.service_name = service_name
            _model_.service_code = service_code
            _model_.service_reference = service_reference
            _model_.submit_id = submit_id
            _model_.receipt_id = receipt_id
            _model_.destination = destination
            _model_.source_address = source_address
            _model_.mobile_country_code = mobile_country_code
            _model_.mobile_country = mobile_country
            _model_.carrier_name = carrier_name
            _model_.mobile_network_code = mobile_network_code
            _model_.operator_name = operator_name
            _model_.client_id = client_id
            _model_.client_reference = client_reference
            _model_.sender_name = sender_name
            _model_.cost = cost
            _model_._organisation_id_ = _organisation_id
            _model_.delivery_status = delivery_status
            _model_.message_content = message_content
            _model_._additional_properties_ = None
        else:
            _model_ = _cls_(
                id=id,
                uuid=_reading_.uuid(_uuid, UNSET),
                message_id=message_id,
                bulk_reference_id=bulk_reference_id,
                part_reference_id=part_reference_id,
                network_operator_id=_reading_.uuid(_network_operator_id, UNSET),
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
                organisation_id=_reading_.uuid(_organisation_id, UNSET),
                delivery_status=delivery_status,
                message_content=message_content,
            )

        if len(_source_) + _absent_ != 28:
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
