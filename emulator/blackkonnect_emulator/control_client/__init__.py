"""The control API of an emulator, typed.

`EmulatorControl` waits for each answer, `AsyncEmulatorControl` is awaited; both have the same methods.
"""

from blackkonnect_emulator.control_client.async_control import AsyncEmulatorControl
from blackkonnect_emulator.control_client.error import ControlError, Place
from blackkonnect_emulator.control_client.replies import (
    Attempt,
    ClockReading,
    Description,
    Exchange,
    Half,
    Message,
    MessageInFull,
    Receipt,
    Rule,
    Seeded,
    StatusAt,
    TenantInfo,
)
from blackkonnect_emulator.control_client.sync_control import EmulatorControl

__all__ = [
    "AsyncEmulatorControl",
    "Attempt",
    "ClockReading",
    "ControlError",
    "Description",
    "EmulatorControl",
    "Exchange",
    "Half",
    "Message",
    "MessageInFull",
    "Place",
    "Receipt",
    "Rule",
    "Seeded",
    "StatusAt",
    "TenantInfo",
]
