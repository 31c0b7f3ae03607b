# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
"""Contains all the data models used in inputs/outputs"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from .bulk_sms_message_request import BulkSmsMessageRequest
    from .bulk_sms_message_response import BulkSmsMessageResponse
    from .delivery_time import DeliveryTime
    from .delivery_window import DeliveryWindow
    from .gateway_message_delivery_status import GatewayMessageDeliveryStatus
    from .gateway_message_delivery_status_dto import GatewayMessageDeliveryStatusDTO
    from .generic_request import GenericRequest
    from .generic_response_network_operator_message_delivery_dto import (
        GenericResponseNetworkOperatorMessageDeliveryDTO,
    )
    from .item_pagination import ItemPagination
    from .message_destination import MessageDestination
    from .message_group_status import MessageGroupStatus
    from .network_operator_message_delivery_dto import NetworkOperatorMessageDeliveryDTO
    from .problem_detail import ProblemDetail
    from .problem_error import ProblemError
    from .simple_sms_message_request import SimpleSmsMessageRequest
    from .simple_sms_message_response import SimpleSmsMessageResponse
    from .simple_sms_message_response_items_item import SimpleSmsMessageResponseItemsItem
    from .sms_message import SmsMessage
    from .sms_message_delivery_status import SmsMessageDeliveryStatus
    from .token_request import TokenRequest
    from .token_response import TokenResponse

_MODULES = {
    "BulkSmsMessageRequest": "bulk_sms_message_request",
    "BulkSmsMessageResponse": "bulk_sms_message_response",
    "DeliveryTime": "delivery_time",
    "DeliveryWindow": "delivery_window",
    "GatewayMessageDeliveryStatus": "gateway_message_delivery_status",
    "GatewayMessageDeliveryStatusDTO": "gateway_message_delivery_status_dto",
    "GenericRequest": "generic_request",
    "GenericResponseNetworkOperatorMessageDeliveryDTO": "generic_response_network_operator_message_delivery_dto",
    "ItemPagination": "item_pagination",
    "MessageDestination": "message_destination",
    "MessageGroupStatus": "message_group_status",
    "NetworkOperatorMessageDeliveryDTO": "network_operator_message_delivery_dto",
    "ProblemDetail": "problem_detail",
    "ProblemError": "problem_error",
    "SimpleSmsMessageRequest": "simple_sms_message_request",
    "SimpleSmsMessageResponse": "simple_sms_message_response",
    "SimpleSmsMessageResponseItemsItem": "simple_sms_message_response_items_item",
    "SmsMessage": "sms_message",
    "SmsMessageDeliveryStatus": "sms_message_delivery_status",
    "TokenRequest": "token_request",
    "TokenResponse": "token_response",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})


__all__ = (
    "BulkSmsMessageRequest",
    "BulkSmsMessageResponse",
    "DeliveryTime",
    "DeliveryWindow",
    "GatewayMessageDeliveryStatus",
    "GatewayMessageDeliveryStatusDTO",
    "GenericRequest",
    "GenericResponseNetworkOperatorMessageDeliveryDTO",
    "ItemPagination",
    "MessageDestination",
    "MessageGroupStatus",
    "NetworkOperatorMessageDeliveryDTO",
    "ProblemDetail",
    "ProblemError",
    "SimpleSmsMessageRequest",
    "SimpleSmsMessageResponse",
    "SimpleSmsMessageResponseItemsItem",
    "SmsMessage",
    "SmsMessageDeliveryStatus",
    "TokenRequest",
    "TokenResponse",
)
