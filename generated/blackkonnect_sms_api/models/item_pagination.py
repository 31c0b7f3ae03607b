# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading as _reading_
from ..types import UNSET, Unset

T = TypeVar("T", bound="ItemPagination")


@_attrs_define
class ItemPagination:
    """Which page of the items this is.

    Attributes:
        total_elements (int | Unset): How many items there are in all.
        page_size (int | Unset): How many items a page holds.
        total_pages (int | Unset): How many pages there are.
        page_number (int | Unset): The number of this page, counted from 0.
        off_set (int | Unset): How many items come before this page.
    """

    total_elements: int | Unset = UNSET
    page_size: int | Unset = UNSET
    total_pages: int | Unset = UNSET
    page_number: int | Unset = UNSET
    off_set: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        total_elements = self.total_elements

        page_size = self.page_size

        total_pages = self.total_pages

        page_number = self.page_number

        off_set = self.off_set

        _dict_: dict[str, Any] = {}
        _dict_.update(self.additional_properties)
        _dict_.update({})
        if total_elements is not UNSET:
            _dict_["totalElements"] = total_elements
        if page_size is not UNSET:
            _dict_["pageSize"] = page_size
        if total_pages is not UNSET:
            _dict_["totalPages"] = total_pages
        if page_number is not UNSET:
            _dict_["pageNumber"] = page_number
        if off_set is not UNSET:
            _dict_["offSet"] = off_set

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _fields_ = _reading_.present(_source_)
        total_elements = _reading_.scalar(_fields_.pop("totalElements", UNSET), int, UNSET)

        page_size = _reading_.scalar(_fields_.pop("pageSize", UNSET), int, UNSET)

        total_pages = _reading_.scalar(_fields_.pop("totalPages", UNSET), int, UNSET)

        page_number = _reading_.scalar(_fields_.pop("pageNumber", UNSET), int, UNSET)

        off_set = _reading_.scalar(_fields_.pop("offSet", UNSET), int, UNSET)

        _model_ = _cls_(
            total_elements=total_elements,
            page_size=page_size,
            total_pages=total_pages,
            page_number=page_number,
            off_set=off_set,
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
