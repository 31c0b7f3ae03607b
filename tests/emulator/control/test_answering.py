"""What all of the control API has in common."""

import json
from pathlib import Path
from typing import Any

import pytest
from blackkonnect_emulator.control import ENDPOINTS

pytestmark = pytest.mark.anyio

MANUAL = (Path(__file__).parents[3] / "docs" / "emulator.md").read_text("utf-8")

CHANGING = [
    ("POST", "reset"),
    ("POST", "clock"),
    ("DELETE", "faults"),
    ("PUT", "tenants/x"),
    ("DELETE", "requests"),
]


async def test_it_describes_itself(control: Any) -> None:
    told = await control("GET", "")
    assert told["edition"] == "2026-02-25"
    assert told["profile"]["furthestSendAtDays"] == 180
    assert told["clock"] == {"mode": "manual", "factor": 0.0, "now": "2026-03-02T08:00:00.000Z"}
    assert [tenant["name"] for tenant in told["tenants"]] == ["", "acme", "other"]
    assert {"name": "delivered", "number": "+12025550100"}.items() <= told["outcomesByNumber"][0].items()
    assert "latency" in [kind["kind"] for kind in told["faultKinds"]]
    assert told["counts"] == {"messages": 0, "phones": 0}
    listed = {(one["method"], one["path"]) for one in told["endpoints"]}
    assert len(listed) == len(ENDPOINTS)
    assert all(one["description"].endswith(".") for one in told["endpoints"])


async def test_every_path_that_it_lists_is_there(control: Any) -> None:
    for endpoint in ENDPOINTS:
        path = endpoint.path.replace("{number}", "1").replace("{name:path}", "nobody")
        answer = await control.client.request("PATCH", path)
        assert answer.status_code == 405
        assert endpoint.method in answer.headers["allow"].split(", ")


async def test_no_secret_is_told(control: Any, caplog: pytest.LogCaptureFixture) -> None:
    made = await control("PUT", "tenants/new", {"callback": "http://127.0.0.1:9/hidden?key=hidden"}, 201)
    await control.send("+233200000001", "x")
    for path in ("", "tenants", "tenants/new", "requests", "messages"):
        told = json.dumps(await control("GET", path))
        for secret in (made["secret"], "acme's secret", "hidden?", "/hidden", "Bearer "):
            assert secret not in told
    assert made["secret"] not in caplog.text


@pytest.mark.parametrize("path", ["", "x", "/messages", "messages/", "messages/1/x", "tenants/../messages/x"])
async def test_unknown_paths_are_problems(control: Any, path: str) -> None:
    url = "/_emulator" if not path else f"/_emulator/{path}"
    answer = await control.client.get(url)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["messages/0", "messages/99", "messages/x", f"messages/{2**70}"])
@pytest.mark.parametrize("kind", ["messages", "faults", "outcomes"])
async def test_what_there_is_not_is_404(control: Any, path: str, kind: str) -> None:
    await control("GET", path.replace("messages", kind), status=404)


async def test_health(control: Any) -> None:
    assert await control("GET", "health") == {"status": "ok", "edition": "2026-02-25"}


async def test_head_is_taken_where_get_is(control: Any) -> None:
    assert (await control.client.head("/_emulator/clock")).status_code == 200


@pytest.mark.parametrize(("method", "path"), CHANGING)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "https://127.0.0.1"},
    ],
)
async def test_another_sites_page_changes_nothing(
    control: Any, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = await control.client.request(method, f"/_emulator/{path}", headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://127.0.0.1"}])
async def test_its_own_page_may(control: Any, headers: dict[str, str]) -> None:
    assert (await control.client.post("/_emulator/reset", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b'{"advance": 1, "advance": 2}', "application/json", 400),
        (b'{"advance": 1e400}', "application/json", 400),
        (b'{"advance": "\\ud800"}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[]", "application/json", 400),
        (b"null", "application/json", 400),
        (b'{"advance": 1}', "text/plain", 415),
        (b'{"advance": 1}', "application/x-www-form-urlencoded", 415),
        (b" " * (4 * 1024 * 1024 + 1), "application/json", 413),
    ],
)
async def test_bodies_are_read_strictly(control: Any, content: bytes, content_type: str, status: int) -> None:
    headers = {"Content-Type": content_type}
    for method, path in (("POST", "clock"), ("POST", "seed"), ("POST", "faults"), ("PUT", "tenants/new")):
        answer = await control.client.request(method, f"/_emulator/{path}", content=content, headers=headers)
        assert answer.status_code == status, (path, answer.text)


@pytest.mark.parametrize("path", ["messages", "requests", "receipts"])
async def test_parameters_are_read_strictly(control: Any, path: str) -> None:
    assert await control.wrong("GET", f"{path}?nothing=1&limit=0&cursor=x") == {"nothing", "limit", "cursor"}
    assert await control.wrong("GET", f"{path}?limit=1&limit=2") == {"limit"}
    assert await control.wrong("GET", f"{path}?limit=1001") == {"limit"}


async def test_reset_of_one_tenant_leaves_the_others(control: Any) -> None:
    for tenant in ("acme", "other"):
        await control.send("+233200000001", "x", tenant)
        await control("POST", "faults", {"kind": "closed", "tenant": tenant}, 201)
        await control("POST", "outcomes", {"pattern": "*", "outcome": "slow", "tenant": tenant}, 201)
    await control("POST", "faults", {"kind": "closed"}, 201)
    assert await control("POST", "reset", {"tenant": "acme"}) == {"tenants": ["acme"]}
    assert {message["tenant"] for message in (await control("GET", "messages"))["messages"]} == {"other"}
    assert {one["tenant"] for one in (await control("GET", "requests"))["requests"]} == {"other"}
    assert len((await control("GET", "faults"))["faults"]) == 2
    assert await control.wrong("POST", "reset", {"tenant": "nobody"}) == {"#/tenant"}
    await control("POST", "reset")
    for path in ("messages", "requests", "faults", "outcomes"):
        assert (await control("GET", path))[path] == []


def test_the_manual_lists_every_endpoint() -> None:
    table = MANUAL.partition("## Control API")[2].partition("## ")[0]
    told = set()
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[1].startswith("`/"):
            told |= {
                (method, path.strip("`")) for method in cells[0].split(", ") for path in cells[1].split(", ")
            }
    # A table's row is for several paths, each of which has one of its methods at least.
    listed = {(endpoint.method, endpoint.to_json()["path"]) for endpoint in ENDPOINTS}
    assert listed <= told
    assert {path for _, path in told} == {path for _, path in listed}
