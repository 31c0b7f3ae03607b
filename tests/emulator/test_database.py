"""What survives a restart, and which files are refused."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from blackkonnect_emulator import DatabaseError, Settings, create_app

pytestmark = pytest.mark.anyio


async def test_a_restart_keeps_messages_tokens_and_the_way_of_statuses(start: Any, tmp_path: Path) -> None:
    file = tmp_path / "gateway.db"
    before = start(database=file)
    async with before.signed_in() as client:
        single = (await client.post(before.SINGLE, json=before.example("oneTimePassword"))).json()
        bulk = (await client.post(before.BULK, json=before.example("openingHours"))).json()
        authorization = client.headers["Authorization"]
    before.inside.close()

    after = start(database=file, clock=before.clock)
    before.clock.advance(0.5)
    async with after.client() as client:
        client.headers["Authorization"] = authorization
        for sought in (single["correlationId"], single["data"]["messageId"]):
            status = (await client.get(after.STATUS.format(sought))).json()
            assert status["deliveryStatus"] == "SENT"
        statuses = (await client.get(after.BULK_STATUS.format(bulk["bulkId"]))).json()
        assert [status["messageId"] for status in statuses] == [
            fate["messageId"] for fate in bulk["smsMessageDeliveryStatuses"]
        ]
        again = await client.post(after.SINGLE, json=after.example("oneTimePassword"))
        assert again.status_code == 409
        fresh = (await client.post(after.SINGLE, json=after.example("leastMessage"))).json()
        assert fresh["correlationId"] not in (single["correlationId"], bulk["correlationId"])


async def test_a_token_of_a_client_that_is_gone(start: Any, tmp_path: Path) -> None:
    before = start(database=tmp_path / "gateway.db")
    token = await before.token()
    before.inside.close()
    after = start(database=tmp_path / "gateway.db", clients={"other": "x"}, clock=before.clock)
    async with after.client(token) as client:
        assert (await client.get(after.STATUS.format("m"))).status_code == 401


async def test_what_is_answered_is_on_the_disk(start: Any, tmp_path: Path) -> None:
    gateway = start(database=tmp_path / "gateway.db")
    async with gateway.signed_in() as client:
        assert (await client.post(gateway.SINGLE, json=gateway.example("oneTimePassword"))).status_code == 200
        with sqlite3.connect(tmp_path / "gateway.db") as another:
            assert another.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert another.execute("SELECT destination FROM messages").fetchall() == [("+233200000001",)]
        another.close()


def settings(database: Path) -> Settings:
    return Settings(database=database, clients={"a": "b"})


async def test_a_database_of_another_program(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE notes (text)")
    other.close()
    with pytest.raises(DatabaseError, match="another program"):
        create_app(settings(file))


async def test_a_later_version(start: Any, tmp_path: Path) -> None:
    file = tmp_path / "gateway.db"
    start(database=file).inside.close()
    later = sqlite3.connect(file)
    later.execute("PRAGMA user_version = 999")
    later.close()
    with pytest.raises(DatabaseError, match="version 999"):
        create_app(settings(file))


async def test_files_that_are_no_database(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database " * 100)
    for file in (tmp_path / "text", tmp_path, tmp_path / "no folder" / "gateway.db"):
        with pytest.raises(DatabaseError, match=file.name):
            create_app(settings(file))


async def test_a_full_disk_is_an_answer_and_no_lie(start: Any, tmp_path: Path) -> None:
    gateway = start(database=tmp_path / "gateway.db")
    async with gateway.signed_in() as client:
        # The database may not grow any more, as on a full disk.
        await gateway.inside.store._writer.run(
            lambda connection: connection.execute("PRAGMA max_page_count = 1")
        )
        long = {**gateway.example("leastMessage"), "messageId": "m1", "text": "x" * 39_000}
        assert (await client.post(gateway.SINGLE, json=long)).status_code == 500
        assert (await client.get(gateway.STATUS.format("m1"))).status_code == 404
        await gateway.inside.store._writer.run(
            lambda connection: connection.execute("PRAGMA max_page_count = 1000")
        )
        assert (await client.post(gateway.SINGLE, json=long)).status_code == 200
