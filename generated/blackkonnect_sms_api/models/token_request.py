# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

T = TypeVar("T", bound="TokenRequest")


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

    def to_dict(self) -> dict[str, Any]:
        grant_type = self.grant_type

        client_id = self.client_id

        client_secret = self.client_secret

        scope = self.scope

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if grant_type is not UNSET:
            _dict_["grant_type"] = grant_type
        if client_id is not UNSET:
            _dict_["client_id"] = client_id
        if client_secret is not UNSET:
            _dict_["client_secret"] = client_secret
        if scope is not UNSET:
            _dict_["scope"] = scope

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _fields_ = _reading_.present(_source_)
        grant_type = _reading_.scalar(_fields_.pop("grant_type", UNSET), str, UNSET)

        client_id = _reading_.scalar(_fields_.pop("client_id", UNSET), str, UNSET)

        client_secret = _reading_.scalar(_fields_.pop("client_secret", UNSET), str, UNSET)

        scope = _reading_.scalar(_fields_.pop("scope", UNSET), str, UNSET)

        _model_ = _cls_(
            grant_type=grant_type,
            client_id=client_id,
            client_secret=client_secret,
            scope=scope,
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
