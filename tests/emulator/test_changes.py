"""Waiting for the next change."""

import asyncio

import pytest
from blackkonnect_emulator.changes import Changes

pytestmark = pytest.mark.anyio


async def test_what_has_changed_already_is_told_at_once() -> None:
    changes = Changes()
    changes.bump()
    assert await changes.wait(0) == 1
    assert await changes.wait(99) == 1


async def test_all_who_wait_are_woken_once() -> None:
    changes = Changes()
    waiting = [asyncio.ensure_future(changes.wait(0)) for _ in range(10)]
    await asyncio.sleep(0)
    changes.bump()
    changes.bump()
    assert await asyncio.gather(*waiting) == [2] * 10
    assert not changes._waiting


async def test_the_time_may_be_up_first() -> None:
    changes = Changes()
    assert await changes.wait(0, timeout=0) == 0
    assert not changes._waiting


async def test_one_who_gives_up_disturbs_nobody() -> None:
    changes = Changes()
    one, other = (asyncio.ensure_future(changes.wait(0)) for _ in range(2))
    await asyncio.sleep(0)
    one.cancel()
    changes.bump()
    assert await other == 1
    assert not changes._waiting


async def test_someone_woken_may_wait_again_and_miss_nothing() -> None:
    changes = Changes()
    seen: list[int] = []

    async def watch() -> None:
        version = 0
        while version < 3:
            version = await changes.wait(version)
            seen.append(version)

    watching = asyncio.ensure_future(watch())
    for _ in range(3):
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        changes.bump()
    await watching
    assert seen == [1, 2, 3]
