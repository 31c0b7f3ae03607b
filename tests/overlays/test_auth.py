"""One token for all who wait, renewed before it ends, and never a request without one."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx
import pytest
from blackkonnect_sms import (
    AsyncBlackkonnectSMS,
    AuthenticationError,
    BlackkonnectSMS,
    OutcomeUnknown,
    TokenUnavailable,
)
from blackkonnect_sms.auth import TOKEN_REQUEST, ClientCredentials
from blackkonnect_sms_api.facts import PATHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.overlays.conftest import Api, Gateway, World

TO = "+233200000001"
CROWD = 50


def test_one_token_serves_many_requests(sms: Api, gateway: Gateway) -> None:
    for _ in range(3):
        sms.send(TO, "hello")
    assert gateway.count("token") == 1


@pytest.mark.parametrize(
    ("lifetime", "fresh_for"),
    [(3600.0, 3540.0), (120.0, 60.0), (100.0, 50.0), (None, 240.0)],
)
def test_a_token_is_renewed_before_it_ends(
    sms: Api, gateway: Gateway, lifetime: float | None, fresh_for: float
) -> None:
    gateway.lifetime = lifetime
    sms.send(TO, "hello")
    gateway.clock.passed += fresh_for - 1
    sms.send(TO, "hello")
    assert gateway.count("token") == 1
    gateway.clock.passed += 1
    sms.send(TO, "hello")
    assert gateway.count("token") == 2
    assert len(gateway.ledger) == 3


@pytest.mark.parametrize("lifetime", [0.0, -100.0])
def test_a_token_that_comes_expired_is_used_for_its_own_call_alone(
    sms: Api, gateway: Gateway, lifetime: float
) -> None:
    gateway.lifetime = lifetime
    sms.send(TO, "hello")
    sms.send(TO, "hello")
    assert gateway.count("token") == 2
    assert len(gateway.ledger) == 2


def test_odd_tokens_are_used_or_refused_but_never_break_the_client(
    sms: Api, gateway: Gateway, world: World
) -> None:
    for claims in ({"exp": 10**400}, {"exp": "soon"}, {"exp": float("inf")}, {"exp": True}, {"exp": [1]}):
        token = world.jwt(claims)
        gateway.valid = {token}
        gateway.script["token"] = [httpx.Response(200, json={"token": token})]
        sms.send(TO, "hello")
    assert len(gateway.ledger) == 5


@pytest.mark.parametrize("token", ["a\x00b", "a\r\nX: y", "a b", "", "\u00e4", "a\u2028"])
def test_a_token_that_can_t_stand_in_a_header_is_none(sms: Api, gateway: Gateway, token: str) -> None:
    gateway.always["token"] = lambda _: httpx.Response(200, json={"token": token})
    with pytest.raises(TokenUnavailable):
        sms.send(TO, "hello")
    assert gateway.count("send") == 0


@pytest.mark.parametrize("answer", [{"token": 5}, {"token": None}, {"access_token": "x"}, [], "x", None])
def test_an_answer_without_a_token_is_none(sms: Api, gateway: Gateway, answer: object) -> None:
    gateway.always["token"] = lambda _: httpx.Response(200, json=answer)
    with pytest.raises(TokenUnavailable):
        sms.send(TO, "hello")
    assert gateway.count("send") == 0


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 415])
def test_refused_credentials_say_what_to_check_and_are_not_tried_again(
    sms: Api, gateway: Gateway, world: World, status: int
) -> None:
    gateway.always["token"] = str(status)
    with pytest.raises(AuthenticationError, match="client_id, client_secret, scope") as raised:
        sms.send(TO, "hello")
    for name in ("CLIENT_ID", "CLIENT_SECRET", "SCOPE", "BASE_URL"):
        assert f"BLACKKONNECT_{name}" in str(raised.value)
    assert world.base_url in str(raised.value)
    assert raised.value.sent == "no"
    assert raised.value.status_code == status
    assert gateway.count("token") == 1
    assert gateway.count("send") == 0


def test_the_token_request_keeps_the_caller_s_timeout(make: Callable[..., Api], gateway: Gateway) -> None:
    make(timeout=3.25).send(TO, "hello")
    token, send = (request for _, request in gateway.seen)
    assert token.extensions["timeout"] == send.extensions["timeout"]
    assert set(token.extensions["timeout"].values()) == {3.25}
    assert TOKEN_REQUEST in token.extensions
    assert TOKEN_REQUEST not in send.extensions


def test_no_request_goes_out_without_a_token(sms: Api, gateway: Gateway) -> None:
    gateway.script["token"] = ["500", "connect", "garbled"]
    sms.send(TO, "hello")
    gateway.valid = set()
    sms.status(gateway.ledger[0][0])
    for name, request in gateway.seen:
        assert request.headers.get("Authorization", "").startswith("Bearer ") is (name != "token")


class Slow(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Lets token requests wait until all are there, so that a crowd really meets."""

    def __init__(self, gateway: Gateway, seconds: float = 0.05) -> None:
        self.gateway = gateway
        self.seconds = seconds
        self.lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if TOKEN_REQUEST in request.extensions:
            time.sleep(self.seconds)
        with self.lock:
            return self.gateway.handle(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if TOKEN_REQUEST in request.extensions:
            await asyncio.sleep(self.seconds)
        with self.lock:
            return self.gateway.handle(request)


def _options(world: World, gateway: Gateway, **options: object) -> dict[str, object]:
    return {
        "base_url": world.base_url,
        "client_id": world.client_id,
        "client_secret": world.secret,
        "transport": Slow(gateway),
        "clock": gateway.clock,
        **options,
    }


def _thread_crowd(client: BlackkonnectSMS) -> list[object]:
    barrier = threading.Barrier(CROWD)

    def one(_: int) -> object:
        barrier.wait()
        try:
            return client.send(TO, "hello")
        except Exception as error:  # noqa: BLE001 - what each one got is the test
            return error

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(one, range(CROWD)))


def _task_crowd(client: AsyncBlackkonnectSMS) -> list[object]:
    async def crowd() -> list[object]:
        sends = (client.send(TO, "hello") for _ in range(CROWD))
        return list(await asyncio.gather(*sends, return_exceptions=True))

    return asyncio.run(crowd())


def _crowd(kind: str, world: World, gateway: Gateway, **options: object) -> list[object]:
    arguments = _options(world, gateway, **options)
    if kind == "sync":
        return _thread_crowd(BlackkonnectSMS(**arguments))  # type: ignore[arg-type]
    return _task_crowd(AsyncBlackkonnectSMS(**arguments))  # type: ignore[arg-type]


def test_a_crowd_shares_one_token_request(kind: str, world: World, gateway: Gateway) -> None:
    results = _crowd(kind, world, gateway)
    assert not [result for result in results if isinstance(result, BaseException)]
    assert gateway.count("token") == 1
    assert len({message_id for message_id, _, _ in gateway.ledger}) == CROWD


def test_a_storm_of_401_makes_one_refresh(kind: str, world: World, gateway: Gateway) -> None:
    arguments = _options(world, gateway)
    if kind == "sync":
        client = BlackkonnectSMS(**arguments)  # type: ignore[arg-type]
        client.send(TO, "hello")
        gateway.valid = set()
        results = _thread_crowd(client)
    else:
        patient = AsyncBlackkonnectSMS(**arguments)  # type: ignore[arg-type]
        asyncio.run(patient.send(TO, "hello"))
        gateway.valid = set()
        results = _task_crowd(patient)
    assert not [result for result in results if isinstance(result, BaseException)]
    assert gateway.count("token") == 2
    assert len(gateway.ledger) == CROWD + 1


def test_a_verdict_on_the_credentials_holds_for_all_who_wait(
    kind: str, world: World, gateway: Gateway
) -> None:
    gateway.always["token"] = "401"
    results = _crowd(kind, world, gateway)
    assert all(isinstance(result, AuthenticationError) for result in results)
    assert len({id(result) for result in results}) == CROWD
    # Threads that come late meet nobody to wait for and ask themselves.
    assert gateway.count("token") < CROWD / 2
    assert gateway.ledger == []


def test_where_the_leader_s_connection_fails_another_leads(kind: str, world: World, gateway: Gateway) -> None:
    gateway.script["token"] = ["connect", "timeout"]
    results = _crowd(kind, world, gateway)
    assert not [result for result in results if isinstance(result, BaseException)]
    assert gateway.count("token") == 3
    assert len(gateway.ledger) == CROWD


def test_a_cancelled_leader_wedges_nobody(world: World, gateway: Gateway) -> None:
    client = AsyncBlackkonnectSMS(**_options(world, gateway, transport=Slow(gateway, 0.3)))  # type: ignore[arg-type]

    async def run() -> list[object]:
        leader = asyncio.create_task(client.send(TO, "leader"))
        await asyncio.sleep(0.01)
        others = [asyncio.create_task(client.send(TO, "hello")) for _ in range(5)]
        await asyncio.sleep(0.01)
        leader.cancel()
        others[0].cancel()
        return list(await asyncio.gather(leader, *others, return_exceptions=True))

    leader, first, *rest = asyncio.run(run())
    assert isinstance(leader, asyncio.CancelledError)
    assert isinstance(first, asyncio.CancelledError)
    assert not [result for result in rest if isinstance(result, BaseException)]
    assert [text for _, _, text in gateway.ledger] == ["hello"] * 4


def test_a_leader_that_hangs_is_passed_over(world: World, gateway: Gateway) -> None:
    hanging = threading.Event()

    class Hangs(Slow):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if TOKEN_REQUEST in request.extensions and not self.gateway.count("token"):
                self.gateway.seen.append(("token", request))
                hanging.wait(10)
                raise httpx.ReadTimeout("scripted", request=request)
            return self.gateway.handle(request)

    transport = Hangs(gateway, 0)
    client = BlackkonnectSMS(**_options(world, gateway, transport=transport, timeout=0.1))  # type: ignore[arg-type]
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(client.send, TO, "leader")
        while not gateway.count("token"):
            time.sleep(0.001)
        # It waits its own timeout for the leader, and then fetches the token itself.
        assert client.send(TO, "hello").status == "QUEUED"
        hanging.set()
        leader.result()
    assert sorted(text for _, _, text in gateway.ledger) == ["hello", "leader"]


def test_two_event_loops_and_threads_share_one_token(world: World, gateway: Gateway) -> None:
    client = AsyncBlackkonnectSMS(**_options(world, gateway))  # type: ignore[arg-type]
    barrier = threading.Barrier(4)

    def loop(_: int) -> list[object]:
        barrier.wait()
        return _task_crowd(client)

    with ThreadPoolExecutor(4) as pool:
        results = [result for crowd in pool.map(loop, range(4)) for result in crowd]
    assert not [result for result in results if isinstance(result, BaseException)]
    assert gateway.count("token") == 1
    assert len(gateway.ledger) == 4 * CROWD


def test_calls_run_while_a_refresh_goes_on(world: World, gateway: Gateway) -> None:
    """A call that is on its way already is not held up by the one that fetches a new token."""
    order: list[str] = []
    on_its_way = asyncio.Event()

    class Watches(Slow):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            name = "token" if TOKEN_REQUEST in request.extensions else "send"
            order.append(f"{name} begins")
            if name == "send":
                on_its_way.set()
            await asyncio.sleep(0.02 if name == "token" else 0.005)
            order.append(f"{name} ends")
            return self.gateway.handle(request)

    client = AsyncBlackkonnectSMS(**_options(world, gateway, transport=Watches(gateway)))  # type: ignore[arg-type]

    async def run() -> None:
        await client.send(TO, "hello")
        order.clear()
        on_its_way.clear()
        first = asyncio.create_task(client.send(TO, "hello"))
        await on_its_way.wait()
        gateway.clock.passed += 3599
        second = asyncio.create_task(client.send(TO, "hello"))
        await asyncio.gather(first, second)

    asyncio.run(run())
    assert order.index("token begins") < order.index("send ends") < order.index("token ends")


def test_an_api_that_refuses_a_fresh_token_says_what_to_check(sms: Api, gateway: Gateway) -> None:
    gateway.always["send"] = "401"
    with pytest.raises(AuthenticationError, match="BLACKKONNECT_CLIENT_ID, BLACKKONNECT_CLIENT_SECRET"):
        sms.send(TO, "hello")
    gateway.always["send"] = "403"
    with pytest.raises(AuthenticationError, match="BLACKKONNECT_SCOPE"):
        sms.send(TO, "hello")


def test_the_others_go_on_with_the_old_token_while_a_new_one_comes(world: World, gateway: Gateway) -> None:
    """Of a crowd whose token is near its end one fetches the next, and nobody waits for it."""
    asked, free = threading.Event(), threading.Event()

    class Held(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if TOKEN_REQUEST in request.extensions and gateway.tokens:
                asked.set()
                assert free.wait(10)
            return gateway.handle(request)

    client = BlackkonnectSMS(**_options(world, gateway, transport=Held()))  # type: ignore[arg-type]
    client.send(TO, "first")
    gateway.clock.passed += 3550
    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(client.send, TO, "leader")
        assert asked.wait(10)
        try:
            for _ in range(3):
                client.send(TO, "meanwhile")
        finally:
            free.set()
        leader.result()
    assert [text for _, _, text in gateway.ledger] == ["first", *["meanwhile"] * 3, "leader"]
    assert gateway.count("token") == 2


def test_nobody_goes_on_with_a_token_that_has_ended(world: World, gateway: Gateway) -> None:
    client = BlackkonnectSMS(**_options(world, gateway, transport=Slow(gateway)))  # type: ignore[arg-type]
    client.send(TO, "first")
    gateway.clock.passed += 3600
    assert not [one for one in _thread_crowd(client) if isinstance(one, BaseException)]
    assert gateway.count("token") == 2
    assert gateway.count("send") == CROWD + 1


def test_calls_in_threads_run_at_the_same_time(world: World, gateway: Gateway) -> None:
    together = threading.Barrier(8)

    class Meets(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if TOKEN_REQUEST not in request.extensions:
                together.wait(10)  # none passes before all are under way
            return gateway.handle(request)

    client = BlackkonnectSMS(**_options(world, gateway, transport=Meets()))  # type: ignore[arg-type]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: client.send(TO, "hello"), range(8)))
    assert len({one.message_id for one in results}) == 8
    assert gateway.count("token") == 1


@pytest.mark.parametrize("operation", ["token", "send"])
def test_a_transport_that_hangs_is_left_when_the_call_s_time_is_over(
    world: World, gateway: Gateway, operation: str
) -> None:
    class Hangs(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if (TOKEN_REQUEST in request.extensions) == (operation == "token"):
                gateway.seen.append((operation, request))
                await asyncio.Event().wait()
            return gateway.handle(request)

    options = _options(world, gateway, transport=Hangs(), deadline=0.2, reconcile_for=0)
    client = AsyncBlackkonnectSMS(**options)  # type: ignore[arg-type]
    with pytest.raises(TokenUnavailable if operation == "token" else OutcomeUnknown):
        asyncio.run(client.send(TO, "hello"))
    assert gateway.ledger == []


def test_a_token_fetched_anew_after_a_401_that_hangs_is_no_unknown_outcome(
    world: World, gateway: Gateway
) -> None:
    class Hangs(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if TOKEN_REQUEST in request.extensions and gateway.tokens:
                await asyncio.Event().wait()
            return gateway.handle(request)

    gateway.script["send"] = ["401"]
    client = AsyncBlackkonnectSMS(**_options(world, gateway, transport=Hangs(), deadline=0.2))  # type: ignore[arg-type]
    with pytest.raises(TokenUnavailable) as raised:
        asyncio.run(client.send(TO, "hello"))
    assert raised.value.sent == "no"
    assert gateway.ledger == []


def test_each_request_of_a_call_gets_what_time_is_left(make: Callable[..., Api], gateway: Gateway) -> None:
    gateway.takes = 4.0
    make(deadline=20.0).send(TO, "hello")
    token, send = (request.extensions["timeout"]["read"] for _, request in gateway.seen)
    assert token == pytest.approx(15.0)
    assert send == pytest.approx(token.until - gateway.clock.monotonic() + 4.0)


def test_a_token_without_exp_is_used_for_the_configured_time_and_refreshed_on_401(
    make: Callable[..., Api], gateway: Gateway
) -> None:
    gateway.lifetime = None
    api = make(token_lifetime=1000.0)
    api.send(TO, "hello")
    gateway.clock.passed += 939
    api.send(TO, "hello")
    assert gateway.count("token") == 1
    gateway.valid = set()
    api.send(TO, "hello")
    assert gateway.count("token") == 2
    gateway.clock.passed += 940
    api.send(TO, "hello")
    assert gateway.count("token") == 3
    assert len(gateway.ledger) == 4


def test_it_serves_any_client_of_the_http_library(world: World, gateway: Gateway) -> None:
    auth = ClientCredentials(world.base_url, world.client_id, world.secret, wall=gateway.clock.time)
    with httpx.Client(base_url=world.base_url, auth=auth, transport=gateway.transport) as client:
        assert client.get(PATHS["getMessageStatus"][1].replace("{correlationId}", "m-1")).status_code == 404
        assert client.get(PATHS["getMessageStatus"][1].replace("{correlationId}", "m-1")).status_code == 404
    assert gateway.count("token") == 1
    assert world.secret not in repr(auth)
