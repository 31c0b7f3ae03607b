"""Times at the edges of what can be told."""

import pytest

from tests.emulator.conftest import Gateway
from tests.emulator.hostile.attacked import NUMBER, Attacked, check_fine, check_refused, signed
from tests.emulator.hostile.targets import AS_JSON, MESSAGE, TAKES_JSON, trap, written

EDGES = (
    "0000-01-01T00:00:00Z",
    "0000-01-01T00:00:00+23:59",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "1960-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999Z",
    "9999-12-31T23:59:59.999Z",
    "9999-12-31T23:59:60Z",
    "9999-12-31T23:59:59-23:59",
)
# The inbox shows all times that there are.
PAGES = (
    "/",
    f"/?to=%2B{NUMBER[1:]}&of=acme&message=1",
    "/_emulator/inbox/panels/clock",
    "/_emulator/inbox/bar",
)


@pytest.mark.parametrize("time", EDGES)
def test_tenants_that_start_then(victim: Attacked, time: str) -> None:
    start = {"clock": "manual", "start": time}
    name = time.replace(":", "").replace("+", "p")
    for what, answer in (
        ("new", victim.control("PUT", f"tenants/{name}-new", start)),
        ("seeded", victim.control("POST", "seed", {"tenants": [{"name": f"{name}-seeded", **start}]})),
        ("shared first", victim.control("PUT", f"tenants/{name}-shared", {})),
        ("own then", victim.control("PUT", f"tenants/{name}-shared", start)),
        ("moved", victim.control("PUT", f"tenants/{name}-shared", {**start, "clock": 5})),
        ("seeded message", victim.control("POST", "seed", message(at=time))),
        ("seeded status", victim.control("POST", "seed", message(at=time, status="DELIVERED"))),
    ):
        with trap(what):
            check_fine(answer)


def message(**fields: object) -> object:
    return {"messages": [{"destination": NUMBER, "text": "x", **fields}]}


@pytest.mark.parametrize("time", EDGES)
def test_messages_and_receipts_of_then(victim: Attacked, time: str) -> None:
    token = victim.token()
    headers = [*signed(token), AS_JSON]
    later = {**MESSAGE, "sendAt": time, "validityPeriodMinutes": 2**31 - 1}
    check_fine(victim.ask("POST", Gateway.BULK, written({"messages": [later]}), headers))
    sent = victim.send(token).json()["data"]["messageId"]
    stamp = time.replace("+", "%2B")
    query = f"?messageId={sent}&deliveryStatus=DELIVERED&deliveryTimestamp={stamp}"
    check_fine(victim.ask("GET", Gateway.RECEIPT + query, headers=signed(token)))
    check_fine(victim.ask("GET", Gateway.STATUS.format(sent), headers=signed(token)))
    for page in PAGES:
        check_fine(victim.ask("GET", page))


@pytest.mark.parametrize(
    ("moved", "taken"),
    [
        ({"advance": 1e308}, False),
        ({"advance": 4e11}, False),
        ({"advance": -5e-324}, False),
        ({"advance": 5e-324}, True),
        ({"factor": 5e-324}, True),
        ({"factor": 1_000_001}, False),
        ({"to": "9999-12-31T23:59:59-00:01"}, False),
        ({"to": "9999-12-31T23:59:59.999Z"}, True),
        ({"factor": 1_000_000}, True),
        ({"advance": 1}, False),
        ({"to": "next event"}, False),
    ],
)
def test_clocks_at_the_end_of_time(victim: Attacked, moved: object, *, taken: bool) -> None:
    answer = victim.control("POST", "clock", moved)
    if taken:
        assert answer.status == 200, answer
    else:
        check_refused(answer, 400)
    victim.check_alive()
    for page in PAGES:
        assert victim.ask("GET", page).status in {200, 404}, page
    for name in TAKES_JSON:
        target = TAKES_JSON[name]
        if not target.signed:
            headers = [AS_JSON]
            check_fine(victim.ask(target.method, target.path, written(target.body), headers))
