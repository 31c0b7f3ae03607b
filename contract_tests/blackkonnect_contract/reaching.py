"""Whether a gateway can be tested at all: something answers there, and takes the credentials."""

from __future__ import annotations

import httpx

from blackkonnect_contract.document import document, editions

__all__ = ["refuses", "unreachable"]

_SECONDS = 10.0
_TRIES = 3


def unreachable(base_url: str) -> str:
    """Tell what keeps a gateway from being reached; empty where something answers.

    Args:
        base_url: Its address.
    """
    try:
        httpx.get(base_url, timeout=_SECONDS, trust_env=False)
    except httpx.TransportError as error:
        return type(error).__name__
    return ""


def refuses(base_url: str, client_id: str, client_secret: str) -> bool:
    """Tell whether a gateway answers 401 to credentials, each time that it is asked.

    One that refuses right ones now and then is what the gate is to tell of.

    Args:
        base_url: Its address.
        client_id: The client's id.
        client_secret: The client's secret.
    """
    path = document(editions()[-1]).operations["retrieveAccessToken"].path
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret}
    address = base_url.rstrip("/") + path
    for _ in range(_TRIES):
        try:
            answer = httpx.post(address, data=form, timeout=_SECONDS, trust_env=False)
        except httpx.HTTPError:
            return False
        if answer.status_code != httpx.codes.UNAUTHORIZED:
            return False
    return True
