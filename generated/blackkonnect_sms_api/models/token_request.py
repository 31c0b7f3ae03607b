# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="TokenRequest")


_known_ = frozenset(
    (
        "grant_type",
        "client_id",
        "client_secret",
        "scope",
    )
)


@_attrs_define
class TokenRequest:
    """The client credentials.

    Attributes:
        grant_type (str | Unset): The grant; for client credentials `client_credentials`, by RFC 6749, section 4.4.2.
        client_id (str | Unset): The client's id.
        client_secret (str | Unset): The client's secret.
        scope (str | Unset): The scope that the token is for, by RFC 6749, section 3.3.
    """

    grant_type: str | Unset = UNSET
    client_id: str | Unset = UNSET
    client_secret: str | Unset = _attrs_field(default=UNSET, repr=False)
    scope: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.grant_type) is not UNSET:
            _dict_["grant_type"] = _value_
        if (_value_ := self.client_id) is not UNSET:
            _dict_["client_id"] = _value_
        if (_value_ := self.client_secret) is not UNSET:
            _dict_["client_secret"] = _value_
        if (_value_ := self.scope) is not UNSET:
            _dict_["scope"] = _value_

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        grant_type = _get_("grant_type")
        if type(grant_type) is not str:
            if grant_type is None:
                grant_type = UNSET
                _absent_ += 1
            else:
                grant_type = _reading_.scalar(grant_type, str)

        client_id = _get_("client_id")
        if type(client_id) is not str:
            if client_id is None:
                client_id = UNSET
                _absent_ += 1
            else:
                client_id = _reading_.scalar(client_id, str)

        client_secret = _get_("client_secret")
        if type(client_secret) is not str:
            if client_secret is None:
                client_secret = UNSET
                _absent_ += 1
            else:
                client_secret = _reading_.scalar(client_secret, str)

        scope = _get_("scope")
        if type(scope) is not str:
            if scope is None:
                scope = UNSET
                _absent_ += 1
            else:
                scope = _reading_.scalar(scope, str)

        if _cls_ is TokenRequest:
            _model_ = _reading_.new(_cls_)
            _model_.grant_type = grant_type
            _model_.client_id = client_id
            _model_.client_secret = client_secret
            _model_.scope = scope
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                grant_type=grant_type,
                client_id=client_id,
                client_secret=client_secret,
                scope=scope,
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
