"""What is wrong with a value and what would be right, by the keyword of JSON Schema that it breaks.

The words never repeat the value: it may be a text or a secret.
"""

from collections.abc import Mapping
from typing import Any

_TYPES = {
    "array": "an array",
    "boolean": "true or false",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}
_FORMATS = {
    "date-time": "a time of RFC 3339 with its offset, as 2026-03-02T08:00:00Z",
    "uuid": "a UUID, as 095be615-a8ad-4c33-8e9c-c7612fbf6c9f",
}
_UNIQUE = "must not hold the same item twice"
_LIMITS = {
    "minLength": "must have at least {limit} character{s}",
    "maxLength": "must have at most {limit} character{s}",
    "minItems": "must have at least {limit} item{s}",
    "maxItems": "must have at most {limit} item{s}",
    "minimum": "must be {limit} or more",
    "maximum": "must be {limit} or less",
}


def wording(keyword: str, facts: Mapping[str, Any], description: str = "") -> str:
    """Say what would be right.

    Args:
        keyword: The keyword that is broken.
        facts: What the validator knows of it, the limit for example.
        description: The document's description of the value, which helps where the rule is a pattern.
    """
    if keyword in _LIMITS:
        limit = facts["limit"]
        return _LIMITS[keyword].format(limit=limit, s="" if limit == 1 else "s")
    match keyword:
        case "type":
            return f"must be {' or '.join(_TYPES[name] for name in facts['types'])}"
        case "enum":
            return f"must be one of {', '.join(str(option) for option in facts['options'])}"
        case "format":
            return f"must be {_FORMATS.get(facts['format'], facts['format'])}"
        case "pattern":
            return f"must match {facts['pattern']}" + (f" ({description.rstrip('.')})" if description else "")
    return _UNIQUE if keyword == "uniqueItems" else f"breaks the document's rule {keyword}"
