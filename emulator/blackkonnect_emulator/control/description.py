"""`GET /_emulator/`: everything that one may want to know of an emulator."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from starlette.requests import Request

from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.control import writing
from blackkonnect_emulator.control.reading import Parameters
from blackkonnect_emulator.fault_kinds import FAULTS
from blackkonnect_emulator.outcome_kinds import OUTCOMES

if TYPE_CHECKING:
    from blackkonnect_emulator.gateway import Gateway


async def describe(gateway: "Gateway", request: Request) -> Answer:
    """Tells everything: edition, limits, clock, tenants, outcomes, faults, rules, endpoints and counts.

    Secrets are not told.
    """
    # The list of endpoints holds this one.
    from blackkonnect_emulator.control import ENDPOINTS  # noqa: PLC0415 - the reason above

    Parameters(request, ()).check()
    settings, profile = gateway.settings, asdict(gateway.profile)
    return Answer.json(
        {
            "edition": settings.edition,
            "seed": settings.seed,
            "database": "memory" if settings.in_memory else "file",
            "profile": {_camel(name): value for name, value in profile.items()},
            "pace": {
                "secondsToSent": settings.seconds_to_sent,
                "secondsToFinal": settings.seconds_to_final,
                "messagesPerSecond": settings.messages_per_second,
            },
            "statuses": list(gateway.document.statuses),
            "finalStatuses": sorted(gateway.document.final_statuses),
            "clock": writing.clock(gateway.clock),
            "tenants": [writing.tenant(gateway, tenant) for tenant in gateway.tenants],
            "outcomesByNumber": [outcome.to_json() for outcome in OUTCOMES.values()],
            "faultKinds": [kind.to_json() for kind in FAULTS.values()],
            "outcomes": [writing.held(rule) for rule in gateway.outcomes.rules()],
            "faults": [writing.held(rule) for rule in gateway.faults.rules()],
            "operations": [
                {"operation": known.operation_id, "method": known.method, "path": known.path}
                for known in gateway.document.operations
            ],
            "endpoints": [endpoint.to_json() for endpoint in ENDPOINTS],
            "counts": dict(await gateway.queries.counts()),
            "version": gateway.changes.version,
        }
    )


async def health(gateway: "Gateway", request: Request) -> Answer:
    """Tells that the emulator answers and its database does."""
    Parameters(request, ()).check()
    await gateway.store.read(lambda connection: connection.execute("SELECT 1").fetchone())
    return Answer.json({"status": "ok", "edition": gateway.settings.edition})


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
