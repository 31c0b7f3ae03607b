"""`sendMessage`."""

from blackkonnect_emulator import rules
from blackkonnect_emulator.answers import Answer
from blackkonnect_emulator.gateway import Call, Gateway
from blackkonnect_emulator.ids import Block
from blackkonnect_emulator.lifecycle import QUEUED
from blackkonnect_emulator.operations.accepting import Sending, carry_out, envelope, plan_of
from blackkonnect_emulator.problems import rules_broken
from blackkonnect_emulator.records import NewMessages, NewRequest
from blackkonnect_emulator.segmentation import parts
from blackkonnect_emulator.store import CONVERSATION, FIRST_MESSAGE

_REFUSED_CODE = 1
_REFUSED_WORDS = "The message was refused; nothing was sent."


async def send_message(gateway: Gateway, call: Call) -> Answer:
    """Take one message for one destination."""
    return await carry_out(gateway, call, single(gateway, call))


def single(gateway: Gateway, call: Call) -> Sending:
    """Tell what is to be done for one message for one destination."""
    body = call.body
    needed = parts(body["text"])
    if broken := rules.text_short_enough(needed, (), gateway.profile):
        raise rules_broken(broken)
    correlation_id = call.tenant.ids.new(call.now)
    block = Block(correlation_id)
    item = body if "messageId" in body else {**body, "messageId": block.id(FIRST_MESSAGE + 1)}
    outcome = gateway.outcomes.draw(call.tenant.name, body["destination"])
    answer = envelope(
        [item],
        no_words=call.operation.success.no_words,
        correlation_id=correlation_id,
        conversation_id=block.id(CONVERSATION),
        request_id=body.get("requestId", correlation_id),
    )
    if outcome is not None and outcome.refused:
        answer.update(
            code=_REFUSED_CODE,
            # Words where the edition has words there, and an object with them where it has an object.
            message=_REFUSED_WORDS if answer["message"] is None else {"description": _REFUSED_WORDS},
            isSuccessful=False,
            deliveryStatus=outcome.final_status,
        )
        return Sending(None, Answer.json(answer), list)
    answer["deliveryStatus"] = QUEUED
    messages = NewMessages(
        0,
        (item["messageId"],),
        (body["destination"],),
        body.get("sourceAddress"),
        needed,
        plan_of(gateway, call, body, outcome),
        None if outcome is None else outcome.name,
    )
    # By place, for names would cost a tenth of it.
    request = NewRequest(
        call.tenant.number,
        call.operation.operation_id,
        correlation_id,
        None,
        call.now,
        call.entry.body,
        (messages,),
        gateway.profile.duplicate_ids == "refuse",
        gateway.receipts_of(call.tenant),
    )
    return Sending(request, Answer.json(answer), lambda: [(item["messageId"], ("messageId",))])
