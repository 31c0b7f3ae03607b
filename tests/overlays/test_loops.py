"""One asynchronous client in many event loops: right, not slow, and closed with each loop."""

from __future__ import annotations

import asyncio
import gc
import ssl
import threading
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from blackkonnect_sms import AsyncBlackkonnectSMS, ConfigurationError, Refused
from blackkonnect_sms._loops import ClientPerLoop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blackkonnect_emulator import Running

    from tests.overlays.conftest import Gateway, World

emulator = pytest.importorskip("blackkonnect_emulator")

TO = "+233200000001"
LOOPS = 4
EACH = 10


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with emulator.running(emulator.Settings()) as served:
        yield served


def _client(running: Running, *, fast: bool = False) -> AsyncBlackkonnectSMS:
    return AsyncBlackkonnectSMS(
        base_url=running.base_url,
        client_id=running.client_id,
        client_secret=running.client_secret,
        fast=fast,
    )


@pytest.fixture(params=[False, True], ids=["httpx", "fast"])
def client(request: pytest.FixtureRequest, running: Running) -> AsyncBlackkonnectSMS:
    return _client(running, fast=request.param)


async def _crowd(client: AsyncBlackkonnectSMS) -> list[Any]:
    sends = [await client.send(TO, "hello")]
    sends += await asyncio.gather(*(client.send(TO, "hello") for _ in range(EACH - 1)))
    assert (await client.status(sends[0])).message_id == sends[0].message_id
    return sends


def _connections(client: AsyncBlackkonnectSMS) -> int:
    """Return how many connections the clients of all loops hold."""
    clients: list[Any] = list(client._clients._clients.values())
    return sum(len(one._transport._pool.connections) for one in clients)


def test_one_after_the_other(client: AsyncBlackkonnectSMS) -> None:
    ids: Counter[str] = Counter()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(3):
            ids.update(sent.message_id for sent in asyncio.run(_crowd(client)))
            # The loop's end closed what was opened in it.
            assert not client._clients._clients
            assert not client._clients._keepers
        gc.collect()
    assert set(ids.values()) == {1}
    assert len(ids) == 3 * EACH
    asyncio.run(client.aclose())


def test_at_the_same_time_in_many_threads(client: AsyncBlackkonnectSMS) -> None:
    barrier = threading.Barrier(LOOPS)

    def loop(_: int) -> list[Any]:
        async def run() -> list[Any]:
            barrier.wait()
            crowds = [await _crowd(client) for _ in range(3)]
            assert client._clients._clients[asyncio.get_running_loop()]
            return [sent for crowd in crowds for sent in crowd]

        return asyncio.run(run())

    with ThreadPoolExecutor(LOOPS) as pool:
        sent = [one for crowd in pool.map(loop, range(LOOPS)) for one in crowd]
    assert len({one.message_id for one in sent}) == LOOPS * 3 * EACH
    assert client._clients._clients == {}


def test_connections_are_used_again_within_a_loop(running: Running) -> None:
    client = _client(running)

    async def run() -> int:
        for _ in range(5):
            await client.send(TO, "hello")
        return _connections(client)

    assert asyncio.run(run()) == 1


def test_another_loop_reads_no_certificates_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    create = httpx.create_ssl_context

    def counted(*args: Any, **options: Any) -> ssl.SSLContext:
        made.append(options)
        return create(*args, **options)

    monkeypatch.setattr(httpx, "create_ssl_context", counted)
    client = AsyncBlackkonnectSMS(base_url="https://sms.example.com", client_id="a", client_secret="b")
    clients = [asyncio.run(client._clients.current()) for _ in range(3)]
    assert len(made) == 1
    assert len(set(map(id, clients))) == 3
    assert all(one.is_closed for one in clients)


def test_closing_closes_the_clients_of_all_loops_that_run(client: AsyncBlackkonnectSMS) -> None:
    ready, done = threading.Event(), threading.Event()
    elsewhere: list[Any] = []

    async def other() -> None:
        await client.send(TO, "hello")
        elsewhere.extend(client._clients._clients.values())
        ready.set()
        await asyncio.to_thread(done.wait, 10)
        with pytest.raises(Refused, match="closed"):
            await client.send(TO, "hello")

    async def here() -> None:
        ready.wait(10)
        await client.send(TO, "hello")
        both = list(client._clients._clients.values())
        assert len(both) == 2
        async with client:
            pass
        assert all(one.is_closed for one in both)
        await client.aclose()
        with pytest.raises(Refused, match="closed"):
            await client.send(TO, "hello")

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(asyncio.run, other())
        try:
            asyncio.run(here())
        finally:
            done.set()
        running.result(10)
    assert elsewhere[0].is_closed


def test_a_loop_that_ended_badly_is_dropped(client: AsyncBlackkonnectSMS) -> None:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(client._clients.current())
    loop.close()
    assert asyncio.run(client.send(TO, "hello")).status
    assert client._clients._clients == {}


def test_a_transport_that_is_given_serves_all_loops(world: World, gateway: Gateway) -> None:
    class Watched(httpx.MockTransport):
        closed = 0

        async def aclose(self) -> None:
            self.closed += 1

    transport = Watched(gateway.handle)
    client = AsyncBlackkonnectSMS(
        base_url=world.base_url, client_id=world.client_id, client_secret=world.secret, transport=transport
    )
    for _ in range(2):
        asyncio.run(client.send(TO, "hello"))
    assert transport.closed == 0
    asyncio.run(client.aclose())
    assert transport.closed == 1


def test_other_loops_than_asyncio_s_are_told_to_be_none() -> None:
    async def ask(clients: ClientPerLoop) -> Any:
        return await clients.current()

    # A coroutine that a foreign loop drives: none of asyncio runs.
    foreign = ask(ClientPerLoop(httpx.AsyncClient, None))
    with pytest.raises(ConfigurationError, match="asyncio"):
        foreign.send(None)


def test_a_client_that_is_forgotten_leaves_nothing_behind(running: Running) -> None:
    make: Callable[[], AsyncBlackkonnectSMS] = lambda: AsyncBlackkonnectSMS(  # noqa: E731
        base_url=running.base_url, client_id=running.client_id, client_secret=running.client_secret
    )

    async def run() -> None:
        held: list[Any] = []
        client = make()
        await client.send(TO, "hello")
        held += client._clients._clients.values()
        del client
        gc.collect()
        for _ in range(20):
            await asyncio.sleep(0)
        assert held[0].is_closed

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        asyncio.run(run())
