"""Places of the document, names of pages, and small ways to spoil either, for the tests of the tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openapi import generate, strict_yaml, tree

OPERATIONS = tree.operations(strict_yaml.read(generate.DOCUMENT))
TOKEN = OPERATIONS["retrieveAccessToken"]
SEND = OPERATIONS["sendMessage"]
BULK = OPERATIONS["sendBulkMessages"]
STATUS = OPERATIONS["getMessageStatus"]
BULK_STATUS = OPERATIONS["getBulkMessageStatus"]
RECEIPT = OPERATIONS["handleDeliveryReceipt"]
SCHEMAS = "/components/schemas"
SEND_BULK_2025 = "2025-05-16/send-bulk-sms-messages"
SEND_BULK_2026 = "2026-02-25/send-bulk-sms-messages"
STATUS_2026 = "2026-02-25/get-message-status-bulk"
NAVIGATION_2026 = "2026-02-25/navigation"

Spoil = Callable[[dict[str, Any]], object]


def put(pointer: str, key: str, value: object) -> Spoil:
    """Set a key of the object at a pointer."""
    return lambda document: tree.at(document, pointer).__setitem__(key, value)


def take(pointer: str, key: str) -> Spoil:
    """Take a key of the object at a pointer away."""
    return lambda document: tree.at(document, pointer).pop(key)


def drop(pointer: str, index: int) -> Spoil:
    """Take an item of the list at a pointer away."""
    return lambda document: tree.at(document, pointer).pop(index)
