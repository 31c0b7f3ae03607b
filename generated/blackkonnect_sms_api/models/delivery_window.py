# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.delivery_time import DeliveryTime


T = TypeVar("T", bound="DeliveryWindow")


@_attrs_define
class DeliveryWindow:
    """The days, and the part of those days in UTC, in which the message may be delivered.

    Attributes:
        days (list[str] | Unset): The days of the week on which the message may be delivered.
        from_ (DeliveryTime | Unset): A time of the day, in UTC.
        to (DeliveryTime | Unset): A time of the day, in UTC.
    """

    days: list[str] | Unset = UNSET
    from_: DeliveryTime | Unset = UNSET
    to: DeliveryTime | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        days: list[str] | Unset = UNSET
        if not isinstance(self.days, Unset):
            days = self.days

        from_: dict[str, Any] | Unset = UNSET
        if not isinstance(self.from_, Unset):
            from_ = self.from_.to_dict()

        to: dict[str, Any] | Unset = UNSET
        if not isinstance(self.to, Unset):
            to = self.to.to_dict()

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if days is not UNSET:
            _dict_["days"] = days
        if from_ is not UNSET:
            _dict_["from"] = from_
        if to is not UNSET:
            _dict_["to"] = to

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        from ..models.delivery_time import DeliveryTime  # noqa: PLC0415

        _fields_ = _reading_.present(_source_)
        _days = _fields_.pop("days", UNSET)
        days: list[str] | Unset = UNSET
        if _days is not UNSET:
            days = [_reading_.scalar(_item_, str) for _item_ in _reading_.items(_days)]

        _from_ = _fields_.pop("from", UNSET)
        from_: DeliveryTime | Unset
        if isinstance(_from_, Unset):
            from_ = UNSET
        else:
            from_ = DeliveryTime.from_dict(_from_)

        _to = _fields_.pop("to", UNSET)
        to: DeliveryTime | Unset
        if isinstance(_to, Unset):
            to = UNSET
        else:
            to = DeliveryTime.from_dict(_to)

        _model_ = _cls_(
            days=days,
            from_=from_,
            to=to,
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
