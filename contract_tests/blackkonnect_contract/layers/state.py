"""What a gateway keeps: nothing lost, nothing made up, statuses that go forward, whole pages."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from blackkonnect_contract.requests_to_send import DAYS, TEXTS, number
from blackkonnect_contract.state_machine import walk
from blackkonnect_contract.tenant import DUPLICATE, LOST, Tenant, new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blackkonnect_contract.model import Message
    from blackkonnect_contract.run import Run

__all__ = ["check"]

_MONDAY = "2026-03-02T08:00:00Z"
_DAY = 86400.0
_OK = 200
_WHY = "the gateway offers no clients with clocks that can be moved"


def check(run: Run) -> None:
    """Compare what the gateway remembers with what it was told.

    Args:
        run: The gateway, the seed, and where findings go.
    """
    named = Tenant(run.caller())
    first = [message for message in (_send(named), _send(named)) if message is not None]
    scenarios = (
        _many,
        _bulk_of_many,
        _refusals,
        _every_fate,
        _week,
        _everything_for_both,
        _at_once,
        _nameless,
    )
    for scenario in scenarios:
        if run.time_is_up():
            return
        scenario(run)
    for message in first:
        named.look(message)
    if run.control is None:
        run.record.skip("a random walk with time", _WHY)
    elif not run.time_is_up():
        walk(run, *((4, 15) if run.quick else (40, 30)))


def _tenant(run: Run, start: str = _MONDAY) -> Tenant:
    caller = run.fresh(start)
    return Tenant(run.caller()) if caller is None else Tenant(caller, run.control)


def _send(tenant: Tenant, to: str = "+233200000001", text: str = "One of the first") -> Message | None:
    return tenant.send(to, text, messageId=new_id())


def _many(run: Run) -> None:  # noqa: C901
    """Send many, so that a fault that begins late or comes seldom has its turn; look at each, and again."""
    tenant = _tenant(run)
    draw = random.Random(run.seed)  # noqa: S311
    for index in range(52 if run.quick else 160):
        text = TEXTS[index % len(TEXTS)] if index < 2 * len(TEXTS) else f"Number {index}"
        more: dict[str, Any] = {"messageId": new_id()} if index % 3 else {}
        if index % 4 == 1:
            more["priority"] = index % 10
        if index % 5 == 2:  # noqa: PLR2004
            more["sourceAddress"] = "ACME"
        if index % 7 == 3:  # noqa: PLR2004
            more |= {
                "referenceId1": f"r{index}",
                "referenceId2": "second",
                "serviceId": "s",
                "initiatorId": "i",
            }
        message = tenant.send(number(draw), text, **more)
        if message is not None:
            tenant.look(message, index)
        if index % 25 == 24:  # noqa: PLR2004
            tenant.refuse(
                "sendMessage",
                {"text": "", "destination": "+233200000001", "messageId": (used := new_id())},
                used,
            )
    tenant.advance(60)
    for message in tenant.messages:
        tenant.look(message, 1)
    for message in tenant.messages[:1]:
        for turn in range(22 if run.quick else 60):
            tenant.look(message, turn)
    tenant.advance(_DAY)
    for message in tenant.messages[:: 3 if run.quick else 1]:
        tenant.look(message)


def _refusals(run: Run) -> None:
    """Break each rule of a send's fields that a type or a need can break; nothing of it is kept."""
    tenant = _tenant(run)
    for operation, right in (
        ("sendMessage", {"text": "no", "destination": "+233200000008"}),
        (
            "sendBulkMessages",
            {"messages": [{"text": "no", "destinations": [{"destination": "+233200000008"}]}]},
        ),
    ):
        body = run.document.operations[operation].body or ""
        _, schema = run.document.resolved(body)
        bad: list[dict[str, Any]] = [
            {name: value for name, value in right.items() if name != left_out}
            for left_out in schema["required"]
        ]
        bad += [{**right, name: {}} for name in schema["properties"]]
        bad += [{**right, "unknownField": 1}]
        for wrong in bad:
            used, named = new_id(), new_id("b")
            wrong = _with_ids(wrong, operation, used, named)  # noqa: PLW2901 - the same with its ids
            tenant.refuse(operation, wrong, used)
            if operation == "sendBulkMessages":
                tenant.absent(named, bulk=True)


def _with_ids(wrong: dict[str, Any], operation: str, used: str, named: str) -> dict[str, Any]:
    if operation == "sendMessage":
        return {"messageId": used, **wrong}
    made = {"bulkId": named, **wrong}
    if isinstance(made.get("messages"), list):
        to = {"destination": "+233200000008", "messageId": used}
        made["messages"] = [{"text": "no", "destinations": [to]}]
    return made


def _bulk_of_many(run: Run) -> None:
    """Read a bulk of several pages with every kind of page and sort."""
    tenant = _tenant(run)
    draw = random.Random(run.seed + 1)  # noqa: S311
    numbers = [f"+2332001{index:05}" for index in range(120)]
    draw.shuffle(numbers)
    ids = [new_id() for _ in numbers]
    draw.shuffle(ids)
    to = [
        {"destination": one, **({"messageId": used} if i % 3 else {})}
        for i, (one, used) in enumerate(zip(numbers, ids, strict=True))
    ]
    entries: list[dict[str, Any]] = [
        {"text": "We open at 9", "destinations": to[:70], "priority": 1},
        {"text": TEXTS[3], "destinations": to[70:119]},
        {"text": TEXTS[-1], "destinations": to[119:]},
    ]
    if tenant.now is not None:
        entries[1]["sendAt"] = (tenant.now + timedelta(hours=2)).isoformat()
    bulk = tenant.send_bulk(entries, bulkId=new_id("b"))
    if bulk is None:
        return
    _read(
        run,
        tenant,
        (None, 7, 119) if run.quick else (None, 1, 7, 20, 50, 119, 120, 121, 2000),
    )
    tenant.advance(60)
    if tenant.has_pages:
        for name in ("messageId", "destination", "deliveryStatus", "deliveryTimestamp"):
            for direction in ("", ",asc", ",desc"):
                tenant.look_at_bulk(bulk, 50 if direction else 2000, (name + direction,))
        tenant.look_at_bulk(bulk, 7, ("deliveryStatus,desc", "destination,asc"), 1)
        tenant.look_at_bulk(bulk, 50, ("deliveryTimestamp,asc", "messageId,desc"), 1)
    for message in bulk.messages[:: 12 if run.quick else 1] + bulk.messages[-3:]:
        tenant.look(message)
    tenant.advance(3 * 3600)
    _read(run, tenant, (20,) if run.quick else (20, 119))


def _read(run: Run, tenant: Tenant, sizes: Sequence[int | None]) -> None:
    for bulk in tenant.bulks:
        for by, size in enumerate(sizes):
            if not run.time_is_up():
                tenant.look_at_bulk(bulk, size, (), by)


def _every_fate(run: Run) -> None:
    """Have the operator tell each status, in each order that matters, twice, and what is past."""
    tenant = _tenant(run)
    names = tenant.statuses.names
    for begin in names:
        for then in names if not run.quick else names[1:3]:
            if (run.control is None or run.quick) and begin not in {*names[:2], names[-1]}:
                continue
            message = _send(tenant)
            if message is None:
                return
            for status in (begin, then):
                if "handleDeliveryReceipt" in tenant.document.operations:
                    tenant.receipt(message, status)
                else:
                    tenant.operator_tells(message, status)
    tenant.advance(_DAY)
    for message in tenant.messages:
        tenant.look(message, 1)


def _week(run: Run) -> None:
    """Send on each day of the week, for each day of the week."""
    if run.control is None:
        run.record.skip("each day of a week, windows and validity", _WHY)
        return
    tenant = _tenant(run)
    for day in range(8):
        if run.time_is_up():
            return
        _send(tenant, "+233200000002", f"Day {day}")
        tenant.send_bulk(_windows(tenant, day), bulkId=new_id("b"))
        recent = tenant.messages[-30:]
        for seconds in (
            (60, 11 * 3600, 13 * 3600 - 60)
            if run.quick
            else (60, 3600, 5 * 3600, 6 * 3600, 6 * 3600, 6 * 3600 - 60)
        ):
            tenant.advance(seconds)
            for message in recent[::-1][: 10 if run.quick else 30]:
                if message.status not in tenant.statuses.final:
                    tenant.look(message)
        if day % 2:
            tenant.look_at_bulk(tenant.bulks[-1]) if tenant.bulks else None
    tenant.advance(4 * _DAY)
    for message in tenant.messages:
        tenant.look(message)


def _windows(tenant: Tenant, day: int) -> list[dict[str, Any]]:
    now = tenant.now
    spans: tuple[tuple[int, tuple[int, int] | None], ...] = (
        (0, None),
        (1, None),
        (1, (10, 12)),
        (0, (22, 2)),
        (0, (5, 7)),
        (2, (0, 1)),
        (3, None),
    )
    made: list[dict[str, Any]] = []
    for index, (ahead, span) in enumerate(spans):
        window: dict[str, Any] = {"days": [DAYS[(day + ahead) % 7]]}
        if span is not None:
            window |= {
                name: {"hour": hour, "minute": 30} for name, hour in zip(("from", "to"), span, strict=True)
            }
        made.append(
            {
                "text": "In its window",
                "destinations": [{"destination": f"+23320000010{index}"}],
                "deliveryTimeWindow": window,
            }
        )
    made.append(
        {
            "text": "Soon over",
            "destinations": [{"destination": "+233200000110"}],
            "validityPeriodMinutes": 30,
            "deliveryTimeWindow": {"days": [DAYS[(day + 1) % 7]]},
        }
    )
    if now is not None:
        later = (now + timedelta(hours=5)).isoformat()
        made.append({"text": "Later", "destinations": [{"destination": "+233200000111"}], "sendAt": later})
        tomorrow = (now + timedelta(days=1, hours=3)).isoformat()
        made.append(
            {
                "text": "Tomorrow",
                "destinations": [{"destination": "+233200000112"}],
                "sendAt": tomorrow,
                "validityPeriodMinutes": 120,
            }
        )
    return made


def _everything_for_both(run: Run) -> None:
    """Let two clients do the same with the same ids; neither sees or disturbs the other."""
    pairs = [(Tenant(run.caller()), run.others())]
    pairs += [(_tenant(run), run.fresh(_MONDAY))] if run.control is not None else []
    for one, other in pairs:
        if other is None:
            run.record.skip("two clients", "no second client was named")
            continue
        # The target's own clients have the gateway's clock, made ones have theirs.
        two = Tenant(other, run.control if one.now is not None else None)
        _both(one, two)
        _both(two, one)


def _both(one: Tenant, two: Tenant) -> None:
    used, named = new_id(), new_id("b")
    mine = one.send("+233200000003", "Of one", messageId=used)
    ours = one.send_bulk(
        [{"text": "Of one", "destinations": [{"destination": f"+23320000020{i}"} for i in range(3)]}],
        bulkId=named,
    )
    if mine is None or ours is None:
        return
    for one_id in mine.ids:
        two.absent(one_id)
    for one_id in ours.ids:
        two.absent(one_id, bulk=True)
    for each in ours.messages:
        two.absent(each.ids[0])
    theirs = two.send("+233200000004", "Of two", messageId=used)
    both = two.send_bulk(
        [{"text": "Of two", "destinations": [{"destination": f"+23320000030{i}"} for i in range(4)]}],
        bulkId=named,
    )
    for tenant, message, bulk in ((one, mine, ours), (two, theirs, both)):
        if message is not None and bulk is not None:
            tenant.duplicate(used, "single")
            tenant.duplicate(named, "bulk")
            tenant.duplicate(used, "entry")
            tenant.look(message)
            tenant.look(message, 1)
            tenant.look_at_bulk(bulk, 2)
            for held in bulk.messages:
                tenant.look(held)
    for tenant in (one, two):
        tenant.old_token()
        tenant.advance(_DAY)
        for held in tenant.messages:
            tenant.look(held, 1)


def _at_once(run: Run) -> None:
    """Send at the same time: everything is kept, and one id is taken once, where it is taken once."""
    tenant = _tenant(run)
    caller = tenant.caller
    caller.token()
    used = [new_id() for _ in range(20)]
    same = new_id()

    def send(one: str) -> int:
        body = {"destination": "+233200000005", "text": "At once", "messageId": one}
        answer = caller.call("sendMessage", json_body=body)
        return 0 if answer is None else answer.status

    with ThreadPoolExecutor(20) as threads:
        taken = list(threads.map(send, used))
        repeated = Counter(threads.map(send, [same] * 10))
    for one, first in zip(used, taken, strict=True):
        if tenant.holds(first == _OK, LOST, f"one of 20 sends at once was answered {first}"):
            answer = tenant.ask("getMessageStatus", path={"correlationId": one})
            status = 0 if answer is None else answer.status
            tenant.holds(status == _OK, LOST, f"answered {status} to the id of one of 20 sends at once")
    told = ", ".join(f"{count} times {status}" for status, count in sorted(repeated.items()))
    tenant.holds(
        repeated[_OK] == 1 or repeated[_OK] == 10,  # noqa: PLR2004 - once or always
        DUPLICATE,
        f"ten sends at once with the same id were answered {told}",
    )


def _nameless(run: Run) -> None:
    """Where a token may be left out, who has none is a client like another."""
    if run.document.operations["sendMessage"].needs_token:
        return
    nameless, named = Tenant(run.caller(), token=None), Tenant(run.caller())
    _both(nameless, named)
    _both(named, nameless)
