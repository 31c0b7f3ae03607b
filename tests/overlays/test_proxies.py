"""A gateway on this machine is asked without any proxy, which would be told the secret in clear."""

from __future__ import annotations

import socket
from typing import Any

import anyio
import pytest
from blackkonnect_emulator import Settings, running
from blackkonnect_sms import AsyncBlackkonnectSMS, BlackkonnectSMS


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A proxy that the environment names, and that notices who calls."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{listener.getsockname()[1]}")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield listener


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_proxy_is_not_asked(kind: str, proxy: socket.socket, *, fast: bool) -> None:
    with running(Settings()) as gateway:
        settings: dict[str, Any] = {
            "base_url": gateway.base_url,
            "client_id": gateway.client_id,
            "client_secret": gateway.client_secret,
            "fast": fast,
        }
        if kind == "sync":
            with BlackkonnectSMS(**settings) as sms:
                sent = sms.send("+233200000001", "Hello")
        else:

            async def send() -> Any:
                async with AsyncBlackkonnectSMS(**settings) as sms:
                    return await sms.send("+233200000001", "Hello")

            sent = anyio.run(send)
    assert sent.message_id
    with pytest.raises(BlockingIOError):
        proxy.accept()
