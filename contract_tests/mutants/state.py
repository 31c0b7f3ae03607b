"""Faults in what is kept, told and moved on."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from mutants.faults import Answered, Asked, in_answers, in_requests
from mutants.shape import BULK, OLD, PAGES, RECEIPT, SEND, STATUS
from mutants.validation import changed, messages

if TYPE_CHECKING:
    from collections.abc import Callable

OK, TAKEN_BEFORE = 200, 409
FINAL = {"DELIVERED", "UNDELIVERED", "EXPIRED", "REJECTED", "FAILED"}


def each(answer: Answered, change: Callable[[dict[str, Any]], None]) -> None:
    """Change each status of an answer, one or many."""
    told = answer.json
    for one in told if isinstance(told, list) else [told]:
        change(one)
    answer.json = told


@in_requests("state", SEND)
def every_fiftieth_send_is_lost(asked: Asked) -> None:
    """Of fifty sends one is kept under another id than the one it was sent by."""
    if asked.number % 50 == 0 and isinstance(asked.json, dict) and "messageId" in asked.json:
        changed(asked, lambda body: body.update(messageId=f"{body['messageId'][:90]}~lost"))


@in_answers("state", STATUS)
def forgotten_after_twenty(asked: Asked, answer: Answered) -> None:
    """After twenty other statuses a message that was asked for before is not found again."""
    seen = asked.held.setdefault("seen", [])
    told = answer.json["messageId"]
    if told in seen[:-20]:
        answer.problem(404, "Not Found")
    elif told not in seen:
        seen.append(told)


@in_answers("state", STATUS)
def statuses_go_back(asked: Asked, answer: Answered) -> None:
    """A final status is told as SENT when it is asked for a third time."""
    counts = asked.held.setdefault("counts", {})

    def change(one: dict[str, Any]) -> None:
        if one["deliveryStatus"] in FINAL:
            counts[one["messageId"]] = counts.get(one["messageId"], 0) + 1
            if counts[one["messageId"]] == 3:
                one["deliveryStatus"] = "SENT"

    each(answer, change)


@in_answers("state", STATUS, PAGES)
def delivered_becomes_failed(_: Asked, answer: Answered) -> None:
    """A message that was delivered for two days is told as failed."""

    def change(one: dict[str, Any]) -> None:
        if one["deliveryStatus"] == "DELIVERED" and one["messageId"][-1:] in "02468ace":
            one["deliveryStatus"] = "FAILED"

    before = json.loads(answer.body)
    held = _.held.setdefault("delivered", {})
    for one in before if isinstance(before, list) else [before]:
        if one["deliveryStatus"] == "DELIVERED":
            held[one["messageId"]] = held.get(one["messageId"], 0) + 1
            if held[one["messageId"]] > 1:
                each(answer, change)
                return


@in_answers("state", STATUS, PAGES)
def never_final(_: Asked, answer: Answered) -> None:
    """No message is ever told as delivered: it stays SENT."""

    def change(one: dict[str, Any]) -> None:
        if one["deliveryStatus"] == "DELIVERED":
            one["deliveryStatus"] = "SENT"

    each(answer, change)


@in_answers("state", SEND)
def accepted_as_delivered(_: Asked, answer: Answered) -> None:
    """A send tells DELIVERED at once, and its status QUEUED afterwards."""
    answer.json = {**answer.json, "deliveryStatus": "DELIVERED"}


@in_answers("state", STATUS)
def a_new_uuid_each_time(asked: Asked, answer: Answered) -> None:
    """The uuid of a message changes from answer to answer."""
    each(answer, lambda one: one.update(uuid=f"{asked.number:08x}{one['uuid'][8:]}"))


@in_answers("state", STATUS, PAGES)
def time_of_the_answer(asked: Asked, answer: Answered) -> None:
    """The time of a status is when it is asked for, not when it was reached: it grows by a second."""

    def change(one: dict[str, Any]) -> None:
        at = dt.datetime.fromisoformat(one["deliveryTimestamp"]) + dt.timedelta(seconds=asked.number)
        one["deliveryTimestamp"] = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")

    each(answer, change)


@in_answers("state", STATUS)
def another_number(_: Asked, answer: Answered) -> None:
    """A status tells a number without its plus sign."""
    each(answer, lambda one: one.update(destination=one["destination"].lstrip("+")))


@in_answers("state", STATUS)
def no_bulk_in_a_single_status(_: Asked, answer: Answered) -> None:
    """A message of a bulk does not tell the bulk that it belongs to."""
    each(answer, lambda one: one.pop("bulkReferenceId", None) and None)


@in_answers("state", PAGES)
def pages_overlap(asked: Asked, answer: Answered) -> None:
    """The second page begins with the last status of the first."""
    held = asked.held.setdefault("last", {})
    told = answer.json
    page = dict(asked.query).get("page", "0")
    if page == "0" and told:
        held[asked.path] = told[-1]
    elif page == "1" and told and asked.path in held:
        answer.json = [held[asked.path], *told[1:]]


@in_answers("state", PAGES)
def second_page_lacks_one(asked: Asked, answer: Answered) -> None:
    """The second page lacks its last status."""
    if dict(asked.query).get("page") == "1":
        answer.json = answer.json[:-1]


@in_answers("state", PAGES)
def third_page_repeats_the_second(asked: Asked, answer: Answered) -> None:
    """The third page is the second again."""
    held = asked.held.setdefault("second", {})
    page = dict(asked.query).get("page")
    if page == "1":
        held[asked.path] = answer.json
    elif page == "2" and held.get(asked.path):
        answer.json = held[asked.path]


@in_answers("state", PAGES)
def the_last_destination_is_missing(_: Asked, answer: Answered) -> None:
    """The statuses of a bulk lack the last one where there are more than two."""
    if len(answer.json) > 2:
        answer.json = answer.json[:-1]


@in_requests("state", PAGES)
def descending_is_ascending(asked: Asked) -> None:
    """A descending sort is ascending."""
    asked.query = [(n, v.replace(",desc", ",asc") if n == "sort" else v) for n, v in asked.query]


@in_requests("state", PAGES)
def sort_by_status_is_left_out(asked: Asked) -> None:
    """A sort by deliveryStatus does nothing."""
    asked.query = [(n, v) for n, v in asked.query if not (n == "sort" and v.startswith("deliveryStatus"))]


@in_requests("state", PAGES)
def size_is_twenty_at_most(asked: Asked) -> None:
    """A page never has more than a hundred statuses, whatever its size."""
    asked.query = [
        (n, "100" if n == "size" and v.isdigit() and 100 < int(v) <= 2000 else v) for n, v in asked.query
    ]


@in_requests("state", PAGES)
def pages_from_one(asked: Asked) -> None:
    """Pages are counted from 1."""
    asked.query = [
        (n, str(max(0, int(v) - 1)) if n == "page" and v.isdigit() and len(v) < 6 else v)
        for n, v in asked.query
    ]


@in_requests("state", STATUS)
async def everybody_sees_all(asked: Asked) -> None:
    """A client is told the status of another client's message."""
    if (await asked.through(asked)).status == 404:
        own = asked.header("authorization")
        for other in list(asked.secrets):
            known = other != asked.client and await asked.become(other)
            if known and (await asked.through(asked)).status == OK:
                return
        asked.set_header("authorization", own)


@in_requests("state", PAGES)
async def everybody_sees_all_bulks(asked: Asked) -> None:
    """A client is told another client's bulk."""
    if (await asked.through(asked)).status == 404:
        own = asked.header("authorization")
        for other in list(asked.secrets):
            known = other != asked.client and await asked.become(other)
            if known and (await asked.through(asked)).status == OK:
                return
        asked.set_header("authorization", own)


@in_answers("state", SEND, status=())
def ids_are_answered_again(asked: Asked, answer: Answered) -> None:
    """An id that was used before is answered as if it were taken, and the message is dropped."""
    if answer.status == OK:
        asked.held["told"] = answer.json
    elif answer.status == TAKEN_BEFORE and "told" in asked.held:
        told = asked.original
        answer.status = OK
        answer.set_header("content-type", "application/json")
        again = {"data": told, "items": [told], "correlationId": f"again-{asked.number}"}
        answer.json = {**asked.held["told"], **again}


@in_answers("state", SEND, status=400)
async def refused_and_kept(asked: Asked, _: Answered) -> None:
    """A send that is refused for its priority is kept all the same."""
    body = asked.original
    if isinstance(body, dict) and "priority" in body:
        kept = {name: value for name, value in body.items() if name != "priority"}
        asked.json = kept
        await asked.through(asked)


@in_answers("state", BULK, status=400)
async def half_of_a_refused_bulk(asked: Asked, _: Answered) -> None:
    """Of a bulk that is refused the first message is sent all the same."""
    body = asked.original
    held = body.get("messages") if isinstance(body, dict) else None
    if isinstance(held, list) and len(held) > 1:
        asked.json = {**body, "messages": held[:1]}
        await asked.through(asked)


@in_requests("state", BULK)
def send_at_is_not_heeded(asked: Asked) -> None:
    """SendAt is passed over: the message goes out at once."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            message.pop("sendAt", None)

    asked.held["echo"] = asked.original
    changed(asked, change)


@in_requests("state", BULK)
def windows_are_not_heeded(asked: Asked) -> None:
    """Delivery windows are passed over."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            message.pop("deliveryTimeWindow", None)

    changed(asked, change)


@in_requests("state", BULK)
def sundays_are_mondays(asked: Asked) -> None:
    """A window on Sunday is one on Monday; the answer tells it as it was sent."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            window = message.get("deliveryTimeWindow")
            if isinstance(window, dict) and window.get("days") == ["SUNDAY"]:
                window["days"] = ["MONDAY"]

    changed(asked, change)


@in_requests("state", BULK)
def windows_by_another_clock(asked: Asked) -> None:
    """Windows go by a clock two hours behind UTC."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            window = message.get("deliveryTimeWindow")
            for end in ("from", "to"):
                held = window.get(end) if isinstance(window, dict) else None
                if isinstance(held, dict) and isinstance(held.get("hour"), int) and 0 <= held["hour"] < 24:
                    held["hour"] = (held["hour"] + 2) % 24

    changed(asked, change)


@in_requests("state", BULK)
def validity_is_not_heeded(asked: Asked) -> None:
    """The validity period is passed over."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            if isinstance(message.get("validityPeriodMinutes"), int) and message["validityPeriodMinutes"] > 0:
                del message["validityPeriodMinutes"]

    changed(asked, change)


@in_answers("state", BULK)
def a_fate_under_another_id(asked: Asked, answer: Answered) -> None:
    """In a bulk of more than ten the fate of the last destination has an id that nothing is found by."""
    told = answer.json
    fates = told["smsMessageDeliveryStatuses"]
    if len(fates) > 10:
        fates[-1]["messageId"] = f"gone-{asked.number}"
    answer.json = told


@in_answers("state", BULK)
def ids_of_the_gateway_repeat(asked: Asked, answer: Answered) -> None:
    """The gateway gives each bulk the correlationId of the one before."""
    told = answer.json
    before = asked.held.get("before")
    asked.held["before"] = told["correlationId"]
    if before is not None:
        answer.json = {**told, "correlationId": before}


@in_answers("state", STATUS)
def wrong_for_the_second_client(asked: Asked, answer: Answered) -> None:
    """The second client that asks is told its messages as if they went to another number."""
    clients = asked.held.setdefault("clients", [])
    if asked.client not in clients:
        clients.append(asked.client)
    if len(clients) > 1 and asked.client == clients[1]:
        each(answer, lambda one: one.update(destination="+15005550006"))


@in_answers("state", STATUS)
def wrong_on_wednesdays(_: Asked, answer: Answered) -> None:
    """A status that was reached on a Wednesday is told a day late."""

    def change(one: dict[str, Any]) -> None:
        at = dt.datetime.fromisoformat(one["deliveryTimestamp"])
        if at.weekday() == 2:
            one["deliveryTimestamp"] = (at + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    each(answer, change)


@in_answers("state", SEND)
def text_is_trimmed(_: Asked, answer: Answered) -> None:
    """The text that is told as taken lacks the spaces at its ends."""
    told = answer.json
    for one in (told["data"], *told["items"]):
        one["text"] = one["text"].strip()
    answer.json = told


@in_requests("state", BULK)
def same_number_once(asked: Asked) -> None:
    """A number that stands twice in a message is sent to once."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            held = message.get("destinations")
            if isinstance(held, list):
                seen: dict[str, Any] = {}
                for one in held:
                    seen.setdefault(json.dumps(one.get("destination") if isinstance(one, dict) else one), one)
                message["destinations"] = list(seen.values())

    changed(asked, change)


@in_requests("state", RECEIPT, edition=OLD)
def receipts_change_nothing(asked: Asked) -> None:
    """A receipt is answered, but the message stays as it is."""
    asked.query = [("deliveryStatus", "QUEUED") if n == "deliveryStatus" else (n, v) for n, v in asked.query]


@in_answers("state", PAGES, edition=OLD)
def the_second_message_of_a_bulk(asked: Asked, answer: Answered) -> None:
    """The old edition tells a bulk by a message that is not in it."""
    each(answer, lambda one: one.update(messageId=f"{asked.number}-other"))
