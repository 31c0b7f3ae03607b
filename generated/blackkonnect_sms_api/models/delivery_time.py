# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="DeliveryTime")


_known_ = frozenset(
    (
        "hour",
        "minute",
    )
)


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

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.hour) is not UNSET:
            _dict_["hour"] = _value_
        if (_value_ := self.minute) is not UNSET:
            _dict_["minute"] = _value_

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        hour = _get_("hour")
        if type(hour) is not int:
            if hour is None:
                hour = UNSET
                _absent_ += 1
            else:
                hour = _reading_.scalar(hour, int)

        minute = _get_("minute")
        if type(minute) is not int:
            if minute is None:
                minute = UNSET
                _absent_ += 1
            else:
                minute = _reading_.scalar(minute, int)

        if _cls_ is DeliveryTime:
            _model_ = _reading_.new(_cls_)
            _model_.hour = hour
            _model_.minute = minute
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                hour=hour,
                minute=minute,
            )

        if len(_source_) + _absent_ != 2:
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
