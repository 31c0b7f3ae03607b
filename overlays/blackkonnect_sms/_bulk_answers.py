"""The answer to a bulk, read without an object for each destination.

The gateway tells a fate for each destination, and tells the request again beside them, twice. The fates are
read as columns, and what is only told again is not read at all. Wherever a fate is not as documented, the
generated models have the word.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from blackkonnect_sms_api import reading
from blackkonnect_sms_api.api.mobile_sms_messaging import send_bulk_messages
from blackkonnect_sms_api.errors import UNREADABLE
from blackkonnect_sms_api.models import (
    BulkSmsMessageResponse,
    MessageGroupStatus,
    SmsMessage,
    SmsMessageDeliveryStatus,
)
from blackkonnect_sms_api.records import frozen
from blackkonnect_sms_api.types import Response

from blackkonnect_sms.statuses import known

if TYPE_CHECKING:
    from blackkonnect_sms_api.models import ProblemDetail

    from blackkonnect_sms._http import http

__all__ = ["Told", "read_response", "told_by"]

_OK = 200
_STRINGS = frozenset({str, type(None)})
_INTEGERS = frozenset({int, type(None)})


def _names_of(model: type[Any], **values: object) -> tuple[str, ...]:
    """Return the names that fields have in JSON, from the model itself."""
    return tuple(next(iter(model(**{field: value}).to_dict())) for field, value in values.items())


_MESSAGE_ID, _GROUP, _DESTINATION, _SMS_COUNT = _names_of(
    SmsMessageDeliveryStatus,
    message_id="",
    message_group_status=MessageGroupStatus(),
    destination="",
    sms_count=0,
)
_GROUP_NAME, _STATUS, _DESCRIPTION, _ACTION = _names_of(
    MessageGroupStatus, status_group_name="", delivery_status="", status_description="", action=""
)
_FATES, _ITEMS, _DATA = _names_of(
    BulkSmsMessageResponse, sms_message_delivery_statuses=[], items=[], data=SmsMessage()
)


@frozen
class Told:
    """The fates that an answer tells, as columns of the same length.

    Attributes:
        message_ids: The id of each message, where it is told.
        statuses: The ``deliveryStatus`` of each, where it is told.
        sms_counts: The number of parts of each, where it is told.
        descriptions: The status of each in words, where it is told.
    """

    message_ids: list[str | None]
    statuses: list[str | None]
    sms_counts: list[int | None]
    descriptions: list[str | None]


class _Columns(BulkSmsMessageResponse):
    """An answer whose fates are columns; the model's own list of them is empty."""

    __slots__ = ("told",)

    told: Told


def read_response(*, response: http.Response) -> Response[BulkSmsMessageResponse | ProblemDetail]:
    """Read the answer to a bulk, as the operation of the generated client of this name does.

    Args:
        response: The answer.

    Raises:
        UnreadableResponse: It can't be read as documented.
    """
    if response.status_code == _OK:
        try:
            answer = _by_columns(reading.body(response.content))
        except UNREADABLE:
            answer = None
        if answer is not None:
            return Response(
                status_code=_OK, content=response.content, headers=response.headers, parsed=answer
            )
    return send_bulk_messages.read_response(response=response)


def told_by(answer: BulkSmsMessageResponse) -> Told:
    """Return the fates that an answer tells, none where it tells none."""
    if isinstance(answer, _Columns):
        return answer.told
    fates = known(answer.sms_message_delivery_statuses) or []
    groups = [known(one.message_group_status) or MessageGroupStatus() for one in fates]
    return Told(
        [known(one.message_id) for one in fates],
        [known(one.delivery_status) for one in groups],
        [known(one.sms_count) for one in fates],
        [known(one.status_description) for one in groups],
    )


def _by_columns(source: Any) -> _Columns | None:  # noqa: ANN401 - JSON is anything
    """Return an answer by its columns; None where the models have to read it."""
    fates = source.get(_FATES) if type(source) is dict else None
    if type(fates) is not list or not _are(dict, fates):
        return None
    groups = _column(fates, _GROUP)
    if not fates or not _are(dict, groups):
        return None
    message_ids, numbers = _column(fates, _MESSAGE_ID), _column(fates, _DESTINATION)
    statuses, descriptions = _column(groups, _STATUS), _column(groups, _DESCRIPTION)
    sms_counts = _column(fates, _SMS_COUNT)
    strings = (
        message_ids,
        numbers,
        statuses,
        descriptions,
        _column(groups, _GROUP_NAME),
        _column(groups, _ACTION),
    )
    if not all(_STRINGS.issuperset(map(type, column)) for column in strings):
        return None
    if not _INTEGERS.issuperset(map(type, sms_counts)):
        return None
    envelope = {name: value for name, value in source.items() if name not in {_FATES, _ITEMS, _DATA}}
    answer = _Columns.from_dict({**envelope, _FATES: []})
    answer.told = Told(message_ids, _shared(statuses), sms_counts, _shared(descriptions))
    return answer


def _are(kind: type, values: list[Any]) -> bool:
    return {kind}.issuperset(map(type, values))


def _column(objects: list[Any], name: str) -> list[Any]:
    try:
        return list(map(itemgetter(name), objects))
    except KeyError:
        return [one.get(name) for one in objects]


def _shared(words: list[Any]) -> list[Any]:
    """Return words with one object for those that are the same, which most are."""
    known_words: dict[Any, Any] = {}
    return list(map(known_words.setdefault, words, words))
