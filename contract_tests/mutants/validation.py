"""Faults in what is taken and what is refused."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from mutants.faults import in_answers, in_requests
from mutants.shape import BULK, OLD, PAGES, SEND, STATUS, TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mutants.faults import Answered, Asked

NUMBER = "+233200000001"


def changed(asked: Asked, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a request's body, if it is an object."""
    body = asked.json
    if isinstance(body, dict):
        before = json.dumps(body)
        change(body)
        if json.dumps(body) != before:
            asked.json = body


def messages(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the messages of a bulk that are objects."""
    held = body.get("messages")
    yield from (one for one in held if isinstance(one, dict)) if isinstance(held, list) else ()


def destinations(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the destinations of a bulk that are objects."""
    for message in messages(body):
        held = message.get("destinations")
        yield from (one for one in held if isinstance(one, dict)) if isinstance(held, list) else ()


@in_requests("validation", SEND)
def empty_text_is_taken(asked: Asked) -> None:
    """A send without a character is taken."""
    changed(asked, lambda body: body.update(text=" ") if body.get("text") == "" else None)


@in_requests("validation", SEND)
def text_may_be_missing(asked: Asked) -> None:
    """A send without a text is taken."""
    changed(asked, lambda body: body.setdefault("text", "x") and None)


@in_requests("validation", SEND)
def text_may_be_a_number(asked: Asked) -> None:
    """A text that is a number is taken for its digits."""
    changed(
        asked,
        lambda body: body.update(text=str(body["text"])) if isinstance(body.get("text"), int) else None,
    )


@in_requests("validation", SEND)
def long_text_is_cut(asked: Asked) -> None:
    """A text of too many characters is cut and taken."""
    changed(
        asked,
        lambda body: body.update(text=body["text"][:39015]) if len(str(body.get("text"))) > 39015 else None,
    )


@in_requests("validation", SEND)
def number_with_a_leading_zero(asked: Asked) -> None:
    """A number with a leading zero is taken."""

    def change(body: dict[str, Any]) -> None:
        if re.fullmatch(r"\+?0\d{6,14}", str(body.get("destination"))):
            body["destination"] = NUMBER

    changed(asked, change)


@in_requests("validation", SEND)
def number_of_sixteen_digits(asked: Asked) -> None:
    """A number of 16 digits is taken."""

    def change(body: dict[str, Any]) -> None:
        if re.fullmatch(r"\+?[1-9]\d{15}", str(body.get("destination"))):
            body["destination"] = NUMBER

    changed(asked, change)


@in_requests("validation", SEND)
def number_with_a_final_newline(asked: Asked) -> None:
    """A number with a newline behind it is taken."""
    changed(
        asked,
        lambda body: (
            body.update(destination=body["destination"].rstrip("\n"))
            if isinstance(body.get("destination"), str)
            else None
        ),
    )


@in_requests("validation", SEND)
def number_with_spaces(asked: Asked) -> None:
    """A number with spaces around it is taken."""
    changed(
        asked,
        lambda body: (
            body.update(destination=body["destination"].strip(" "))
            if isinstance(body.get("destination"), str)
            else None
        ),
    )


@in_requests("validation", SEND)
def priority_of_ten(asked: Asked) -> None:
    """A priority of 10 is taken."""
    changed(asked, lambda body: body.update(priority=9) if body.get("priority") == 10 else None)


@in_requests("validation", SEND)
def priority_below_zero(asked: Asked) -> None:
    """A negative priority is taken."""
    changed(asked, lambda body: body.update(priority=0) if body.get("priority") == -1 else None)


@in_requests("validation", SEND)
def priority_as_digits(asked: Asked) -> None:
    """A priority in quotes is taken."""
    changed(asked, lambda body: body.update(priority=1) if isinstance(body.get("priority"), str) else None)


@in_requests("validation", SEND)
def true_is_a_priority(asked: Asked) -> None:
    """A priority of true is taken for 1."""
    changed(asked, lambda body: body.update(priority=1) if body.get("priority") is True else None)


@in_answers("validation", SEND)
def priority_of_nine_is_refused(asked: Asked, answer: Answered) -> None:
    """The highest priority is refused."""
    if isinstance(asked.original, dict) and asked.original.get("priority") == 9:
        answer.problem(400, "Bad Request")


@in_requests("validation", SEND)
def sender_of_twelve_letters(asked: Asked) -> None:
    """A sender of 12 letters is taken."""

    def change(body: dict[str, Any]) -> None:
        sender = body.get("sourceAddress")
        if isinstance(sender, str) and len(sender) == 12 and not sender.isdigit():
            body["sourceAddress"] = sender[:11]

    changed(asked, change)


@in_answers("validation", SEND)
def sender_of_eleven_letters_is_refused(asked: Asked, answer: Answered) -> None:
    """A sender of 11 characters is refused."""
    if isinstance(asked.original, dict) and len(str(asked.original.get("sourceAddress", ""))) == 11:
        answer.problem(400, "Bad Request")


@in_requests("validation", SEND)
def unknown_fields_are_dropped(asked: Asked) -> None:
    """A field that the document does not know is dropped in silence."""
    known = {
        *("messageId", "referenceId1", "referenceId2", "serviceId", "requestId", "initiatorId"),
        *("text", "destination", "sourceAddress", "priority"),
    }

    def change(body: dict[str, Any]) -> None:
        for name in set(body) - known:
            del body[name]

    changed(asked, change)


@in_requests("validation", SEND)
def id_with_a_slash(asked: Asked) -> None:
    """An id with a slash is taken."""
    changed(
        asked,
        lambda body: (
            body.update(messageId=body["messageId"].replace("/", "-"))
            if isinstance(body.get("messageId"), str)
            else None
        ),
    )


@in_requests("validation", SEND)
def id_of_101_characters(asked: Asked) -> None:
    """An id of 101 characters is cut and taken."""
    changed(
        asked,
        lambda body: (
            body.update(messageId=body["messageId"][:100]) if len(str(body.get("messageId"))) == 101 else None
        ),
    )


@in_requests("validation", SEND)
def null_counts_as_absent(asked: Asked) -> None:
    """A field that is null is taken for one that is not there."""

    def change(body: dict[str, Any]) -> None:
        for name in [name for name, value in body.items() if value is None]:
            del body[name]

    changed(asked, change)


@in_requests("validation", SEND)
def reference_of_256_characters(asked: Asked) -> None:
    """A second reference of 256 characters is taken."""
    changed(
        asked,
        lambda body: body.update(referenceId2="x") if len(str(body.get("referenceId2", ""))) == 256 else None,
    )


@in_requests("validation", BULK)
def bulk_without_messages(asked: Asked) -> None:
    """A bulk with no message is taken."""
    changed(
        asked,
        lambda body: (
            body.update(messages=[{"text": "x", "destinations": [{"destination": NUMBER}]}])
            if body.get("messages") == []
            else None
        ),
    )


@in_requests("validation", BULK)
def message_without_destinations(asked: Asked) -> None:
    """A message to nobody is taken."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            if message.get("destinations") == []:
                message["destinations"] = [{"destination": NUMBER}]

    changed(asked, change)


@in_requests("validation", BULK)
def last_destination_is_not_checked(asked: Asked) -> None:
    """The last of several destinations may be no number."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            held = message.get("destinations")
            if isinstance(held, list) and len(held) > 1 and isinstance(held[-1], dict):
                number = held[-1].get("destination")
                if isinstance(number, str) and not re.fullmatch(r"\+?[1-9][0-9]{6,14}", number):
                    held[-1]["destination"] = NUMBER

    changed(asked, change)


@in_requests("validation", BULK)
def second_message_may_be_empty(asked: Asked) -> None:
    """The text of the second message may be empty."""

    def change(body: dict[str, Any]) -> None:
        for message in list(messages(body))[1:2]:
            if message.get("text") == "":
                message["text"] = "x"

    changed(asked, change)


@in_requests("validation", BULK)
def validity_of_nothing(asked: Asked) -> None:
    """A validity of 0 minutes is taken."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            if message.get("validityPeriodMinutes") == 0:
                message["validityPeriodMinutes"] = 1

    changed(asked, change)


@in_requests("validation", BULK)
def window_with_a_beginning_alone(asked: Asked) -> None:
    """A delivery window with from and without to is taken."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            window = message.get("deliveryTimeWindow")
            if isinstance(window, dict) and "from" in window and "to" not in window:
                del window["from"]

    changed(asked, change)


@in_requests("validation", BULK)
def hour_of_24(asked: Asked) -> None:
    """A window may begin at hour 24."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            window = message.get("deliveryTimeWindow")
            if isinstance(window, dict) and isinstance(window.get("from"), dict):
                window["from"]["hour"] = {24: 0}.get(window["from"].get("hour"), window["from"].get("hour"))

    changed(asked, change)


@in_requests("validation", BULK)
def the_same_day_twice(asked: Asked) -> None:
    """A window may name a day twice."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            window = message.get("deliveryTimeWindow")
            if isinstance(window, dict) and isinstance(window.get("days"), list):
                window["days"] = list(dict.fromkeys(map(str, window["days"])))

    changed(asked, change)


@in_answers("validation", BULK)
def no_windows_on_sundays(asked: Asked, answer: Answered) -> None:
    """A window on Sunday is refused."""
    if "SUNDAY" in json.dumps(asked.original):
        answer.problem(400, "Bad Request")


@in_requests("validation", BULK)
def days_in_small_letters(asked: Asked) -> None:
    """A day may be in small letters."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            window = message.get("deliveryTimeWindow")
            if isinstance(window, dict) and isinstance(window.get("days"), list):
                window["days"] = [day.upper() if isinstance(day, str) else day for day in window["days"]]

    changed(asked, change)


@in_requests("validation", BULK)
def send_at_without_a_zone(asked: Asked) -> None:
    """A sendAt without a zone is taken for UTC."""

    def change(body: dict[str, Any]) -> None:
        for message in messages(body):
            at = message.get("sendAt")
            if isinstance(at, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?", at):
                message["sendAt"] = f"{at}Z"

    changed(asked, change)


@in_requests("validation", BULK)
def destination_with_another_field(asked: Asked) -> None:
    """A destination may have a field that nobody knows."""

    def change(body: dict[str, Any]) -> None:
        for one in destinations(body):
            for name in set(one) - {"destination", "messageId", "sourceAddress"}:
                del one[name]

    changed(asked, change)


@in_requests("validation", PAGES)
def size_above_the_most(asked: Asked) -> None:
    """A page size of 2001 is taken."""
    asked.query = [(n, "2000" if (n, v) == ("size", "2001") else v) for n, v in asked.query]


@in_requests("validation", PAGES)
def size_of_zero(asked: Asked) -> None:
    """A page size of 0 is taken."""
    asked.query = [(n, "1" if (n, v) == ("size", "0") else v) for n, v in asked.query]


@in_requests("validation", PAGES)
def negative_pages(asked: Asked) -> None:
    """A negative page is taken for the first."""
    asked.query = [(n, "0" if n == "page" and v.startswith("-") else v) for n, v in asked.query]


@in_requests("validation", PAGES)
def any_sort(asked: Asked) -> None:
    """A sort by a field that there is not is passed over."""
    fields = r"(messageId|destination|deliveryStatus|deliveryTimestamp)(,(asc|desc))?"
    asked.query = [(n, v) for n, v in asked.query if n != "sort" or re.fullmatch(fields, v)]


@in_requests("validation", TOKEN)
def any_grant(asked: Asked) -> None:
    """Any grant_type gets a token."""
    asked.body = re.sub(rb"grant_type=[^&]*", b"grant_type=client_credentials", asked.body)


@in_requests("validation", TOKEN)
def token_for_json(asked: Asked) -> None:
    """Credentials in JSON are taken too."""
    body = asked.json
    if (asked.header("content-type") or "").startswith("application/json") and isinstance(body, dict):
        asked.body = "&".join(f"{name}={value}" for name, value in body.items()).encode()
        asked.set_header("content-type", "application/x-www-form-urlencoded")


@in_requests("validation", SEND)
def any_media_type(asked: Asked) -> None:
    """The media type of a send does not matter."""
    asked.set_header("content-type", "application/json")


@in_answers("validation", SEND, BULK, status=400)
def bad_input_is_unprocessable(_: Asked, answer: Answered) -> None:
    """Bad input is answered 422, which the document does not describe."""
    answer.problem(422, "Unprocessable Content")


@in_answers("validation", STATUS, status=404)
def unknown_ids_are_gone(_: Asked, answer: Answered) -> None:
    """An id that is not known is answered 400."""
    answer.problem(400, "Bad Request")


@in_requests("validation", BULK, edition=OLD)
def senders_of_bulks_in_the_old_edition(asked: Asked) -> None:
    """The old edition takes a sender for a bulk, and drops it."""
    changed(asked, lambda body: body.pop("sourceAddress", None) and None)


@in_requests("validation", SEND)
def account_header_of_any_length(asked: Asked) -> None:
    """The service account may have 65 characters."""
    value = asked.header("x-serviceaccount-id")
    if value is not None and len(value) > 64:
        asked.set_header("x-serviceaccount-id", value[:64])
