# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

T = TypeVar("T", bound="ProblemError")


@_attrs_define
class ProblemError:
    """One place where the request breaks a rule.

    Attributes:
        detail (str | Unset): What is wrong there, and what would be right.
        pointer (str | Unset): The place in the body, as a JSON Pointer in a URI fragment (RFC 6901, section 6).
        parameter (str | Unset): The name of the query, path or header parameter, where the place is not in the body.
    """

    detail: str | Unset = UNSET
    pointer: str | Unset = UNSET
    parameter: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        detail = self.detail

        pointer = self.pointer

        parameter = self.parameter

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if detail is not UNSET:
            _dict_["detail"] = detail
        if pointer is not UNSET:
            _dict_["pointer"] = pointer
        if parameter is not UNSET:
            _dict_["parameter"] = parameter

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _fields_ = _reading_.present(_source_)
        detail = _reading_.scalar(_fields_.pop("detail", UNSET), str, UNSET)

        pointer = _reading_.scalar(_fields_.pop("pointer", UNSET), str, UNSET)

        parameter = _reading_.scalar(_fields_.pop("parameter", UNSET), str, UNSET)

        _model_ = _cls_(
            detail=detail,
            pointer=pointer,
            parameter=parameter,
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
