"""Every public name is listed, sorted and importable."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import blackkonnect_sms
import pytest

MODULES = sorted(path.stem for path in Path(blackkonnect_sms.__file__).parent.glob("*.py"))
PUBLIC = [
    "AsyncBlackkonnectSMS",
    "AsyncBulkSends",
    "AuthenticationError",
    "BlackkonnectError",
    "BlackkonnectSMS",
    "BulkResult",
    "BulkSends",
    "ConfigurationError",
    "DuplicateId",
    "Fate",
    "InvalidArgument",
    "MessageStatus",
    "NotFound",
    "OutcomeUnknown",
    "RateLimited",
    "Refused",
    "RetryEvent",
    "RetryPolicy",
    "Segment",
    "Segments",
    "SendResult",
    "TokenUnavailable",
    "Unavailable",
    "Unreachable",
    "WaitResult",
    "__version__",
    "interrupted_send",
    "is_final",
    "new_id",
    "segments",
]


def test_the_package_s_names() -> None:
    assert blackkonnect_sms.__all__ == PUBLIC
    assert all(hasattr(blackkonnect_sms, name) for name in PUBLIC)
    # Nothing public comes along unlisted but the modules themselves; pytest adds names with an @.
    unlisted = {name for name in vars(blackkonnect_sms) if name[0] not in "_@"} - {
        *PUBLIC,
        *MODULES,
        "cli",
        "receipts",
    }
    assert unlisted == set()


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("__")])
def test_each_module_lists_its_names(name: str) -> None:
    module = importlib.import_module(f"blackkonnect_sms.{name}")
    if hasattr(module, "__all__"):
        assert sorted(module.__all__, key=_place) == list(module.__all__)
        assert all(hasattr(module, listed) for listed in module.__all__)
    else:
        assert name.startswith("_")


def _place(name: str) -> tuple[bool, bool, str]:
    """Constants first, then classes, then the rest."""
    return not name.isupper(), not name[0].isupper(), name


def test_each_error_is_in_the_tree_and_public() -> None:
    from blackkonnect_sms import errors  # noqa: PLC0415

    tree = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    }
    assert tree == set(errors.__all__)
    assert tree <= set(PUBLIC)
    assert all(issubclass(getattr(errors, name), errors.BlackkonnectError) for name in tree)
    assert all(name in str(errors.__doc__) for name in tree)


def test_nothing_is_imported_that_was_not_asked_for() -> None:
    # What the HTTP library itself imports where it is installed, as its own command line, is not ours.
    heavy = ["click", "rich", "starlette", "uvicorn", "orjson", "msgspec", "jsonschema_rs", "yaml", "jwt"]
    code = (
        "import sys, httpx; before = set(sys.modules); import blackkonnect_sms; "
        f"print([name for name in {heavy!r} if name in set(sys.modules) - before])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
