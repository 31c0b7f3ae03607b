# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from typing import Any
from urllib.parse import quote

TYPE_CHECKING = False

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
from ... import errors
from ... import reading as _reading_
from ...models.gateway_message_delivery_status import GatewayMessageDeliveryStatus
from ...models.problem_detail import ProblemDetail
from ...types import UNSET, Response, Unset


def _get_kwargs(
    correlation_id: str,
    *,
    x_service_account_id: str | Unset = UNSET,
    x_organisation_id: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(x_service_account_id, Unset):
        headers["X-ServiceAccount-ID"] = x_service_account_id

    if not isinstance(x_organisation_id, Unset):
        headers["X-Organisation-ID"] = x_organisation_id

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/sms/messages/status/{correlation_id}/v1".format(
            correlation_id=quote(str(correlation_id), safe=""),
        ),
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client | None = None, response: httpx.Response
) -> GatewayMessageDeliveryStatus | ProblemDetail | None:
    if response.status_code == 200:
        response_200 = GatewayMessageDeliveryStatus.from_dict(_reading_.body(response.content))

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
) -> Response[GatewayMessageDeliveryStatus | ProblemDetail]:
    parsed: GatewayMessageDeliveryStatus | ProblemDetail | None = None
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
    correlation_id: str,
    *,
    client: AuthenticatedClient | Client,
    x_service_account_id: str | Unset = UNSET,
    x_organisation_id: str | Unset = UNSET,
) -> Response[GatewayMessageDeliveryStatus | ProblemDetail]:
    """Get the status of one message

     Tells the latest status of one message. It is found by the `correlationId` of the answer to its send
    or by the `messageId` that its sender chose.

    Args:
        correlation_id (str):
        x_service_account_id (str | Unset):
        x_organisation_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GatewayMessageDeliveryStatus | ProblemDetail]
    """

    kwargs = _get_kwargs(
        correlation_id=correlation_id,
        x_service_account_id=x_service_account_id,
        x_organisation_id=x_organisation_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    correlation_id: str,
    *,
    client: AuthenticatedClient | Client,
    x_service_account_id: str | Unset = UNSET,
    x_organisation_id: str | Unset = UNSET,
) -> GatewayMessageDeliveryStatus | ProblemDetail | None:
    """Get the status of one message

     Tells the latest status of one message. It is found by the `correlationId` of the answer to its send
    or by the `messageId` that its sender chose.

    Args:
        correlation_id (str):
        x_service_account_id (str | Unset):
        x_organisation_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GatewayMessageDeliveryStatus | ProblemDetail
    """

    return sync_detailed(
        correlation_id=correlation_id,
        client=client,
        x_service_account_id=x_service_account_id,
        x_organisation_id=x_organisation_id,
    ).parsed


async def asyncio_detailed(
    correlation_id: str,
    *,
    client: AuthenticatedClient | Client,
    x_service_account_id: str | Unset = UNSET,
    x_organisation_id: str | Unset = UNSET,
) -> Response[GatewayMessageDeliveryStatus | ProblemDetail]:
    """Get the status of one message

     Tells the latest status of one message. It is found by the `correlationId` of the answer to its send
    or by the `messageId` that its sender chose.

    Args:
        correlation_id (str):
        x_service_account_id (str | Unset):
        x_organisation_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GatewayMessageDeliveryStatus | ProblemDetail]
    """

    kwargs = _get_kwargs(
        correlation_id=correlation_id,
        x_service_account_id=x_service_account_id,
        x_organisation_id=x_organisation_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    correlation_id: str,
    *,
    client: AuthenticatedClient | Client,
    x_service_account_id: str | Unset = UNSET,
    x_organisation_id: str | Unset = UNSET,
) -> GatewayMessageDeliveryStatus | ProblemDetail | None:
    """Get the status of one message

     Tells the latest status of one message. It is found by the `correlationId` of the answer to its send
    or by the `messageId` that its sender chose.

    Args:
        correlation_id (str):
        x_service_account_id (str | Unset):
        x_organisation_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GatewayMessageDeliveryStatus | ProblemDetail
    """

    return (
        await asyncio_detailed(
            correlation_id=correlation_id,
            client=client,
            x_service_account_id=x_service_account_id,
            x_organisation_id=x_organisation_id,
        )
    ).parsed
