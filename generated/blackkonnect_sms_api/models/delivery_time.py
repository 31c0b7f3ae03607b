# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

T = TypeVar("T", bound="DeliveryTime")


@_attrs_define
class DeliveryTime:
    """A time of the day, in UTC.

    Attributes:
        hour (int | Unset): The hour of the day, from 0.
        minute (int | Unset): The minute of the hour, from 0.
    """

    hour: int | Unset = UNSET
    minute: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        hour = self.hour

        minute = self.minute

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if hour is not UNSET:
            _dict_["hour"] = hour
        if minute is not UNSET:
            _dict_["minute"] = minute

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _fields_ = _reading_.present(_source_)
        hour = _reading_.scalar(_fields_.pop("hour", UNSET), int, UNSET)

        minute = _reading_.scalar(_fields_.pop("minute", UNSET), int, UNSET)

        _model_ = _cls_(
            hour=hour,
            minute=minute,
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
