"""Times of RFC 3339."""

from datetime import UTC, datetime

import pytest
from blackkonnect_emulator.timestamps import milliseconds, rfc3339
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01t00:00:00.5z", 500),
        ("1970-01-01T00:00:00.123999Z", 123),
        ("1970-01-01T01:00:00+01:00", 0),
        ("1969-12-31T23:59:59-00:00", -1000),
        ("2016-12-31T23:59:60Z", 1483228800000),
        ("2000-02-29T00:00:00Z", 951782400000),
        ("0000-01-01T00:00:00Z", -62167219200000),
        ("9999-12-31T23:59:59-23:59", 253402300799000 + (23 * 60 + 59) * 60000),
    ],
)
def test_reading(text: str, wanted: int) -> None:
    assert milliseconds(text) == wanted


@pytest.mark.parametrize(
    "text", ["", "2026-03-02", "2026-03-02 08:00:00Z", "\N{FULLWIDTH DIGIT TWO}026-03-02T08:00:00Z"]
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="RFC 3339"):
        milliseconds(text)


@settings(derandomize=True)
@given(st.datetimes(timezones=st.just(UTC)))
def test_reads_what_datetime_writes(moment: datetime) -> None:
    wanted = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // (datetime.resolution * 1000)
    assert milliseconds(moment.isoformat()) == wanted


@settings(derandomize=True)
@given(st.integers(-(10**15), 10**15))
def test_writes_what_it_reads(time: int) -> None:
    written = rfc3339(time)
    assert written.endswith("Z")
    assert len(written) == 24
    if -62_135_596_800_000 <= time <= 253_402_300_799_999:
        assert milliseconds(written) == time
