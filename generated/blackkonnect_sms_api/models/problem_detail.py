# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.problem_error import ProblemError


T = TypeVar("T", bound="ProblemDetail")


@_attrs_define
class ProblemDetail:
    """What went wrong, as problem details of RFC 9457.

    Attributes:
        type_ (str | Unset): What kind of problem it is, by RFC 9457, section 3.1.1.
        title (str | Unset): The kind of problem in words, by RFC 9457, section 3.1.3.
        status (int | Unset): The HTTP status of the answer, by RFC 9457, section 3.1.2.
        detail (str | Unset): What is wrong this time, by RFC 9457, section 3.1.4.
        instance (str | Unset): Which occurrence of the problem this is, by RFC 9457, section 3.1.5.
        errors (list[ProblemError] | Unset): The places where the request breaks a rule, as RFC 9457, section 3, shows
            in its example.
    """

    type_: str | Unset = UNSET
    title: str | Unset = UNSET
    status: int | Unset = UNSET
    detail: str | Unset = UNSET
    instance: str | Unset = UNSET
    errors: list[ProblemError] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        title = self.title

        status = self.status

        detail = self.detail

        instance = self.instance

        errors: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.errors, Unset):
            errors = []
            for errors_item_data in self.errors:
                errors_item = errors_item_data.to_dict()
                errors.append(errors_item)

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if type_ is not UNSET:
            _dict_["type"] = type_
        if title is not UNSET:
            _dict_["title"] = title
        if status is not UNSET:
            _dict_["status"] = status
        if detail is not UNSET:
            _dict_["detail"] = detail
        if instance is not UNSET:
            _dict_["instance"] = instance
        if errors is not UNSET:
            _dict_["errors"] = errors

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        from ..models.problem_error import ProblemError  # noqa: PLC0415

        _fields_ = _reading_.present(_source_)
        type_ = _reading_.scalar(_fields_.pop("type", UNSET), str, UNSET)

        title = _reading_.scalar(_fields_.pop("title", UNSET), str, UNSET)

        status = _reading_.scalar(_fields_.pop("status", UNSET), int, UNSET)

        detail = _reading_.scalar(_fields_.pop("detail", UNSET), str, UNSET)

        instance = _reading_.scalar(_fields_.pop("instance", UNSET), str, UNSET)

        _errors = _fields_.pop("errors", UNSET)
        errors: list[ProblemError] | Unset = UNSET
        if _errors is not UNSET:
            errors = []
            for errors_item_data in _reading_.items(_errors):
                errors_item = ProblemError.from_dict(errors_item_data)

                errors.append(errors_item)

        _model_ = _cls_(
            type_=type_,
            title=title,
            status=status,
            detail=detail,
            instance=instance,
            errors=errors,
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
