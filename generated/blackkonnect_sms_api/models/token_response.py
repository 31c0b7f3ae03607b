# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="TokenResponse")


_known_ = frozenset(("token",))


@_attrs_define
class TokenResponse:
    """The token; its lifetime, where it has one, stands in the token's own `exp`.

    Attributes:
        token (str | Unset): A compact JWS (RFC 7515, section 3.1) to send as the bearer token.
    """

    token: str | Unset = _attrs_field(default=UNSET, repr=False)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.token) is not UNSET:
            _dict_["token"] = _value_

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        token = _get_("token")
        if type(token) is not str:
            if token is None:
                token = UNSET
                _absent_ += 1
            else:
                token = _reading_.scalar(token, str)

        if _cls_ is TokenResponse:
            _model_ = _reading_.new(_cls_)
            _model_.token = token
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                token=token,
            )

        if len(_source_) + _absent_ != 1:
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
