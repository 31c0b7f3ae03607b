"""Faults in who may ask for what."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from mutants.faults import Answered, Asked, in_answers, in_requests
from mutants.shape import BULK, OLD, PAGES, SEND, STATUS, TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

GUARDED = (SEND, BULK, STATUS, PAGES)


async def anybody(asked: Asked) -> None:
    """Take on the token of whoever asked for one last."""
    if asked.secrets:
        await asked.become(list(asked.secrets)[-1])


async def whoever_it_names(asked: Asked, when: Callable[[Asked], object]) -> None:
    """Believe a token's claims in some cases."""
    if asked.client and when(asked):
        await asked.become(asked.client)


@in_requests("authentication", STATUS)
async def statuses_open_to_all(asked: Asked) -> None:
    """The status of a message is told without a token."""
    if asked.header("authorization") is None:
        await anybody(asked)


@in_requests("authentication", SEND)
async def sends_open_to_all(asked: Asked) -> None:
    """A send without a token is taken for the latest client's."""
    if asked.header("authorization") is None:
        await anybody(asked)


@in_requests("authentication", *GUARDED)
async def none_algorithm(asked: Asked) -> None:
    """A token of the algorithm none is believed."""
    await whoever_it_names(asked, lambda a: str(a.part(0).get("alg", "")).lower() == "none")


@in_requests("authentication", *GUARDED)
async def capital_none_algorithm(asked: Asked) -> None:
    """A token of the algorithm NONE in capitals is believed."""
    await whoever_it_names(asked, lambda a: a.part(0).get("alg") == "NONE")


@in_requests("authentication", *GUARDED)
async def signature_is_not_looked_at(asked: Asked) -> None:
    """The signature of a token is not checked; its expiry is."""
    await whoever_it_names(asked, lambda a: a.part(0).get("alg") == "HS256" and _lives(a))


@in_requests("authentication", *GUARDED)
async def signature_may_be_empty(asked: Asked) -> None:
    """A token whose signature is empty is believed."""
    await whoever_it_names(asked, lambda a: a.token.endswith(".") and a.token.count(".") == 2)


@in_requests("authentication", *GUARDED)
async def other_algorithms(asked: Asked) -> None:
    """A token of the algorithm HS512 is believed, whatever it is signed with."""
    await whoever_it_names(asked, lambda a: a.part(0).get("alg") == "HS512")


@in_requests("authentication", *GUARDED)
async def public_key_algorithms(asked: Asked) -> None:
    """A token of the algorithm RS256 is believed, whatever it is signed with."""
    await whoever_it_names(asked, lambda a: a.part(0).get("alg") == "RS256")


@in_requests("authentication", STATUS, PAGES)
async def expired_tokens_may_read(asked: Asked) -> None:
    """A token that has expired may still read."""
    told = asked.part(1).get("exp")
    if isinstance(told, int):
        answered = await asked.through(asked)
        if answered.status == 401 and "expired" in answered.body.decode():
            await asked.become(asked.client)


@in_requests("authentication", SEND, BULK)
async def expired_tokens_may_send(asked: Asked) -> None:
    """A token that has expired may still send."""
    answered = await asked.through(_reading(asked))
    if answered.status == 401 and "expired" in answered.body.decode():
        await asked.become(asked.client)


@in_requests("authentication", *GUARDED)
def any_scheme(asked: Asked) -> None:
    """A token under the scheme Token is taken."""
    scheme, _, token = (asked.header("authorization") or "").partition(" ")
    if scheme.lower() == "token":
        asked.set_header("authorization", f"Bearer {token}")


@in_requests("authentication", *GUARDED)
def bare_tokens(asked: Asked) -> None:
    """A token without a scheme is taken."""
    value = asked.header("authorization") or ""
    if value.count(".") == 2 and " " not in value.strip():
        asked.set_header("authorization", f"Bearer {value.strip()}")


@in_requests("authentication", *GUARDED)
def tokens_in_the_query(asked: Asked) -> None:
    """A token in the query is taken."""
    held = dict(asked.query)
    if asked.header("authorization") is None and "access_token" in held:
        asked.set_header("authorization", f"Bearer {held['access_token']}")


@in_requests("authentication", *GUARDED)
def scheme_in_capitals_alone(asked: Asked) -> None:
    """The scheme bearer in small letters is not known."""
    if (asked.header("authorization") or "").startswith("bearer "):
        asked.set_header("authorization", "Basic x")


@in_answers("authentication", status=401)
def forbidden(_: Asked, answer: Answered) -> None:
    """A token that is not valid is answered 403."""
    answer.problem(403, "Forbidden")


@in_answers("authentication", PAGES, status=401)
def no_challenge(_: Asked, answer: Answered) -> None:
    """The 401 of one operation lacks WWW-Authenticate."""
    answer.set_header("www-authenticate", None)


@in_answers("authentication", SEND, status=401)
def basic_challenge(_: Asked, answer: Answered) -> None:
    """The 401 of a send asks for Basic."""
    answer.set_header("www-authenticate", 'Basic realm="sms"')


@in_requests("authentication", STATUS)
async def one_in_fifty_without_a_token(asked: Asked) -> None:
    """Of fifty requests for a status one needs no valid token."""
    if asked.number % 50 == 0:
        await anybody(asked)


@in_answers("authentication", TOKEN, status=401)
def wrong_secrets_are_forbidden(_: Asked, answer: Answered) -> None:
    """Wrong credentials are answered 403."""
    answer.problem(403, "Forbidden")


@in_requests("authentication", TOKEN)
async def secrets_in_any_case(asked: Asked) -> Answered | None:
    """A secret is compared without regard to capitals."""
    form = asked.held["forms"][-1]
    for client, secret in asked.secrets.items():
        if client == form.get("client_id") and secret.lower() == str(form.get("client_secret")).lower():
            asked.body = _form(client, secret)
    return None


@in_requests("authentication", TOKEN)
async def secrets_by_their_beginning(asked: Asked) -> Answered | None:
    """Of a secret the last character does not matter."""
    form = asked.held["forms"][-1]
    for client, secret in asked.secrets.items():
        if client == form.get("client_id") and secret[:-1] == str(form.get("client_secret"))[:-1]:
            asked.body = _form(client, secret)
    return None


@in_requests("authentication", TOKEN)
async def any_known_secret(asked: Asked) -> Answered | None:
    """A client gets a token for another client's secret."""
    form = asked.held["forms"][-1]
    client = form.get("client_id", "")
    if client in asked.secrets and form.get("client_secret") in asked.secrets.values():
        asked.body = _form(client, asked.secrets[client])
    return None


@in_requests("authentication", *GUARDED, edition=OLD)
async def bad_tokens_are_nobodys(asked: Asked) -> None:
    """The old edition passes over a token that is not valid: the request is the anonymous tenant's."""
    answered = await asked.through(_reading(asked))
    if answered.status == 401:
        asked.set_header("authorization", None)


@in_answers("authentication", SEND, edition=OLD, status=())
def no_anonymous_sends(asked: Asked, answer: Answered) -> None:
    """The old edition refuses a send without a token."""
    if asked.header("authorization") is None:
        answer.problem(401, "Unauthorized")
        answer.set_header("www-authenticate", "Bearer")


@in_requests("authentication", BULK)
async def bad_tokens_for_bulks(asked: Asked) -> None:
    """A bulk needs a token of three parts, and no more is asked of it."""
    if asked.token.count(".") == 2 and asked.secrets:
        client = asked.client if asked.client in asked.secrets else list(asked.secrets)[-1]
        await asked.become(client)


def _lives(asked: Asked) -> bool:
    expires = asked.part(1).get("exp")
    return isinstance(expires, int) and expires > time.time() - 86400


def _reading(asked: Asked) -> Asked:
    """Make a request of it that does nothing."""
    return Asked(
        operation=PAGES,
        method="GET",
        path=asked.path.partition("/send-")[0] + "/messages/status/bulk/nothing/v1",
        query=[],
        headers=[pair for pair in asked.headers if pair[0] in {"authorization", "host"}],
        body=b"",
        names={},
        number=0,
        held={},
        through=asked.through,
        secrets={},
    )


def _form(client: str, secret: str) -> bytes:
    return f"grant_type=client_credentials&client_id={client}&client_secret={secret}".encode()
