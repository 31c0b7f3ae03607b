"""Faults that hostile or odd input brings out."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from mutants.faults import Answered, Asked, in_requests
from mutants.shape import BULK, PAGES, SEND, STATUS, TOKEN

LONGER_THAN_ANYBODY_WAITS = 25.0


def failure() -> Answered:
    """Return what a gateway answers that fell over."""
    answer = Answered(500, [], b"")
    answer.problem(500, "Internal Server Error")
    return answer


@in_requests("robustness", SEND)
def surrogates_make_it_fail(asked: Asked) -> Answered | None:
    """Half of a surrogate pair makes it fail."""
    return failure() if re.search(rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])", asked.body) else None


@in_requests("robustness", SEND)
def nul_makes_it_fail(asked: Asked) -> Answered | None:
    """A NUL in a text makes it fail."""
    return failure() if b"\\u0000" in asked.body else None


@in_requests("robustness", SEND, BULK)
def deep_json_makes_it_fail(asked: Asked) -> Answered | None:
    """JSON nested more than 500 deep makes it fail."""
    return failure() if asked.body.count(b"[") > 500 or asked.body.count(b"{") > 500 else None


@in_requests("robustness", SEND)
def huge_numbers_make_it_fail(asked: Asked) -> Answered | None:
    """A number too large for a double makes it fail."""
    return failure() if re.search(rb"\d[eE]\+?\d{3,}|\d{400}", asked.body) else None


@in_requests("robustness", SEND)
def bad_utf8_is_mended(asked: Asked) -> None:
    """Bytes that are no UTF-8 are replaced, and the text is sent."""
    asked.body = asked.body.decode("utf-8", "replace").encode()


@in_requests("robustness", SEND)
def the_last_of_two_names(asked: Asked) -> None:
    """Of a name that stands twice in an object the last counts."""
    try:
        asked.body = json.dumps(json.loads(asked.body)).encode()
    except (ValueError, RecursionError):
        return


@in_requests("robustness", SEND)
def not_a_number_is_taken(asked: Asked) -> None:
    """A priority of NaN is taken for none."""
    asked.body = re.sub(rb',?\s*"priority"\s*:\s*-?(NaN|Infinity)', b"", asked.body)


@in_requests("robustness", BULK)
def big_bodies_make_it_fail(asked: Asked) -> Answered | None:
    """A body of more than four MiB makes it fail."""
    return failure() if len(asked.body) > 4 * 1024 * 1024 else None


@in_requests("robustness", STATUS)
def long_ids_make_it_fail(asked: Asked) -> Answered | None:
    """An id of more than a thousand characters makes it fail."""
    return failure() if len(asked.names.get("correlationId", "")) > 1000 else None


@in_requests("robustness", STATUS)
def quotes_make_it_fail(asked: Asked) -> Answered | None:
    """A quote in an id makes it fail."""
    return failure() if "'" in asked.path else None


@in_requests("robustness", PAGES)
def long_numbers_make_it_fail(asked: Asked) -> Answered | None:
    """A page number of twenty digits makes it fail."""
    return failure() if any(re.fullmatch(r"-?\d{19,}", value) for _, value in asked.query) else None


@in_requests("robustness", TOKEN)
def long_secrets_make_it_fail(asked: Asked) -> Answered | None:
    """A secret of more than a thousand characters makes it fail."""
    return failure() if len(asked.body) > 1000 else None


@in_requests("robustness", SEND)
async def deep_json_takes_long(asked: Asked) -> None:
    """JSON nested more than 5,000 deep takes half a minute."""
    if asked.body.count(b"[") > 5000 or asked.body.count(b"{") > 5000:
        await asyncio.sleep(LONGER_THAN_ANYBODY_WAITS)


@in_requests("robustness")
def odd_headers_make_it_fail(asked: Asked) -> Answered | None:
    """A header value of more than five thousand characters makes it fail."""
    return failure() if any(len(value) > 5000 for _, value in asked.headers) else None


@in_requests("robustness", SEND)
def an_empty_body_makes_it_fail(asked: Asked) -> Answered | None:
    """A send without a body makes it fail."""
    return failure() if not asked.body else None


@in_requests("robustness", SEND)
def a_list_makes_it_fail(asked: Asked) -> Answered | None:
    """A body that is a list makes it fail."""
    return failure() if isinstance(asked.original, list) else None


@in_requests("robustness", BULK)
def a_null_destination_makes_it_fail(asked: Asked) -> Answered | None:
    """A destination that is null makes it fail."""

    def holds(value: Any) -> bool:  # noqa: ANN401 - JSON
        return (
            isinstance(value, dict)
            and isinstance(value.get("destinations"), list)
            and (None in value["destinations"])
        )

    body = asked.original
    held = body.get("messages") if isinstance(body, dict) else None
    return failure() if isinstance(held, list) and any(map(holds, held)) else None
