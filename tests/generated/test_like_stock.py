"""The mended models read and write what the generator's own do, on whatever the document allows."""

from __future__ import annotations

import contextlib
import copy
import importlib
import json
import pickle
import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

import attrs
import blackkonnect_sms_api.models
import pytest
from blackkonnect_sms_api import reading, writing
from blackkonnect_sms_api.models import GatewayMessageDeliveryStatus
from blackkonnect_sms_api.types import UNSET
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openapi_python_client import generate as generate_client
from openapi_python_client.config import Config, ConfigFile, MetaType

from openapi import generate, strict_yaml
from tests.openapi import strategies

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = strict_yaml.read(generate.DOCUMENT)
NAMES = [name for name in blackkonnect_sms_api.models.__all__ if name in DOCUMENT["components"]["schemas"]]


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The models that the generator makes with its own templates."""
    folder: Path = tmp_path_factory.mktemp("stock")
    source = folder / "document.json"
    source.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    file = ConfigFile(package_name_override="stock_of_models", post_hooks=[])
    package = folder / "stock_of_models"
    generate_client(
        config=Config.from_sources(file, MetaType.NONE, source, "utf-8", overwrite=False, output_path=package)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield importlib.import_module("stock_of_models.models")


def without_nulls(value: Any) -> Any:
    """Leave out what stock models do not cope with, and ours read as absent."""
    if isinstance(value, dict):
        return {name: without_nulls(one) for name, one in value.items() if one is not None}
    return [without_nulls(one) for one in value if one is not None] if isinstance(value, list) else value


@pytest.mark.parametrize("name", NAMES)
def test_a_model_reads_and_writes_as_a_stock_one(name: str, stock: Any) -> None:
    ours, theirs = getattr(blackkonnect_sms_api.models, name), getattr(stock, name)

    @settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
    @given(strategies.values(DOCUMENT, f"/components/schemas/{name}"))
    def check(value: dict[str, Any]) -> None:
        value = without_nulls(value)
        before = copy.deepcopy(value)
        read, other = ours.from_dict(value), theirs.from_dict(value)
        assert value == before
        assert json.dumps(read.to_dict()) == json.dumps(other.to_dict())
        assert ours.from_dict(read.to_dict()) == read
        assert pickle.loads(pickle.dumps(ours.from_dict(value))) == copy.deepcopy(ours.from_dict(value)) == read
        with contextlib.suppress(ValueError):
            assert writing.body(read.to_dict(False)) == writing.body(read.to_dict())
        assert repr(read).partition("(")[0] == repr(other).partition("(")[0]

    check()


@pytest.mark.parametrize("name", NAMES)
def test_a_model_has_the_shape_of_a_stock_one(name: str, stock: Any) -> None:
    ours: Any = getattr(blackkonnect_sms_api.models, name)
    theirs: Any = getattr(stock, name)
    assert attrs.has(getattr(blackkonnect_sms_api.models, name))
    fields = [(one.name, one.type, one.init, one.alias, one.eq) for one in attrs.fields(ours)]
    assert fields == [(one.name, one.type, one.init, one.alias, one.eq) for one in attrs.fields(theirs)]
    kept = {re.sub("^_([a-z].*?)(_value)?_$", r"\1", one) for one in ours.__slots__}
    assert kept == set(theirs.__slots__)
    assert ours.__match_args__ == theirs.__match_args__
    assert ours.__hash__ is None
    assert attrs.evolve(ours()) == ours()
    assert attrs.asdict(ours()).keys() == attrs.asdict(theirs()).keys()


def test_a_field_that_is_read_when_asked_for_is_like_any_other() -> None:
    number = "00000000-0000-4000-8000-000000000001"

    def read(**fields: Any) -> GatewayMessageDeliveryStatus:
        return GatewayMessageDeliveryStatus.from_dict({"messageId": "m", **fields})

    assert read(uuid=number).uuid == UUID(number)
    assert (kept := read(uuid=number)).uuid is kept.uuid
    assert read(uuid="no UUID").uuid is UNSET is read().uuid
    assert read(uuid=[number]).to_dict() == {"messageId": "m"}

    written = read(uuid=number)
    written.uuid = UUID(int=2)
    assert written.uuid == UUID(int=2)
    assert written != read(uuid=number)
    del written.uuid
    with pytest.raises(AttributeError):
        _ = written.uuid
    gone = read(uuid=number)
    del gone.uuid
    with pytest.raises(AttributeError):
        _ = gone.uuid

    more = read(price=1)
    assert more.additional_properties == {"price": 1}
    plain = read()
    plain["price"] = 1
    assert plain == more
    assert read().additional_properties is not read().additional_properties

    class Derived(GatewayMessageDeliveryStatus):
        pass

    assert Derived.from_dict({"uuid": number}).uuid == UUID(number)


UUID_SIGNS = "0123456789abcdefABCDEF-- _+x{}\u0661"


@given(st.text(UUID_SIGNS, min_size=30, max_size=38) | st.uuids().map(str) | st.integers() | st.binary())
@example("00000000-0000-4000-8000-0000000000 1")
@example("00000000 0000-4000-8000-00000000000 ")
@example("00000000-0000-4000-8000-00000000_001")
@example("  00000000-0000-4000-8000-0000000000")
@example("00000000-0000-4000-8000-000000000000  ")
@example("0000000000000000000000000000000000--")
@example("00000000000000000000000000000000----")
def test_a_uuid_is_read_as_uuid_itself_reads_it(source: Any) -> None:
    try:
        expected = UUID(source)
    except (AttributeError, TypeError, ValueError):
        expected = None
    found = reading.uuid(source, UNSET)
    assert (None if found is UNSET else found) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_orjson_writes_and_reads_as_json_does(value: Any) -> None:
    def tried(call: Any, *arguments: Any) -> Any:
        try:
            return call(*arguments)
        except ValueError:
            return ValueError

    found = []
    with pytest.MonkeyPatch.context() as patch:
        for _ in range(2):
            content = tried(writing.body, value)
            read = content if content is ValueError else tried(reading.body, content)
            found.append(repr(read))
            patch.setattr(writing, "_dumps", None)
            patch.setattr(reading, "_loads", None)
    assert found[0] == found[1]
