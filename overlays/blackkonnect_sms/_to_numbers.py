"""One text to many numbers, without an object for each: what most bulks are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blackkonnect_sms_api.models import BulkSmsMessageRequest, MessageDestination, SmsMessage

from blackkonnect_sms.ids import ChosenId
from blackkonnect_sms.statuses import known

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TextToNumbers", "addressed", "destinations_of"]


def _name_of(model: type[Any], field: str) -> str:
    """Return the name that a field has in JSON, from the model itself."""
    (name,) = model(**{field: ""}).to_dict()
    return str(name)


_DESTINATION = _name_of(MessageDestination, "destination")
_MESSAGE_ID = _name_of(MessageDestination, "message_id")
((_DESTINATIONS, _),) = SmsMessage(destinations=[]).to_dict().items()
_COPIED = tuple(name for name in SmsMessage.__match_args__ if name != "destinations")


class TextToNumbers(SmsMessage):
    """A message whose destinations are numbers, each with an id that the client has chosen.

    It writes what the model of the same destinations writes, and costs a tenth of it.

    Args:
        like: The message without destinations.
        numbers: The numbers, checked.
        message_ids: The id of the message to each.
    """

    __slots__ = ("_like", "message_ids", "numbers")

    def __init__(self, like: SmsMessage, numbers: list[str], message_ids: list[str]) -> None:
        for name in _COPIED:
            setattr(self, name, getattr(like, name))
        self.additional_properties: dict[str, Any] = {}
        self._like, self.numbers, self.message_ids = like, numbers, message_ids

    @property
    def destinations(self) -> list[MessageDestination]:  # type: ignore[override]
        """The destinations as models, made anew."""
        return [
            MessageDestination(destination=number, message_id=ChosenId(message_id))
            for number, message_id in zip(self.numbers, self.message_ids, strict=True)
        ]

    def part(self, start: int, stop: int) -> TextToNumbers:
        """Return the same text to some of the numbers."""
        return TextToNumbers(self._like, self.numbers[start:stop], self.message_ids[start:stop])

    def to_dict(self, _deep_: bool = True) -> dict[str, Any]:  # noqa: FBT001, FBT002 - as the model's own
        """Return the message as plain values, ready to be written."""
        written = self._like.to_dict(_deep_)
        written[_DESTINATIONS] = [
            {_DESTINATION: number, _MESSAGE_ID: message_id}
            for number, message_id in zip(self.numbers, self.message_ids, strict=True)
        ]
        return written


def addressed(request: BulkSmsMessageRequest) -> tuple[list[str], list[str]]:
    """Return the numbers of a request and the message ids, both in the order given."""
    messages = known(request.messages) or []
    if len(messages) == 1 and isinstance(messages[0], TextToNumbers):
        return messages[0].numbers, messages[0].message_ids
    numbers: list[str] = []
    message_ids: list[str] = []
    for message in messages:
        if isinstance(message, TextToNumbers):
            numbers += message.numbers
            message_ids += message.message_ids
            continue
        for one in known(message.destinations) or ():
            numbers.append(str(one.destination))
            message_ids.append(str(one.message_id))
    return numbers, message_ids


def destinations_of(request: BulkSmsMessageRequest) -> Iterator[tuple[str, str]]:
    """Yield the number and the message id of each destination, in the order given."""
    yield from zip(*addressed(request), strict=True)
