"""How to send the first message, for who looks at an empty inbox."""

from typing import NamedTuple

from blackkonnect_emulator.document import Document


class Samples(NamedTuple):
    """What to type; the secret is left to the environment."""

    python: str
    curl: str


def samples(document: Document, base_url: str) -> Samples:
    """Write examples for this gateway.

    Args:
        document: Where its paths stand.
        base_url: Where it is.
    """
    paths = {operation.operation_id: operation.path for operation in document.operations}
    python = f"""\
from blackkonnect_sms import BlackkonnectSMS

with BlackkonnectSMS.from_env(base_url="{base_url}") as sms:
    sms.send("+233200000001", "Akwaaba!", sender="ACME")
"""
    curl = f"""\
TOKEN=$(curl -s {base_url}{paths["retrieveAccessToken"]} \\
  -d grant_type=client_credentials \\
  -d client_id="$BLACKKONNECT_CLIENT_ID" \\
  --data-urlencode client_secret="$BLACKKONNECT_CLIENT_SECRET" \\
  | python3 -c 'import json, sys; print(json.load(sys.stdin)["token"])')

curl {base_url}{paths["sendMessage"]} \\
  -H "Authorization: Bearer $TOKEN" \\
  --json '{{"destination": "+233200000001", "sourceAddress": "ACME", "text": "Akwaaba!"}}'
"""
    return Samples(python, curl)
