# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from typing import Any

TYPE_CHECKING = False

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
import datetime

from ... import errors
from ... import reading as _reading_
from ...models.generic_response_network_operator_message_delivery_dto import (
    GenericResponseNetworkOperatorMessageDeliveryDTO,
)
from ...models.problem_detail import ProblemDetail
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    message_id: str,
    delivery_status: str,
    delivery_timestamp: datetime.datetime | Unset = UNSET,
    bulk_reference_id: str | Unset = UNSET,
    part_reference_id: str | Unset = UNSET,
    receipt_id: str | Unset = UNSET,
    destination: str | Unset = UNSET,
    source_address: str | Unset = UNSET,
    mobile_country_code: str | Unset = UNSET,
    mobile_network_code: str | Unset = UNSET,
    callback_data: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["messageId"] = message_id

    params["deliveryStatus"] = delivery_status

    json_delivery_timestamp: str | Unset = UNSET
    if not isinstance(delivery_timestamp, Unset):
        json_delivery_timestamp = delivery_timestamp.isoformat()
    params["deliveryTimestamp"] = json_delivery_timestamp

    params["bulkReferenceId"] = bulk_reference_id

    params["partReferenceId"] = part_reference_id

    params["receiptId"] = receipt_id

    params["destination"] = destination

    params["sourceAddress"] = source_address

    params["mobileCountryCode"] = mobile_country_code

    params["mobileNetworkCode"] = mobile_network_code

    params["callbackData"] = callback_data

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/sms/messages/delivery-receipt/v1",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client | None = None, response: httpx.Response
) -> GenericResponseNetworkOperatorMessageDeliveryDTO | ProblemDetail | None:
    if response.status_code == 200:
        response_200 = GenericResponseNetworkOperatorMessageDeliveryDTO.from_dict(
            _reading_.body(response.content)
        )

        return response_200

    if response.status_code == 400:
        response_400 = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_400

    if response.status_code == 401:
        response_401 = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_401

    if response.status_code == 404:
        response_404 = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_404

    if response.status_code == 405:
        response_405 = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_405

    if response.status_code == 429:
        response_429 = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_429

    if response.status_code == 500:
        response_500 = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_500

    if 400 <= response.status_code <= 499:
        response_4xx = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_4xx

    if 500 <= response.status_code <= 599:
        response_5xx = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_5xx

    if client is not None and client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client | None = None, response: httpx.Response
) -> Response[GenericResponseNetworkOperatorMessageDeliveryDTO | ProblemDetail]:
    parsed: GenericResponseNetworkOperatorMessageDeliveryDTO | ProblemDetail | None = None
    try:
        parsed = _parse_response(client=client, response=response)
    except errors.UNREADABLE as error:
        if response.status_code < 400:
            raise errors.UnreadableResponse(
                response.status_code, response.content, response.headers
            ) from error
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


request_kwargs = _get_kwargs
"""The arguments of this request for httpx, for those who send it themselves."""

read_response = _build_response
"""Read the answer to this request, for those who sent it themselves."""


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    message_id: str,
    delivery_status: str,
    delivery_timestamp: datetime.datetime | Unset = UNSET,
    bulk_reference_id: str | Unset = UNSET,
    part_reference_id: str | Unset = UNSET,
    receipt_id: str | Unset = UNSET,
    destination: str | Unset = UNSET,
    source_address: str | Unset = UNSET,
    mobile_country_code: str | Unset = UNSET,
    mobile_network_code: str | Unset = UNSET,
    callback_data: str | Unset = UNSET,
) -> Response[GenericResponseNetworkOperatorMessageDeliveryDTO | ProblemDetail]:
    """Hand in a delivery receipt

     The side of the network operator: tells the gateway what became of a message. A receipt that is late
    or repeated changes nothing, and a final status stays.

    Args:
        message_id (str):
        delivery_status (str): Where a message is on its way. The vendor may add values, so any
            string is allowed; a value that is not known is not final.
        delivery_timestamp (datetime.datetime | Unset):
        bulk_reference_id (str | Unset):
        part_reference_id (str | Unset):
        receipt_id (str | Unset):
        destination (str | Unset):
        source_address (str | Unset):
        mobile_country_code (str | Unset):
        mobile_network_code (str | Unset):
        callback_data (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GenericResponseNetworkOperatorMessageDeliveryDTO | ProblemDetail]
    """

    kwargs = _get_kwargs(
        message_id=message_id,
        delivery_status=delivery_status,
        delivery_timestamp=delivery_timestamp,
        bulk_reference_id=bulk_reference_id,
        part_reference_id=part_reference_id,
        receipt_id=receipt_id,
        destination=destination,
        source_address=source_address,
        mobile_country_code=mobile_country_code,
        mobile_network_code=mobile_network_code,
        callback_data=callback_data,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    message_id: str,
    delivery_status: str,
    delivery_timestamp: datetime.datetime | Unset = UNSET,
    bulk_reference_id: str | Unset = UNSET,
    part_reference_id: str | Unset = UNSET,
    receipt_id: str | Unset = UNSET,
    destination: str | Unset = UNSET,
    source_address: str | Unset = UNSET,
    mobile_country_code: str | Unset = UNSET,
    mobile_network_code: str | Unset = UNSET,
    callback_data: str | Unset = UNSET,
) -> GenericResponseNetworkOperatorMessageDeliveryDTO | ProblemDetail | None:
    """Hand in a delivery receipt

     The side of the network operator: tells the gateway what became of a message. A receipt that is late
    or repeated changes nothing, and a final status stays.

    Args:
        message_id (str):
        delivery_status (str): Where a message is on its way. The vendor may add values, so any
            string is allowed; a value that is not known is not final.
        delivery_timestamp (datetime.datetime | Unset):
        bulk_reference_id (str | Unset):
        part_reference_id (str | Unset):
        receipt_id (str | Unset):
        destination (str | Unset):
        source_address (str | Unset):
        mobile_country_code (str | Unset):
        mobile_network_code (str | Unset):
        callback_data (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GenericResponseNetworkOperatorMessageDeliveryDTO | ProblemDetail
    """

    return sync_detailed(
        client=client,
        message_id=message_id,
        delivery_status=delivery_status,
        delivery_timestamp=delivery_timestamp,
        bulk_reference_id=bulk_reference_id,
        part_reference_id=part_reference_id,
        receipt_id=receipt_id,
        destination=destination,
        source_address=source_address,
        mobile_country_code=mobile_country_code,
        mobile_network_code=mobile_network_code,
        callback_data=callback_data,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    message_id: str,
    delivery_status: str,
    delivery_timestamp: datetime.datetime | Unset = UNSET,
    bulk_reference_id: str | Unset = UNSET,
    part_reference_id: str | Unset = UNSET,
    receipt_id: str | Unset = UNSET,
    destination: str | Unset = UNSET,
    source_address: str | Unset = UNSET,
    mobile_country_code: str | Unset = UNSET,
    mobile_network_code: str | Unset = UNSET,
    callback_data: str | Unset = UNSET,
) -> Response[GenericResponseNetworkOperatorMessageDeliveryDTO | ProblemDetail]:
    """Hand in a delivery receipt

     The side of the network operator: tells the gateway what became of a message. A receipt that is late
    or repeated changes nothing, and a final status stays.

    Args:
        message_id (str):
        delivery_status (str): Where a message is on its way. The vendor may add values, so any
            string is allowed; a value that is not known is not final.
        delivery_timestamp (datetime.datetime | Unset):
        bulk_reference_id (str | Unset):
        part_reference_id (str | Unset):
        receipt_id (str | Unset):
        destination (str | Unset):
        source_address (str | Unset):
        mobile_country_code (str | Unset):
        mobile_network_code (str | Unset):
        callback_data (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GenericResponseNetworkOperatorMessageDeliveryDTO | ProblemDetail]
    """

    kwargs = _get_kwargs(
        message_id=message_id,
        delivery_status=delivery_status,
        delivery_timestamp=delivery_timestamp,
        bulk_reference_id=bulk_reference_id,
        part_reference_id=part_reference_id,
        receipt_id=receipt_id,
        destination=destination,
        source_address=source_address,
        mobile_country_code=mobile_country_code,
        mobile_network_code=mobile_network_code,
        callback_data=callback_data,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    message_id: str,
    delivery_status: str,
    delivery_timestamp: datetime.datetime | Unset = UNSET,
    bulk_reference_id: str | Unset = UNSET,
    part_reference_id: str | Unset = UNSET,
    receipt_id: str | Unset = UNSET,
    destination: str | Unset = UNSET,
    source_address: str | Unset = UNSET,
    mobile_country_code: str | Unset = UNSET,
    mobile_network_code: str | Unset = UNSET,
    callback_data: str | Unset = UNSET,
) -> GenericResponseNetworkOperatorMessageDeliveryDTO | ProblemDetail | None:
    """Hand in a delivery receipt

     The side of the network operator: tells the gateway what became of a message. A receipt that is late
    or repeated changes nothing, and a final status stays.

    Args:
        message_id (str):
        delivery_status (str): Where a message is on its way. The vendor may add values, so any
            string is allowed; a value that is not known is not final.
        delivery_timestamp (datetime.datetime | Unset):
        bulk_reference_id (str | Unset):
        part_reference_id (str | Unset):
        receipt_id (str | Unset):
        destination (str | Unset):
        source_address (str | Unset):
        mobile_country_code (str | Unset):
        mobile_network_code (str | Unset):
        callback_data (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GenericResponseNetworkOperatorMessageDeliveryDTO | ProblemDetail
    """

    return (
        await asyncio_detailed(
            client=client,
            message_id=message_id,
            delivery_status=delivery_status,
            delivery_timestamp=delivery_timestamp,
            bulk_reference_id=bulk_reference_id,
            part_reference_id=part_reference_id,
            receipt_id=receipt_id,
            destination=destination,
            source_address=source_address,
            mobile_country_code=mobile_country_code,
            mobile_network_code=mobile_network_code,
            callback_data=callback_data,
        )
    ).parsed
