# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="ProblemError")


_known_ = frozenset(
    (
        "detail",
        "pointer",
        "parameter",
    )
)


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

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.detail) is not UNSET:
            _dict_["detail"] = _value_
        if (_value_ := self.pointer) is not UNSET:
            _dict_["pointer"] = _value_
        if (_value_ := self.parameter) is not UNSET:
            _dict_["parameter"] = _value_

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        detail = _get_("detail")
        if type(detail) is not str:
            if detail is None:
                detail = UNSET
                _absent_ += 1
            else:
                detail = _reading_.scalar(detail, str)

        pointer = _get_("pointer")
        if type(pointer) is not str:
            if pointer is None:
                pointer = UNSET
                _absent_ += 1
            else:
                pointer = _reading_.scalar(pointer, str)

        parameter = _get_("parameter")
        if type(parameter) is not str:
            if parameter is None:
                parameter = UNSET
                _absent_ += 1
            else:
                parameter = _reading_.scalar(parameter, str)

        if _cls_ is ProblemError:
            _model_ = _reading_.new(_cls_)
            _model_.detail = detail
            _model_.pointer = pointer
            _model_.parameter = parameter
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                detail=detail,
                pointer=pointer,
                parameter=parameter,
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
