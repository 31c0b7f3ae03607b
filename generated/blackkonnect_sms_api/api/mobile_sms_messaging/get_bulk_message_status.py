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
from ...models.gateway_message_delivery_status_dto import GatewayMessageDeliveryStatusDTO
from ...models.problem_detail import ProblemDetail
from ...types import UNSET, Response, Unset


def _get_kwargs(
    bulk_correlation_id: str,
    *,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
    sort: list[str] | Unset = UNSET,
    x_service_account_id: str | Unset = UNSET,
    x_organisation_id: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(x_service_account_id, Unset):
        headers["X-ServiceAccount-ID"] = x_service_account_id

    if not isinstance(x_organisation_id, Unset):
        headers["X-Organisation-ID"] = x_organisation_id

    params: dict[str, Any] = {}

    params["page"] = page

    params["size"] = size

    json_sort: list[str] | Unset = UNSET
    if not isinstance(sort, Unset):
        json_sort = sort

    params["sort"] = json_sort

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/sms/messages/status/bulk/{bulk_correlation_id}/v1".format(
            bulk_correlation_id=quote(str(bulk_correlation_id), safe=""),
        ),
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client | None = None, response: httpx.Response
) -> GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus] | ProblemDetail | None:
    if response.status_code == 200:

        def _parse_response_200(
            data: object,
        ) -> GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus]:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                response_200_type_0 = GatewayMessageDeliveryStatusDTO.from_dict(data)

                return response_200_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, list):
                raise TypeError()
            response_200_type_1 = [
                _read_(_item_)
                for _read_ in [GatewayMessageDeliveryStatus.from_dict]
                for _item_ in _reading_.drained(data)
                if _item_ is not None
            ]

            return response_200_type_1

        response_200 = _parse_response_200(_reading_.body(response.content))

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
) -> Response[GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus] | ProblemDetail]:
    parsed: GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus] | ProblemDetail | None = None
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
    bulk_correlation_id: str,
    *,
    client: AuthenticatedClient | Client,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
    sort: list[str] | Unset = UNSET,
    x_service_account_id: str | Unset = UNSET,
    x_organisation_id: str | Unset = UNSET,
) -> Response[GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus] | ProblemDetail]:
    """Get the statuses of a bulk's messages

     Tells the latest status of a bulk's messages: one object in edition 2025-05-16, a page of an array
    in edition 2026-02-25. The bulk is found by the `bulkId` that its sender chose or by the
    `correlationId` of the answer to its send. The pages end with the first that is shorter than its
    size.

    Args:
        bulk_correlation_id (str):
        page (int | Unset):
        size (int | Unset):
        sort (list[str] | Unset):
        x_service_account_id (str | Unset):
        x_organisation_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus] | ProblemDetail]
    """

    kwargs = _get_kwargs(
        bulk_correlation_id=bulk_correlation_id,
        page=page,
        size=size,
        sort=sort,
        x_service_account_id=x_service_account_id,
        x_organisation_id=x_organisation_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    bulk_correlation_id: str,
    *,
    client: AuthenticatedClient | Client,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
    sort: list[str] | Unset = UNSET,
    x_service_account_id: str | Unset = UNSET,
    x_organisation_id: str | Unset = UNSET,
) -> GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus] | ProblemDetail | None:
    """Get the statuses of a bulk's messages

     Tells the latest status of a bulk's messages: one object in edition 2025-05-16, a page of an array
    in edition 2026-02-25. The bulk is found by the `bulkId` that its sender chose or by the
    `correlationId` of the answer to its send. The pages end with the first that is shorter than its
    size.

    Args:
        bulk_correlation_id (str):
        page (int | Unset):
        size (int | Unset):
        sort (list[str] | Unset):
        x_service_account_id (str | Unset):
        x_organisation_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus] | ProblemDetail
    """

    return sync_detailed(
        bulk_correlation_id=bulk_correlation_id,
        client=client,
        page=page,
        size=size,
        sort=sort,
        x_service_account_id=x_service_account_id,
        x_organisation_id=x_organisation_id,
    ).parsed


async def asyncio_detailed(
    bulk_correlation_id: str,
    *,
    client: AuthenticatedClient | Client,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
    sort: list[str] | Unset = UNSET,
    x_service_account_id: str | Unset = UNSET,
    x_organisation_id: str | Unset = UNSET,
) -> Response[GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus] | ProblemDetail]:
    """Get the statuses of a bulk's messages

     Tells the latest status of a bulk's messages: one object in edition 2025-05-16, a page of an array
    in edition 2026-02-25. The bulk is found by the `bulkId` that its sender chose or by the
    `correlationId` of the answer to its send. The pages end with the first that is shorter than its
    size.

    Args:
        bulk_correlation_id (str):
        page (int | Unset):
        size (int | Unset):
        sort (list[str] | Unset):
        x_service_account_id (str | Unset):
        x_organisation_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus] | ProblemDetail]
    """

    kwargs = _get_kwargs(
        bulk_correlation_id=bulk_correlation_id,
        page=page,
        size=size,
        sort=sort,
        x_service_account_id=x_service_account_id,
        x_organisation_id=x_organisation_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    bulk_correlation_id: str,
    *,
    client: AuthenticatedClient | Client,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
    sort: list[str] | Unset = UNSET,
    x_service_account_id: str | Unset = UNSET,
    x_organisation_id: str | Unset = UNSET,
) -> GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus] | ProblemDetail | None:
    """Get the statuses of a bulk's messages

     Tells the latest status of a bulk's messages: one object in edition 2025-05-16, a page of an array
    in edition 2026-02-25. The bulk is found by the `bulkId` that its sender chose or by the
    `correlationId` of the answer to its send. The pages end with the first that is shorter than its
    size.

    Args:
        bulk_correlation_id (str):
        page (int | Unset):
        size (int | Unset):
        sort (list[str] | Unset):
        x_service_account_id (str | Unset):
        x_organisation_id (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GatewayMessageDeliveryStatusDTO | list[GatewayMessageDeliveryStatus] | ProblemDetail
    """

    return (
        await asyncio_detailed(
            bulk_correlation_id=bulk_correlation_id,
            client=client,
            page=page,
            size=size,
            sort=sort,
            x_service_account_id=x_service_account_id,
            x_organisation_id=x_organisation_id,
        )
    ).parsed
