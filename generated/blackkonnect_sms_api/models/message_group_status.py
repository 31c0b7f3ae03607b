# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

T = TypeVar("T", bound="MessageGroupStatus")


@_attrs_define
class MessageGroupStatus:
    """A status with the group that it belongs to.

    Attributes:
        status_group_name (str | Unset): The group of the status.
        delivery_status (str | Unset): Where a message is on its way. The vendor may add values, so any string is
            allowed; a value that is not known is not final.
        status_description (str | Unset): The status in words.
        action (str | Unset): What the sender should do about it.
    """

    status_group_name: str | Unset = UNSET
    delivery_status: str | Unset = UNSET
    status_description: str | Unset = UNSET
    action: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        status_group_name = self.status_group_name

        delivery_status = self.delivery_status

        status_description = self.status_description

        action = self.action

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if status_group_name is not UNSET:
            _dict_["statusGroupName"] = status_group_name
        if delivery_status is not UNSET:
            _dict_["deliveryStatus"] = delivery_status
        if status_description is not UNSET:
            _dict_["statusDescription"] = status_description
        if action is not UNSET:
            _dict_["action"] = action

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _fields_ = _reading_.present(_source_)
        status_group_name = _reading_.scalar(_fields_.pop("statusGroupName", UNSET), str, UNSET)

        delivery_status = _reading_.scalar(_fields_.pop("deliveryStatus", UNSET), str, UNSET)

        status_description = _reading_.scalar(_fields_.pop("statusDescription", UNSET), str, UNSET)

        action = _reading_.scalar(_fields_.pop("action", UNSET), str, UNSET)

        _model_ = _cls_(
            status_group_name=status_group_name,
            delivery_status=delivery_status,
            status_description=status_description,
            action=action,
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
