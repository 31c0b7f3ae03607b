# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="DeliveryWindow")


_known_ = frozenset(
    (
        "days",
        "from",
        "to",
    )
)


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

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)

        if self.days is not UNSET:
            _dict_["days"] = self.days

        if self.from_ is not UNSET:
            _dict_["from"] = self.from_.to_dict()

        if self.to is not UNSET:
            _dict_["to"] = self.to.to_dict()

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        _days = _get_("days")
        days: list[str] | Unset = UNSET
        if _days is None:
            _absent_ += 1
        else:
            days = [_reading_.scalar(_item_, str) for _item_ in _reading_.items(_days)]

        _from_ = _get_("from")
        from_: DeliveryTime | Unset
        if _from_ is None:
            from_ = UNSET
            _absent_ += 1
        else:
            from_ = DeliveryTime.from_dict(_from_)

        _to = _get_("to")
        to: DeliveryTime | Unset
        if _to is None:
            to = UNSET
            _absent_ += 1
        else:
            to = DeliveryTime.from_dict(_to)

        if _cls_ is DeliveryWindow:
            _model_ = _reading_.new(_cls_)
            _model_.days = days
            _model_.from_ = from_
            _model_.to = to
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                days=days,
                from_=from_,
                to=to,
            )

        if len(_source_) + _absent_ != 3:
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


from ..models.delivery_time import DeliveryTime
