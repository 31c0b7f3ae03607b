"""Being told of changes, over HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from blackkonnect_emulator import Settings, running
from blackkonnect_emulator.control_client import EmulatorControl


@contextmanager
def watching(base_url: str) -> Iterator[tuple[EmulatorControl, Iterator[tuple[str, Any]]]]:
    with (
        EmulatorControl(base_url) as control,
        httpx.Client(timeout=30) as client,
        client.stream("GET", f"{base_url}/_emulator/events") as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield control, events(answer)


@pytest.fixture
def served() -> Iterator[Any]:
    with running(Settings(clients={"acme": "secret"})) as emulator:
        yield emulator


def events(answer: httpx.Response) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in answer.iter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


def test_changes_are_told_with_their_version(served: Any) -> None:
    with watching(served.base_url) as (control, told):
        name, first = next(told)
        assert name == "changed"
        assert next(told)[0] == "clock"
        control.add_fault("latency", seconds=0)
        name, second = next(told)
        assert name == "changed"
        assert second["version"] > first["version"]
        control.set_clock(0)
        assert next(told)[0] == "changed"
        name, clock = next(told)
        assert (name, clock["mode"]) == ("clock", "manual")


def test_a_status_that_is_reached_by_itself_is_a_change(served: Any) -> None:
    with watching(served.base_url) as (control, told):
        control.seed(messages=[{"destination": "+233200000001", "text": "x"}])
        # Each of its statuses wakes the watcher, though nobody does anything.
        while next(control.messages()).status != "DELIVERED":
            next(told)


def test_a_watcher_does_not_hold_up_the_end() -> None:
    with httpx.Client(timeout=30) as client:
        with running(Settings()) as emulator:
            answer = client.send(
                client.build_request("GET", f"{emulator.base_url}/_emulator/events"), stream=True
            )
            told = answer.iter_lines()
            next(told)
        with pytest.raises(httpx.HTTPError):
            for _ in told:
                pass
        answer.close()
