"""The gate's work in pieces that processes share: one layer of one edition each."""

from __future__ import annotations

import os
import signal
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blackkonnect_contract.document import document
from blackkonnect_contract.gate import ON_A_SOCKET, run_gate
from blackkonnect_contract.reports.as_json import failed_facts, layer_facts
from blackkonnect_contract.reports.coverage import Coverage
from blackkonnect_contract.target import Credentials, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from blackkonnect_contract.exchange import Exchange

__all__ = ["Gateway", "Job", "run_job", "run_jobs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """Where to find the gateway that is tested; processes can be told it.

    Attributes:
        base_url: Its address; none for the emulator, a new one for each layer.
        client_id: The id of a client that it knows.
        client_secret: That client's secret.
        other: A second client.
        in_process: Whether the emulator is asked in this process: true, false, or none for each layer as it
            sees more.
    """

    base_url: str | None = None
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    other: Credentials | None = None
    in_process: bool | None = None

    @contextmanager
    def opened(self, edition: str, layer: str) -> Iterator[Target]:
        """Open it for a layer.

        Args:
            edition: The edition that it is to keep to.
            layer: The layer.
        """
        if self.base_url is None:
            from blackkonnect_contract.emulated import opened  # noqa: PLC0415 - needs another extra

            over_http = layer in ON_A_SOCKET if self.in_process is None else not self.in_process
            with opened(edition, over_http=over_http) as target:
                yield target
            return
        yield Target(
            base_url=self.base_url,
            client_id=self.client_id,
            client_secret=self.client_secret,
            edition=edition,
            other=self.other,
        )


@dataclass(frozen=True, slots=True)
class Job:
    """One layer of one edition.

    Attributes:
        edition: The edition.
        layer: The layer.
        seed: What all chance follows from.
        quick: Whether a short look is wanted.
        ends: When to be done, by ``time.time``; none for when it is done.
    """

    edition: str
    layer: str
    seed: int
    quick: bool
    ends: float | None = None


def run_job(gateway: Gateway, job: Job, seen: Callable[[], None] | None = None) -> dict[str, Any]:
    """Run a layer on an edition.

    Args:
        gateway: The gateway.
        job: The layer and the edition.
        seen: Is called after each exchange.

    Returns:
        What it found, by ``layer_facts``.
    """
    coverage = Coverage(document(job.edition))

    def watch(_edition: str, _layer: str, exchange: Exchange) -> None:
        coverage.note(exchange)
        if seen is not None:
            seen()

    began = time.perf_counter()
    try:
        with gateway.opened(job.edition, job.layer) as target:
            report = run_gate(
                lambda _: nullcontext(target),
                [job.edition],
                layers=[job.layer],
                seed=job.seed,
                quick=job.quick,
                budget=None if job.ends is None else max(0.0, job.ends - time.time()),
                watch=watch,
            )
    except Exception as error:  # noqa: BLE001 - a gateway may do what nobody thought of, and the rest counts
        seconds = time.perf_counter() - began
        return failed_facts(job.layer, job.edition, _where(error), seconds=seconds, coverage=coverage)
    return layer_facts(report.layers[0], coverage)


def _where(error: Exception) -> str:
    """Tell of an error without its words, which may hold what the gateway sent."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {last.name}, {Path(last.filename).name}:{last.lineno}"


def run_jobs(  # noqa: PLR0913 - each is said below
    gateway: Gateway,
    jobs: Sequence[Job],
    *,
    workers: int,
    begun: Callable[[Job], None] | None = None,
    seen: Callable[[], None] | None = None,
    ended: Callable[[dict[str, Any]], None] | None = None,
) -> list[dict[str, Any]]:
    """Run layers, one after the other or in processes of their own.

    Args:
        gateway: The gateway.
        jobs: The layers of the editions.
        workers: In how many processes; one is this one.
        begun: Is told each that begins, where that is known.
        seen: Is called after each exchange in this process.
        ended: Is told what each found, in the order of the jobs.

    Returns:
        What they found, in the order of the jobs.
    """
    found = []

    def note(facts: dict[str, Any]) -> None:
        found.append(facts)
        if ended is not None:
            ended(facts)

    if workers == 1:
        for job in jobs:
            if begun is not None:
                begun(job)
            note(run_job(gateway, job, seen))
        return found
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_quiet) as pool:
        try:
            for job, waiting in [(job, pool.submit(run_job, gateway, job)) for job in jobs]:
                try:
                    note(waiting.result())
                except BrokenProcessPool:
                    lost = "its process came to an end"
                    none = Coverage(document(job.edition))
                    note(failed_facts(job.layer, job.edition, lost, seconds=0.0, coverage=none))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in active_children():
                process.terminate()
            raise
    return found


def _quiet() -> None:
    """End with Ctrl-C without a word: the process that started this one tells of it."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
