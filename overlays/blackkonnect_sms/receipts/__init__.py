"""Take the delivery receipts that a gateway sends, and test that it works.

>>> from blackkonnect_sms.receipts import Receipt, ReceiptsASGI
>>> async def save(receipt: Receipt) -> None: ...
>>> app = ReceiptsASGI(save, secret="a-secret-of-your-own")

A receipt is a GET with query parameters to the address that the customer gave. No captured page of the vendor
shows it; the document's webhook ``receiveDeliveryReceipt`` says what it is taken to be, and from what that is
inferred. Nothing here is signed, so the path holds a secret.
"""

from blackkonnect_sms.receipts.answering import Answer
from blackkonnect_sms.receipts.asgi import ReceiptsASGI
from blackkonnect_sms.receipts.making import make_query, make_url
from blackkonnect_sms.receipts.merging import merge
from blackkonnect_sms.receipts.receipt import Receipt, parse_receipt
from blackkonnect_sms.receipts.wsgi import ReceiptsWSGI

__all__ = [
    "Answer",
    "Receipt",
    "ReceiptsASGI",
    "ReceiptsWSGI",
    "make_query",
    "make_url",
    "merge",
    "parse_receipt",
]
