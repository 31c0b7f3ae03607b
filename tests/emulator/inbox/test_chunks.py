"""Lists in chunks."""

import anyio
from blackkonnect_emulator.inbox.chunks import FEW, MANY, Chunk, Span, read_chunk
from hypothesis import given, settings
from hypothesis import strategies as st


def chunk(numbers: list[int], span: Span) -> Chunk[int]:
    async def fetch(before: int | None, limit: int) -> list[int]:
        return [one for one in sorted(numbers, reverse=True) if before is None or one < before][:limit]

    return anyio.run(read_chunk, fetch, span, int)


def walk(numbers: list[int], spans: list[Span]) -> tuple[list[int], list[Span]]:
    """Read the chunks of a page, with what they leave to others, from the newest to the oldest."""
    found: list[int] = []
    held: list[Span] = []
    waiting = list(spans)
    while waiting:
        read = chunk(numbers, waiting.pop(0))
        found += read.rows
        held.append(read.span)
        if read.rest is not None:
            waiting.insert(0, read.rest)
    return found, held


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.integers(0, 400), st.lists(st.integers(0, 130), max_size=6))
def test_chunks_hold_all_entries_once_while_new_ones_come_in(first: int, more: list[int]) -> None:
    numbers = list(range(1, first + 1))
    found, spans = walk(numbers, [Span()])
    assert found == numbers[::-1]
    for added in more:
        numbers += range(len(numbers) + 1, len(numbers) + added + 1)
        found, spans = walk(numbers, spans)
        assert found == numbers[::-1]
    assert all(len(chunk(numbers, span).rows) <= MANY for span in spans)


def test_a_chunk_that_grows_one_by_one_is_cut_seldom() -> None:
    spans = [Span()]
    for count in range(1, 1001):
        _, spans = walk(list(range(1, count + 1)), spans)
    assert len(spans) <= 1000 // FEW + 2


def test_a_chunk_knows_what_follows_it() -> None:
    numbers = list(range(1, 121))
    first = chunk(numbers, Span())
    assert (first.rows[-1], first.older, first.rest) == (71, 70, Span(71, None))
    again = chunk(numbers, first.span)
    assert (again.rows, again.older, again.rest) == (first.rows, 70, None)
    last = chunk(numbers, Span(30, None))
    assert (last.older, last.rest) == (None, None)


def test_a_span_is_read_from_an_address_and_nonsense_passed_over() -> None:
    assert Span.read({"before": "7", "until": "x"}) == Span(7, None)
    assert Span.read(Span(9, 3).parameters()) == Span(9, 3)
    assert Span.read({"before": "9" * 30, "until": "-1"}) == Span()
