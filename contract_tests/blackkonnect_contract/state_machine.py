"""A random walk through sends, looks, receipts and time, each answer compared with the model."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.database import InMemoryExampleDatabase
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from blackkonnect_contract.requests_to_send import TEXTS, entry, number
from blackkonnect_contract.tenant import Tenant, new_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from blackkonnect_contract.run import Run

__all__ = ["walk"]

_START = "2026-03-0{}T{:02}:{:02}:00Z"
_AT_THE_END = 15
_LONG = 3 * 86400
_SECONDS = (0.2, 0.4, 1, 5, 61, 600, 3599, 3601, 5 * 3600, 11 * 3600, 86400, 2 * 86400 + 3600)
_SORTS = (
    (),
    ("messageId,asc",),
    ("messageId,desc",),
    ("destination,desc",),
    ("destination",),
    ("deliveryStatus,asc", "messageId,desc"),
    ("deliveryStatus,desc", "destination,asc"),
    ("deliveryTimestamp,desc", "messageId,asc"),
)

_INDEX = st.integers(0, 2**16)


def walk(run: Run, examples: int, steps: int) -> None:
    """Walk.

    Args:
        run: Where; its gateway makes clients whose clock can be moved.
        examples: How often to begin anew.
        steps: How many steps to go each time, at most.
    """

    def tenant(start: str) -> Tenant:
        caller = run.fresh(start)
        if caller is None:
            raise RuntimeError("the gateway makes no clients")
        return Tenant(caller, run.control)

    machine = hypothesis.seed(run.seed)(_machine(run, tenant))
    run_state_machine_as_test(
        machine,
        settings=hypothesis.settings(
            max_examples=examples,
            stateful_step_count=steps,
            database=InMemoryExampleDatabase(),
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def _machine(run: Run, make: Callable[[str], Tenant]) -> type[RuleBasedStateMachine]:  # noqa: C901 - one rule each
    class Walk(RuleBasedStateMachine):
        """One walk with clients of its own."""

        def __init__(self) -> None:
            super().__init__()
            self.one: Tenant | None = None
            self.two: Tenant | None = None

        @property
        def tenant(self) -> Tenant:
            """The client that walks, made when it is needed first."""
            if self.one is None:
                self.one = make(_START.format(2, 8, 0))
            return self.one

        @property
        def stranger(self) -> Tenant:
            """A client that is to see nothing of the other's."""
            if self.two is None:
                self.two = make(_START.format(2, 8, 0))
            return self.two

        @precondition(lambda _: not run.time_is_up())
        @rule(chance=st.integers(0, 2**32), named=st.booleans(), kind=st.sampled_from(TEXTS))
        def send(self, chance: int, named: bool, kind: str) -> None:  # noqa: FBT001 - drawn
            draw = random.Random(chance)  # noqa: S311
            more: dict[str, Any] = {"messageId": new_id()} if named else {}
            if draw.random() < 0.3:  # noqa: PLR2004
                more["priority"] = draw.randrange(10)
            if draw.random() < 0.3:  # noqa: PLR2004
                more["sourceAddress"] = draw.choice(("ACME", "+233201112223", "4321"))
            message = self.tenant.send(number(draw), kind, **more)
            if message is not None:
                self.tenant.look(message, draw.randrange(2))

        @precondition(lambda _: not run.time_is_up())
        @rule(
            chance=st.integers(0, 2**32),
            counts=st.lists(st.sampled_from((1, 1, 2, 3, 8, 21)), min_size=1, max_size=3),
        )
        def send_bulk(self, chance: int, counts: list[int]) -> None:
            draw = random.Random(chance)  # noqa: S311
            more = {"bulkId": new_id("b")} if draw.random() < 0.6 else {}  # noqa: PLR2004
            tenant = self.tenant
            bulk = tenant.send_bulk([entry(draw, count, tenant.now) for count in counts], **more)
            if bulk is not None:
                tenant.look_at_bulk(bulk, None, (), draw.randrange(2))

        @precondition(lambda self: self.one is not None and self.one.messages)
        @rule(index=_INDEX, by=st.integers(0, 1))
        def look(self, index: int, by: int) -> None:
            messages = self.tenant.messages
            self.tenant.look(messages[index % len(messages)], by)

        @precondition(lambda self: self.one is not None and self.one.bulks)
        @rule(index=_INDEX, size=st.sampled_from((None, 2, 3, 7, 20, 21, 2000)), sort=st.sampled_from(_SORTS))
        def look_at_bulk(self, index: int, size: int | None, sort: tuple[str, ...]) -> None:
            bulks = self.tenant.bulks
            self.tenant.look_at_bulk(bulks[index % len(bulks)], size, sort, index)

        @rule(seconds=st.sampled_from(_SECONDS))
        def time_goes_by(self, seconds: float) -> None:
            self.tenant.advance(seconds)

        @precondition(lambda self: self.one is not None and self.one.messages)
        @rule(index=_INDEX, status=st.integers(0, 6), by_request=st.booleans())
        def receipt(self, index: int, status: int, by_request: bool) -> None:  # noqa: FBT001 - drawn
            tenant = self.tenant
            message = tenant.messages[index % len(tenant.messages)]
            told = tenant.statuses.names[status % len(tenant.statuses.names)]
            (tenant.receipt if by_request else tenant.operator_tells)(message, told)

        @precondition(lambda self: self.one is not None and self.one.messages)
        @rule(index=_INDEX, kind=st.sampled_from(("single", "entry", "bulk")))
        def duplicate(self, index: int, kind: str) -> None:
            tenant = self.tenant
            if kind == "bulk":
                named = [bulk.ids[0] for bulk in tenant.bulks if bulk.ids[0].startswith("b-")]
            else:
                named = [one.ids[0] for one in tenant.messages if one.ids[0].startswith("c-")]
            if named:
                tenant.duplicate(named[index % len(named)], kind)

        @precondition(lambda self: self.one is not None and self.one.messages)
        @rule(index=_INDEX)
        def another_client(self, index: int) -> None:
            tenant, stranger = self.tenant, self.stranger
            message = tenant.messages[index % len(tenant.messages)]
            used = message.ids[index % len(message.ids)]
            if used not in stranger.ids:
                stranger.absent(used)
            if message.ids[0].startswith("c-") and message.ids[0] not in stranger.ids:
                sent = stranger.send("+233205550000", "mine", messageId=message.ids[0])
                if sent is not None:
                    stranger.look(sent)
                    tenant.look(message)
            if tenant.bulks:
                bulk = tenant.bulks[index % len(tenant.bulks)]
                stranger.absent(bulk.ids[index % len(bulk.ids)], bulk=True)

        @rule(many=st.booleans())
        def refused(self, many: bool) -> None:  # noqa: FBT001 - drawn
            used = new_id()
            if many:
                good = {"text": "no", "destinations": [{"destination": "+233200000001", "messageId": used}]}
                bad = {"text": "no", "destinations": [{"destination": "nobody"}]}
                self.tenant.refuse("sendBulkMessages", {"messages": [good, bad]}, used)
            else:
                self.tenant.refuse(
                    "sendMessage", {"text": "", "destination": "+233200000001", "messageId": used}, used
                )

        @rule()
        def token_expires(self) -> None:
            self.tenant.old_token()

        def teardown(self) -> None:
            for tenant in (self.one, self.two):
                if tenant is not None:
                    _end(run, tenant)

    return Walk


def _end(run: Run, tenant: Tenant) -> None:
    for message in tenant.messages[:_AT_THE_END]:
        tenant.look(message, 1)
    for used in tenant.refused[-2:]:
        tenant.absent(used)
    tenant.advance(_LONG)
    for message in tenant.messages[-_AT_THE_END:]:
        tenant.look(message)
    for bulk in tenant.bulks[:4]:
        tenant.look_at_bulk(bulk, 7)
    tenant.caller.close()
    if run.control is not None:
        run.control.remove_client(tenant.caller.credentials.client_id)
