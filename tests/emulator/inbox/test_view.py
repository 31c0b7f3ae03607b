"""What the page's address says."""

from urllib.parse import parse_qsl, urlsplit

from blackkonnect_emulator.inbox.view import View
from hypothesis import given, settings
from hypothesis import strategies as st

TEXTS = st.text(st.characters(codec="utf-8"), max_size=50).map(str.strip)


@settings(derandomize=True, deadline=None)
@given(
    st.builds(
        View,
        q=TEXTS,
        status=TEXTS,
        sender=TEXTS,
        tenant=TEXTS,
        to=TEXTS,
        of=TEXTS,
        message=st.none() | st.integers(0),
    )
)
def test_an_address_is_read_as_it_was_written(view: View) -> None:
    if view.message is not None and view.message >= 2**63:
        return
    parts = urlsplit(view.address())
    assert parts.path == "/"
    assert View.read(dict(parse_qsl(parts.query))) == view


def test_what_is_empty_is_left_out() -> None:
    assert View().address() == "/"
    assert View(q="a b", to="+233200000001").address(q="") == "/?to=%2B233200000001"


def test_the_whole_thread_is_without_filters() -> None:
    view = View(q="code", status="SENT", tenant="acme", to="+233200000001", of="other")
    wanted = view.messages_wanted(9, 5)
    assert (wanted.text, wanted.status, wanted.tenant, wanted.destination) == (
        "code",
        "SENT",
        "other",
        "+233200000001",
    )
    assert (wanted.before, wanted.limit) == (9, 5)
    whole = View(q="code", status="SENT", to="+233200000001", of="other", whole="1").messages_wanted(None, 5)
    assert (whole.text, whole.status, whole.destination) == (None, None, "+233200000001")
