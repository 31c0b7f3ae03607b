# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="GenericRequest")


_known_ = frozenset(
    (
        "messageId",
        "referenceId1",
        "referenceId2",
        "serviceId",
        "requestId",
        "initiatorId",
    )
)


@_attrs_define
class GenericRequest:
    """What every request to send carries, whatever it sends.

    Attributes:
        message_id (str | Unset): The sender's own id of the request; of a single message it is the message's id.
        reference_id_1 (str | Unset): A reference of the sender's, handed back as it came.
        reference_id_2 (str | Unset): A second reference of the sender's, handed back as it came.
        service_id (str | Unset): The sender's service that the message belongs to.
        request_id (str | Unset): The sender's id of this request, repeated in the answer.
        initiator_id (str | Unset): Who or what started the request.
    """

    message_id: str | Unset = UNSET
    reference_id_1: str | Unset = UNSET
    reference_id_2: str | Unset = UNSET
    service_id: str | Unset = UNSET
    request_id: str | Unset = UNSET
    initiator_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.message_id) is not UNSET:
            _dict_["messageId"] = _value_
        if (_value_ := self.reference_id_1) is not UNSET:
            _dict_["referenceId1"] = _value_
        if (_value_ := self.reference_id_2) is not UNSET:
            _dict_["referenceId2"] = _value_
        if (_value_ := self.service_id) is not UNSET:
            _dict_["serviceId"] = _value_
        if (_value_ := self.request_id) is not UNSET:
            _dict_["requestId"] = _value_
        if (_value_ := self.initiator_id) is not UNSET:
            _dict_["initiatorId"] = _value_

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

        service_id = _get_("serviceId")
        if type(service_id) is not str:
            if service_id is None:
                service_id = UNSET
                _absent_ += 1
            else:
                service_id = _reading_.scalar(service_id, str)

        request_id = _get_("requestId")
        if type(request_id) is not str:
            if request_id is None:
                request_id = UNSET
                _absent_ += 1
            else:
                request_id = _reading_.scalar(request_id, str)

        initiator_id = _get_("initiatorId")
        if type(initiator_id) is not str:
            if initiator_id is None:
                initiator_id = UNSET
                _absent_ += 1
            else:
                initiator_id = _reading_.scalar(initiator_id, str)

        if _cls_ is GenericRequest:
            _model_ = _reading_.new(_cls_)
            _model_.message_id = message_id
            _model_.reference_id_1 = reference_id_1
            _model_.reference_id_2 = reference_id_2
            _model_.service_id = service_id
            _model_.request_id = request_id
            _model_.initiator_id = initiator_id
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                message_id=message_id,
                reference_id_1=reference_id_1,
                reference_id_2=reference_id_2,
                service_id=service_id,
                request_id=request_id,
                initiator_id=initiator_id,
            )

        if len(_source_) + _absent_ != 6:
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
