"""Faults in the shape of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutants.faults import in_answers

if TYPE_CHECKING:
    from mutants.faults import Answered, Asked

SEND, BULK = "sendMessage", "sendBulkMessages"
STATUS, PAGES = "getMessageStatus", "getBulkMessageStatus"
TOKEN, RECEIPT = "retrieveAccessToken", "handleDeliveryReceipt"
OLD = "2025-05-16"


@in_answers("shape", TOKEN)
def token_under_another_name(_: Asked, answer: Answered) -> None:
    """The token comes as access_token."""
    answer.json = {"access_token": answer.json["token"]}


@in_answers("shape", TOKEN)
def token_in_two_parts(_: Asked, answer: Answered) -> None:
    """The token is no compact JWS: its signature is missing."""
    answer.json = {"token": answer.json["token"].rpartition(".")[0]}


@in_answers("shape", TOKEN)
def token_with_more_fields(_: Asked, answer: Answered) -> None:
    """The answer with the token has a field that the document does not show."""
    answer.json = {**answer.json, "expires_in": 3600}


@in_answers("shape", SEND)
def no_correlation_id(_: Asked, answer: Answered) -> None:
    """The answer to a send lacks correlationId."""
    told = answer.json
    del told["correlationId"]
    answer.json = told


@in_answers("shape", SEND)
def code_as_a_string(_: Asked, answer: Answered) -> None:
    """The code of a send is a string."""
    answer.json = {**answer.json, "code": str(answer.json["code"])}


@in_answers("shape", SEND)
def successful_as_a_word(_: Asked, answer: Answered) -> None:
    """IsSuccessful is the word true."""
    answer.json = {**answer.json, "isSuccessful": "true"}


@in_answers("shape", SEND)
def status_in_small_letters(_: Asked, answer: Answered) -> None:
    """The status of a send is in small letters."""
    answer.json = {**answer.json, "deliveryStatus": answer.json["deliveryStatus"].lower()}


@in_answers("shape", SEND)
def text_left_out_of_data(_: Asked, answer: Answered) -> None:
    """What was taken is told without its text."""
    told = answer.json
    del told["data"]["text"]
    answer.json = told


@in_answers("shape", SEND)
def items_as_an_object(_: Asked, answer: Answered) -> None:
    """The items of a send are one object."""
    answer.json = {**answer.json, "items": answer.json["items"][0]}


@in_answers("shape", SEND)
def items_are_empty(_: Asked, answer: Answered) -> None:
    """The items of a send are an empty list."""
    answer.json = {**answer.json, "items": []}


@in_answers("shape", SEND)
def pagination_offset_spelt_otherwise(_: Asked, answer: Answered) -> None:
    """The pagination has offset, not offSet."""
    told = answer.json
    told["itemPagination"]["offset"] = told["itemPagination"].pop("offSet")
    answer.json = told


@in_answers("shape", SEND)
def pagination_counts_one_too_many(_: Asked, answer: Answered) -> None:
    """The pagination of a send counts an element that is not there."""
    told = answer.json
    told["itemPagination"]["totalElements"] += 1
    answer.json = told


@in_answers("shape", SEND)
def request_id_is_not_repeated(_: Asked, answer: Answered) -> None:
    """The requestId of the request is not repeated; there is another one."""
    answer.json = {**answer.json, "requestId": answer.json["conversationId"]}


@in_answers("shape", SEND)
def plain_text_answer(_: Asked, answer: Answered) -> None:
    """The answer to a send is called text/plain."""
    answer.set_header("content-type", "text/plain")


@in_answers("shape", SEND)
def created_instead_of_ok(_: Asked, answer: Answered) -> None:
    """A send is answered 201."""
    answer.status = 201


@in_answers("shape", SEND)
def a_field_more_after_twenty(asked: Asked, answer: Answered) -> None:
    """From the twentieth send on the answer has a field more."""
    if asked.number > 20:
        answer.json = {**answer.json, "cost": 0.02}


@in_answers("shape", BULK)
def sms_count_as_a_string(_: Asked, answer: Answered) -> None:
    """SmsCount is a string."""
    told = answer.json
    for one in told["smsMessageDeliveryStatuses"]:
        one["smsCount"] = str(one["smsCount"])
    answer.json = told


@in_answers("shape", BULK)
def last_fate_without_its_number(_: Asked, answer: Answered) -> None:
    """The last of several fates lacks its destination."""
    told = answer.json
    if len(told["smsMessageDeliveryStatuses"]) > 1:
        del told["smsMessageDeliveryStatuses"][-1]["destination"]
    answer.json = told


@in_answers("shape", BULK)
def last_fate_is_missing(_: Asked, answer: Answered) -> None:
    """The last of several fates is missing."""
    told = answer.json
    if len(told["smsMessageDeliveryStatuses"]) > 1:
        del told["smsMessageDeliveryStatuses"][-1]
    answer.json = told


@in_answers("shape", BULK)
def fates_in_another_order(_: Asked, answer: Answered) -> None:
    """The fates come in the opposite order."""
    answer.json = {
        **answer.json,
        "smsMessageDeliveryStatuses": answer.json["smsMessageDeliveryStatuses"][::-1],
    }


@in_answers("shape", BULK)
def group_status_without_action(_: Asked, answer: Answered) -> None:
    """The group status lacks its action."""
    told = answer.json
    for one in told["smsMessageDeliveryStatuses"]:
        del one["messageGroupStatus"]["action"]
    answer.json = told


@in_answers("shape", BULK)
def another_bulk_id(_: Asked, answer: Answered) -> None:
    """The answer to a bulk tells the request's correlationId as bulkId."""
    answer.json = {**answer.json, "bulkId": answer.json["correlationId"]}


@in_answers("shape", BULK)
def parts_wrong_at_161(_: Asked, answer: Answered) -> None:
    """A text of 161 characters counts as one part."""
    told = answer.json
    if any(len(message["text"]) == 161 for message in told["items"]):
        for one in told["smsMessageDeliveryStatuses"]:
            one["smsCount"] = 1
    answer.json = told


@in_answers("shape", BULK)
def extension_characters_count_once(_: Asked, answer: Answered) -> None:
    """A text with a euro sign counts each character once."""
    told = answer.json
    for message in told["items"]:
        text = message["text"]
        if "€" in text and text.replace("€", "e").isascii():
            for one in told["smsMessageDeliveryStatuses"]:
                one["smsCount"] = 1 if len(text) <= 160 else -(-len(text) // 153)
    answer.json = told


@in_answers("shape", BULK)
def ucs2_parts_by_160(_: Asked, answer: Answered) -> None:
    """A text beyond GSM 03.38 is split as if it were not."""
    told = answer.json
    for message in told["items"]:
        if not message["text"].isascii():
            for one in told["smsMessageDeliveryStatuses"]:
                one["smsCount"] = max(1, -(-len(message["text"]) // 160))
    answer.json = told


@in_answers("shape", STATUS)
def uuid_without_dashes(_: Asked, answer: Answered) -> None:
    """The uuid of a status has no dashes."""
    answer.json = {**answer.json, "uuid": answer.json["uuid"].replace("-", "") + "x"}


@in_answers("shape", STATUS)
def time_without_zone(_: Asked, answer: Answered) -> None:
    """The time of a status has no zone."""
    answer.json = {**answer.json, "deliveryTimestamp": answer.json["deliveryTimestamp"].rstrip("Z")}


@in_answers("shape", STATUS)
def time_as_a_number(_: Asked, answer: Answered) -> None:
    """The time of a status is a number."""
    answer.json = {**answer.json, "deliveryTimestamp": 1772438404}


@in_answers("shape", STATUS)
def status_as_a_list(_: Asked, answer: Answered) -> None:
    """The status of one message is a list of one."""
    answer.json = [answer.json]


@in_answers("shape", STATUS)
def the_sender_is_the_number(_: Asked, answer: Answered) -> None:
    """The sender of a status is the number that it went to."""
    if "sourceAddress" in answer.json:
        answer.json = {**answer.json, "sourceAddress": answer.json["destination"]}


@in_answers("shape", PAGES)
def page_as_an_object(_: Asked, answer: Answered) -> None:
    """A page is an object with its items inside."""
    answer.json = {"content": answer.json}


@in_answers("shape", PAGES)
def second_page_without_uuid(asked: Asked, answer: Answered) -> None:
    """The statuses of the second page lack their uuid."""
    if ("page", "1") in asked.query:
        answer.json = [{name: value for name, value in one.items() if name != "uuid"} for one in answer.json]


@in_answers("shape", PAGES, edition=OLD)
def a_list_in_the_old_edition(_: Asked, answer: Answered) -> None:
    """The old edition answers a list, as the new one does."""
    answer.json = [answer.json]


@in_answers("shape", SEND, edition=OLD)
def null_message_in_the_old_edition(_: Asked, answer: Answered) -> None:
    """The old edition answers null words, as the new one does."""
    answer.json = {**answer.json, "message": None}


@in_answers("shape", RECEIPT, edition=OLD)
def receipt_without_its_message(_: Asked, answer: Answered) -> None:
    """The answer to a receipt does not tell the message's id."""
    told = answer.json
    if isinstance(told.get("data"), dict):
        told["data"].pop("messageId", None)
    answer.json = told


@in_answers("shape", status=400)
def problem_as_plain_json(_: Asked, answer: Answered) -> None:
    """Problem details are called application/json."""
    answer.set_header("content-type", "application/json")


@in_answers("shape", status=400)
def problem_of_another_status(_: Asked, answer: Answered) -> None:
    """Problem details tell 422 where the status line tells 400."""
    answer.json = {**answer.json, "status": 422}


@in_answers("shape", status=400)
def pointer_without_the_hash(_: Asked, answer: Answered) -> None:
    """The pointers of errors lack their hash."""
    told = answer.json
    for error in told.get("errors", ()):
        if "pointer" in error:
            error["pointer"] = error["pointer"].removeprefix("#")
    answer.json = told


@in_answers("shape", BULK, status=400)
def pointer_to_the_first_destination(_: Asked, answer: Answered) -> None:
    """The pointer of an error in a later destination names the first one."""
    told = answer.json
    for error in told.get("errors", ()):
        if "/destinations/" in error.get("pointer", ""):
            before, _, after = error["pointer"].partition("/destinations/")
            error["pointer"] = f"{before}/destinations/0/{after.partition('/')[2]}".rstrip("/")
    answer.json = told


@in_answers("shape", status=404)
def not_found_without_detail(_: Asked, answer: Answered) -> None:
    """Problem details of 404 lack their detail."""
    told = answer.json
    told.pop("detail", None)
    answer.json = told


@in_answers("shape", status=405)
def no_allow(_: Asked, answer: Answered) -> None:
    """A 405 lacks Allow."""
    answer.set_header("allow", None)


@in_answers("shape", STATUS, status=200)
def bulk_id_of_another_name(_: Asked, answer: Answered) -> None:
    """A status tells its bulk as bulkId."""
    told = answer.json
    if "bulkReferenceId" in told:
        told["bulkId"] = told.pop("bulkReferenceId")
    answer.json = told
