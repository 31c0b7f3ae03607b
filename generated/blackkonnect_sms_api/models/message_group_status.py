# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="MessageGroupStatus")


_known_ = frozenset(
    (
        "statusGroupName",
        "deliveryStatus",
        "statusDescription",
        "action",
    )
)


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

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.status_group_name) is not UNSET:
            _dict_["statusGroupName"] = _value_
        if (_value_ := self.delivery_status) is not UNSET:
            _dict_["deliveryStatus"] = _value_
        if (_value_ := self.status_description) is not UNSET:
            _dict_["statusDescription"] = _value_
        if (_value_ := self.action) is not UNSET:
            _dict_["action"] = _value_

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        status_group_name = _get_("statusGroupName")
        if type(status_group_name) is not str:
            if status_group_name is None:
                status_group_name = UNSET
                _absent_ += 1
            else:
                status_group_name = _reading_.scalar(status_group_name, str)

        delivery_status = _get_("deliveryStatus")
        if type(delivery_status) is not str:
            if delivery_status is None:
                delivery_status = UNSET
                _absent_ += 1
            else:
                delivery_status = _reading_.scalar(delivery_status, str)

        status_description = _get_("statusDescription")
        if type(status_description) is not str:
            if status_description is None:
                status_description = UNSET
                _absent_ += 1
            else:
                status_description = _reading_.scalar(status_description, str)

        action = _get_("action")
        if type(action) is not str:
            if action is None:
                action = UNSET
                _absent_ += 1
            else:
                action = _reading_.scalar(action, str)

        if _cls_ is MessageGroupStatus:
            _model_ = _reading_.new(_cls_)
            _model_.status_group_name = status_group_name
            _model_.delivery_status = delivery_status
            _model_.status_description = status_description
            _model_.action = action
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                status_group_name=status_group_name,
                delivery_status=delivery_status,
                status_description=status_description,
                action=action,
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
