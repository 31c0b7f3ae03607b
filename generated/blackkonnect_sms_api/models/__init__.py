# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
"""Contains all the data models used in inputs/outputs"""

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
