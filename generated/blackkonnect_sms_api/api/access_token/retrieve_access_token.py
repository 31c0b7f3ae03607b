# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
from __future__ import annotations

from typing import Any

TYPE_CHECKING = False

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
from ... import errors
from ... import reading as _reading_
from ...models.problem_detail import ProblemDetail
from ...models.token_request import TokenRequest
from ...models.token_response import TokenResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: TokenRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/sms/authenticate/access-token/token/v1",
    }

    if not isinstance(body, Unset):
        _kwargs["data"] = body.to_dict()
    headers["Content-Type"] = "application/x-www-form-urlencoded"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client | None = None, response: httpx.Response
) -> ProblemDetail | TokenResponse | None:
    if response.status_code == 200:
        response_200 = TokenResponse.from_dict(_reading_.body(response.content))

        return response_200

    if response.status_code == 400:
        response_400 = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_400

    if response.status_code == 401:
        response_401 = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_401

    if response.status_code == 405:
        response_405 = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_405

    if response.status_code == 413:
        response_413 = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_413

    if response.status_code == 415:
        response_415 = ProblemDetail.from_dict(_reading_.body(response.content))

        return response_415

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
) -> Response[ProblemDetail | TokenResponse]:
    parsed: ProblemDetail | TokenResponse | None = None
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
    body: TokenRequest | Unset = UNSET,
) -> Response[ProblemDetail | TokenResponse]:
    """Retrieve an access token

     Trades the client's id and secret for a token, by the client credentials grant of RFC 6749, section
    4.4. The answer is not that RFC's: it holds the token alone, without type or lifetime.

    Args:
        body (TokenRequest | Unset): The client credentials.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemDetail | TokenResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: TokenRequest | Unset = UNSET,
) -> ProblemDetail | TokenResponse | None:
    """Retrieve an access token

     Trades the client's id and secret for a token, by the client credentials grant of RFC 6749, section
    4.4. The answer is not that RFC's: it holds the token alone, without type or lifetime.

    Args:
        body (TokenRequest | Unset): The client credentials.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemDetail | TokenResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: TokenRequest | Unset = UNSET,
) -> Response[ProblemDetail | TokenResponse]:
    """Retrieve an access token

     Trades the client's id and secret for a token, by the client credentials grant of RFC 6749, section
    4.4. The answer is not that RFC's: it holds the token alone, without type or lifetime.

    Args:
        body (TokenRequest | Unset): The client credentials.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ProblemDetail | TokenResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: TokenRequest | Unset = UNSET,
) -> ProblemDetail | TokenResponse | None:
    """Retrieve an access token

     Trades the client's id and secret for a token, by the client credentials grant of RFC 6749, section
    4.4. The answer is not that RFC's: it holds the token alone, without type or lifetime.

    Args:
        body (TokenRequest | Unset): The client credentials.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        errors.UnreadableResponse: If a response that is no error can't be read as documented.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ProblemDetail | TokenResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
