"""The auth layer finds nothing in a faultless gateway, and each of these faults."""

from __future__ import annotations

import pytest
from blackkonnect_contract.document import document, editions
from blackkonnect_contract.emulated import opened
from blackkonnect_contract.layers import auth
from blackkonnect_contract.record import Record
from blackkonnect_contract.run import Run
from mutants.faults import LATEST, Answered, Asked, Mutant
from mutants.shape import BULK, OLD, PAGES, SEND, STATUS, TOKEN

GUARDED = (SEND, BULK, STATUS, PAGES)


def found(edition: str, mutant: Mutant | None = None, *, over_http: bool = False) -> Record:
    wrap = None if mutant is None else mutant.wrap
    record = Record("auth", document(edition))
    with opened(edition, wrap, over_http=over_http) as target, Run(target, record, quick=True) as run:
        auth.check(run)
    return record


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("over_http", [False, True])
def test_a_faultless_gateway_passes(edition: str, over_http: bool) -> None:  # noqa: FBT001
    record = found(edition, over_http=over_http)
    assert record.breaches == []
    assert record.skipped == {}
    for name, operation in document(edition).operations.items():
        assert record.asked[name, 401] > 0, name
        assert record.asked[name, 200 if name != "handleDeliveryReceipt" else 404] > 0 or (
            record.asked[name, 200] > 0
        ), operation


async def believe(asked: Asked, holds: object) -> None:
    if holds:
        await asked.become(asked.client or next(reversed(asked.secrets)))


async def of_no_algorithm(asked: Asked) -> None:
    await believe(asked, asked.part(0).get("alg") == "nOnE")


async def of_no_signature(asked: Asked) -> None:
    await believe(asked, asked.token.endswith("."))


async def of_hs384(asked: Asked) -> None:
    await believe(asked, asked.part(0).get("alg") == "HS384")


async def of_a_key_in_the_head(asked: Asked) -> None:
    await believe(asked, "jwk" in asked.part(0))


async def of_another_audience(asked: Asked) -> None:
    await believe(asked, asked.part(1).get("aud") == "another")


async def of_a_changed_client(asked: Asked) -> None:
    known = list(asked.secrets)
    await believe(asked, asked.token.count(".") == 2 and asked.client in known[:-1])


async def with_an_old_exp(asked: Asked) -> None:
    answered = await asked.through(asked)
    await believe(asked, answered.status == 401 and b"expired" in answered.body)


async def in_a_cookie(asked: Asked) -> None:
    await believe(asked, asked.header("cookie"))


async def without_any(asked: Asked) -> None:
    await believe(asked, asked.header("authorization") is None)


async def one_in_fifty(asked: Asked) -> None:
    await believe(asked, asked.number % 50 == 0)


def under_digest(asked: Asked) -> None:
    scheme, _, token = (asked.header("authorization") or "").partition(" ")
    if scheme == "Digest":
        asked.set_header("authorization", f"Bearer {token}")


def under_small_letters_not(asked: Asked) -> None:
    if (asked.header("authorization") or "").startswith("BEARER "):
        asked.set_header("authorization", "none")


async def nobody_for_a_bad_one(asked: Asked) -> None:
    answered = await asked.through(asked)
    if answered.status == 401:
        asked.set_header("authorization", None)


async def for_a_secret_too_long(asked: Asked) -> None:
    form = asked.held["forms"][-1]
    for client, secret in asked.secrets.items():
        if form.get("client_id") == client and str(form.get("client_secret")) == f"{secret}x":
            asked.body = f"grant_type=client_credentials&client_id={client}&client_secret={secret}".encode()


def forbidden(_: Asked, answer: Answered) -> None:
    answer.problem(403, "Forbidden")


def unchallenged(_: Asked, answer: Answered) -> None:
    answer.set_header("www-authenticate", None)


def not_found(_: Asked, answer: Answered) -> None:
    answer.problem(404, "Not Found")


REQUESTS = {
    of_no_algorithm: GUARDED,
    of_no_signature: (PAGES,),
    of_hs384: GUARDED,
    of_a_key_in_the_head: (BULK,),
    of_another_audience: (STATUS,),
    of_a_changed_client: (SEND,),
    with_an_old_exp: (STATUS,),
    in_a_cookie: (SEND,),
    without_any: (STATUS,),
    one_in_fifty: (PAGES,),
    under_digest: GUARDED,
    under_small_letters_not: (BULK,),
    for_a_secret_too_long: (TOKEN,),
}
ANSWERS = {forbidden: (PAGES,), unchallenged: (STATUS,), not_found: (SEND,)}


@pytest.mark.parametrize("fault", REQUESTS, ids=lambda fault: fault.__name__)
def test_a_token_that_is_wrongly_taken_or_refused_is_found(fault) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - a fault
    on = frozenset(REQUESTS[fault])
    mutant = Mutant("fault", "authentication", "-", LATEST, fault, None, on, frozenset())
    assert {breach.operation for breach in found(LATEST, mutant).breaches} & on


@pytest.mark.parametrize("fault", ANSWERS, ids=lambda fault: fault.__name__)
def test_a_wrong_refusal_is_found(fault) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - a fault
    on = frozenset(ANSWERS[fault])
    mutant = Mutant("fault", "authentication", "-", LATEST, None, fault, on, frozenset({401}))
    assert {breach.operation for breach in found(LATEST, mutant).breaches} & on


def test_a_bad_token_that_is_passed_over_is_found() -> None:
    mutant = Mutant(
        "fault", "authentication", "-", OLD, nobody_for_a_bad_one, None, frozenset({STATUS}), frozenset()
    )
    assert {breach.operation for breach in found(OLD, mutant).breaches} == {STATUS}
