"""How much of an answer is taken, as tables of cases."""

from __future__ import annotations

import gzip
import zlib

import pytest
from blackkonnect_sms._limits import AnswerTooLarge, AnswerUndecodable, Intake
from hypothesis import given, settings
from hypothesis import strategies as st

LIMIT = 2048


def _all(intake: Intake, data: bytes, size: int = 100) -> bytes:
    told = b"".join(intake.take(data[at : at + size]) for at in range(0, len(data), size))
    intake.end()
    return told


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", lambda data: data),
        ("identity", lambda data: data),
        ("gzip", gzip.compress),
        ("GZip", gzip.compress),
        (" x-gzip ", gzip.compress),
        ("deflate", zlib.compress),
        ("gzip", lambda data: gzip.compress(data) + b"padding"),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 5000])
def test_what_is_taken(encoding: str, packed: object, size: int) -> None:
    data = b'{"messageId": "m-1"}' * 30
    assert _all(Intake(encoding, LIMIT), packed(data), size) == data  # type: ignore[operator]


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip;q=1", "\x00", "compress"])
def test_encodings_that_are_not_understood(encoding: str) -> None:
    with pytest.raises(AnswerUndecodable):
        Intake(encoding, LIMIT)


@pytest.mark.parametrize("packed", [b"garbage", gzip.compress(b"x" * 500, mtime=0)[:-4], b"\x1f\x8b"])
def test_what_is_not_packed_as_it_says(packed: bytes) -> None:
    with pytest.raises(AnswerUndecodable):
        _all(Intake("gzip", LIMIT), packed)


def test_an_answer_without_a_body_is_not_cut_off() -> None:
    assert _all(Intake("gzip", LIMIT), b"") == b""


@pytest.mark.parametrize(
    ("encoding", "data", "fits"),
    [
        ("", b" " * LIMIT, True),
        ("", b" " * (LIMIT + 1), False),
        ("gzip", gzip.compress(b" " * LIMIT, mtime=0), True),
        ("gzip", gzip.compress(b" " * (LIMIT + 1), mtime=0), False),
        ("gzip", gzip.compress(b" " * 10_000_000, mtime=0), False),
        # What comes without ever making any byte is bounded too.
        ("gzip", gzip.compress(b"", mtime=0) + b"x" * LIMIT, False),
        ("", b"{" * 32, True),
        ("", b"{" * 33, False),
        ("", b"[" * 33, False),
        ("", b"," * 128, True),
        ("", b"," * 129, False),
    ],
)
@pytest.mark.parametrize("size", [1, 100_000])
def test_what_is_too_large(encoding: str, data: bytes, *, fits: bool, size: int) -> None:
    intake = Intake(encoding, LIMIT)
    if fits:
        _all(intake, data, size)
    else:
        with pytest.raises(AnswerTooLarge, match=str(LIMIT)):
            _all(intake, data, size)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.sampled_from(["", "gzip", "deflate"]), st.lists(st.binary(max_size=300), max_size=20))
def test_no_more_comes_out_than_the_limit(encoding: str, pieces: list[bytes]) -> None:
    intake, told = Intake(encoding, LIMIT), 0
    try:
        for piece in pieces:
            told += len(intake.take(piece))
        intake.end()
    except (AnswerTooLarge, AnswerUndecodable):
        pass
    assert told <= LIMIT
