# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="ProblemDetail")


_known_ = frozenset(
    (
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "errors",
    )
)


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

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.type_) is not UNSET:
            _dict_["type"] = _value_
        if (_value_ := self.title) is not UNSET:
            _dict_["title"] = _value_
        if (_value_ := self.status) is not UNSET:
            _dict_["status"] = _value_
        if (_value_ := self.detail) is not UNSET:
            _dict_["detail"] = _value_
        if (_value_ := self.instance) is not UNSET:
            _dict_["instance"] = _value_

        if self.errors is not UNSET:
            _dict_["errors"] = _list_ = []
            if _deep_:
                for _item_ in self.errors:
                    _list_.append(_item_.to_dict())
            else:
                _list_ += self.errors

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        type_ = _get_("type")
        if type(type_) is not str:
            if type_ is None:
                type_ = UNSET
                _absent_ += 1
            else:
                type_ = _reading_.scalar(type_, str)

        title = _get_("title")
        if type(title) is not str:
            if title is None:
                title = UNSET
                _absent_ += 1
            else:
                title = _reading_.scalar(title, str)

        status = _get_("status")
        if type(status) is not int:
            if status is None:
                status = UNSET
                _absent_ += 1
            else:
                status = _reading_.scalar(status, int)

        detail = _get_("detail")
        if type(detail) is not str:
            if detail is None:
                detail = UNSET
                _absent_ += 1
            else:
                detail = _reading_.scalar(detail, str)

        instance = _get_("instance")
        if type(instance) is not str:
            if instance is None:
                instance = UNSET
                _absent_ += 1
            else:
                instance = _reading_.scalar(instance, str)

        _errors = _get_("errors")
        errors: list[ProblemError] | Unset = UNSET
        if _errors is None:
            _absent_ += 1
        else:
            errors = [
                _read_(_item_)
                for _read_ in [ProblemError.from_dict]
                for _item_ in _reading_.array(_errors)
                if _item_ is not None
            ]

        if _cls_ is ProblemDetail:
            _model_ = _reading_.new(_cls_)
            _model_.type_ = type_
            _model_.title = title
            _model_.status = status
            _model_.detail = detail
            _model_.instance = instance
            _model_.errors = errors
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                type_=type_,
                title=title,
                status=status,
                detail=detail,
                instance=instance,
                errors=errors,
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


from ..models.problem_error import ProblemError
