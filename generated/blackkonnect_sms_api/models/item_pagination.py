# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from .. import reading as _reading_
from ..records import define as _attrs_define
from ..records import field as _attrs_field
from ..types import UNSET, Unset

T = TypeVar("T", bound="ItemPagination")


_known_ = frozenset(
    (
        "totalElements",
        "pageSize",
        "totalPages",
        "pageNumber",
        "offSet",
    )
)


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

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:
        _dict_: dict[str, Any] = {}
        if self.additional_properties:
            _dict_.update(self.additional_properties)
        if (_value_ := self.total_elements) is not UNSET:
            _dict_["totalElements"] = _value_
        if (_value_ := self.page_size) is not UNSET:
            _dict_["pageSize"] = _value_
        if (_value_ := self.total_pages) is not UNSET:
            _dict_["totalPages"] = _value_
        if (_value_ := self.page_number) is not UNSET:
            _dict_["pageNumber"] = _value_
        if (_value_ := self.off_set) is not UNSET:
            _dict_["offSet"] = _value_

        return _dict_

    @classmethod
    def from_dict(_cls_: type[T], _source_: Mapping[str, Any]) -> T:
        _get_ = _source_.get
        _absent_ = 0
        total_elements = _get_("totalElements")
        if type(total_elements) is not int:
            if total_elements is None:
                total_elements = UNSET
                _absent_ += 1
            else:
                total_elements = _reading_.scalar(total_elements, int)

        page_size = _get_("pageSize")
        if type(page_size) is not int:
            if page_size is None:
                page_size = UNSET
                _absent_ += 1
            else:
                page_size = _reading_.scalar(page_size, int)

        total_pages = _get_("totalPages")
        if type(total_pages) is not int:
            if total_pages is None:
                total_pages = UNSET
                _absent_ += 1
            else:
                total_pages = _reading_.scalar(total_pages, int)

        page_number = _get_("pageNumber")
        if type(page_number) is not int:
            if page_number is None:
                page_number = UNSET
                _absent_ += 1
            else:
                page_number = _reading_.scalar(page_number, int)

        off_set = _get_("offSet")
        if type(off_set) is not int:
            if off_set is None:
                off_set = UNSET
                _absent_ += 1
            else:
                off_set = _reading_.scalar(off_set, int)

        if _cls_ is ItemPagination:
            _model_ = _reading_.new(_cls_)
            _model_.total_elements = total_elements
            _model_.page_size = page_size
            _model_.total_pages = total_pages
            _model_.page_number = page_number
            _model_.off_set = off_set
            _model_.additional_properties = {}
        else:
            _model_ = _cls_(
                total_elements=total_elements,
                page_size=page_size,
                total_pages=total_pages,
                page_number=page_number,
                off_set=off_set,
            )

        if len(_source_) + _absent_ != 5:
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
