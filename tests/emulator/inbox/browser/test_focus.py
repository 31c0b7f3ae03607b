"""The focus is where a keyboard left it, whatever the timing and the order of the answers."""

import re
from typing import TYPE_CHECKING

import pytest

from .conftest import Served, driver

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

expect = driver().expect

PHONE = "+233200000001"
THREAD = "/?to=%2B233200000001&of=acme"
DETAILS = "**/?to=*message=*"
CLOSED = re.compile(r"://[^/]*/(\?to=%2B233200000001&of=acme)?$")
PANELS = "**/_emulator/inbox/panels/*"

# What a mutation shows is used in the same moment: earlier than any finger, and than any timer of htmx.
AT_ONCE = """([selector, use]) => {
  window.stays = true;
  new MutationObserver((_, observer) => {
    const found = document.querySelector(selector);
    if (!found) return;
    observer.disconnect();
    if (use === "click") found.click();
    else document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: use, bubbles: true}));
  }).observe(document.body, {subtree: true, childList: true});
}"""


class Held:
    """Requests that wait until they are let go, in any order."""

    def __init__(self, page: "Page", pattern: str | re.Pattern[str]) -> None:
        self._page = page
        self._routes: list[Route] = []
        page.route(pattern, self._hold)

    def _hold(self, route: "Route") -> None:
        self._routes.append(route)

    def wait(self, count: int) -> None:
        for _ in range(1_000):
            if len(self._routes) >= count:
                return
            self._page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
        pytest.fail(f"{len(self._routes)} of {count} requests were made")

    def let_go(self, place: int) -> None:
        """Answer one of them, and wait until the page has its answer."""
        route = self._routes.pop(place)
        with self._page.expect_event("requestfinished", lambda request: request == route.request):
            route.fallback()
        self._page.evaluate("() => new Promise((done) => setTimeout(done))")


@pytest.fixture
def thread(page: "Page", served: Served) -> "Page":
    """The page with a thread of three messages, the middle one of which has the focus."""
    served.put("+233200000002", "to another")
    for text in ("first", "second", "third"):
        served.put(PHONE, text)
    page.goto(served.base_url)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#thread-title")).to_have_text(PHONE)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("k")
    expect_message(page, 3)
    page.evaluate("window.stays = true")
    return page


def expect_message(page: "Page", number: int) -> None:
    expect(page.locator("#thread a:focus")).to_have_attribute("data-message", str(number))


def expect_phone(page: "Page", number: str = PHONE) -> None:
    expect(page.locator("#phones a:focus")).to_have_attribute("data-phone", f"acme {number}")


def expect_it_stayed(page: "Page") -> None:
    """The page was never left, as it is by a link or a form that htmx has not taken over."""
    assert page.evaluate("window.stays") is True


def open_details(page: "Page") -> None:
    page.keyboard.press("Enter")
    expect(page.locator("#detail-title")).to_have_text("Message 3")


def test_details_may_be_closed_in_the_moment_they_show(thread: "Page") -> None:
    thread.evaluate(AT_ONCE, ["#detail .close", "Escape"])
    thread.keyboard.press("Enter")
    expect(thread.locator("#detail")).to_be_hidden()
    expect(thread).to_have_url(CLOSED)
    expect_message(thread, 3)
    expect_it_stayed(thread)


def test_a_form_may_be_submitted_in_the_moment_it_shows(thread: "Page") -> None:
    thread.evaluate(AT_ONCE, ["#by-minute", "click"])
    thread.keyboard.press("c")
    expect(thread.locator("#now")).to_have_text("08:01:00")
    expect(thread.locator("#by-minute")).to_be_focused()
    expect_it_stayed(thread)


def test_the_phone_of_a_test_message_is_shown_without_leaving_the_page(thread: "Page") -> None:
    thread.keyboard.press("n")
    thread.get_by_label("Number").fill("+233200000007")
    thread.get_by_label("Text").fill("hello")
    thread.get_by_role("button", name="Send", exact=True).click()
    expect(thread.locator("#thread-title")).to_have_text("+233200000007")
    expect_it_stayed(thread)


def test_what_is_open_is_marked_at_once(thread: "Page") -> None:
    marked = thread.locator("#phones a[aria-current]")
    expect(marked).to_have_attribute("data-phone", f"acme {PHONE}")
    open_details(thread)
    expect(thread.locator("#thread a[aria-current]")).to_have_attribute("data-message", "3")
    thread.locator("#phones a.row").nth(1).click()
    expect(thread.locator("#thread-title")).to_have_text("+233200000002")
    expect(marked).to_have_attribute("data-phone", "acme +233200000002")


def test_escape_before_the_details_come_keeps_them_away(thread: "Page") -> None:
    held = Held(thread, DETAILS)
    thread.keyboard.press("Enter")
    held.wait(1)
    thread.keyboard.press("Escape")
    held.let_go(0)
    expect_message(thread, 3)
    expect(thread.locator("#detail")).to_be_hidden()
    assert "message=" not in thread.url
    thread.unroute(DETAILS)
    open_details(thread)
    thread.keyboard.press("Escape")
    expect(thread.locator("#detail")).to_be_hidden()
    expect_message(thread, 3)


@pytest.mark.parametrize("order", [(0, 0), (1, 0)])
def test_the_details_asked_for_last_are_shown(thread: "Page", order: tuple[int, int]) -> None:
    held = Held(thread, DETAILS)
    thread.keyboard.press("Enter")
    thread.keyboard.press("k")
    thread.keyboard.press("Enter")
    held.wait(2)
    for place in order:
        held.let_go(place)
    expect(thread.locator("#detail-title")).to_have_text("Message 2")
    assert thread.url.endswith("message=2")
    expect_message(thread, 2)
    thread.keyboard.press("Escape")
    expect(thread.locator("#detail")).to_be_hidden()
    expect_message(thread, 2)


def test_news_come_while_details_close(thread: "Page", served: Served) -> None:
    open_details(thread)
    held = Held(thread, CLOSED)
    thread.keyboard.press("Escape")
    held.wait(1)
    served.put(PHONE, "meanwhile")
    expect(thread.locator(".bubble")).to_have_count(4)
    expect_message(thread, 3)
    held.let_go(0)
    expect(thread.locator("#detail")).to_be_hidden()
    expect_message(thread, 3)


def test_news_asked_for_before_details_close_come_after(thread: "Page", served: Served) -> None:
    open_details(thread)
    held = Held(thread, DETAILS)
    served.put(PHONE, "meanwhile")
    held.wait(1)
    thread.keyboard.press("Escape")
    expect(thread.locator("#detail")).to_be_hidden()
    held.let_go(0)
    expect(thread.locator("#detail")).to_be_hidden()
    expect_message(thread, 3)


@pytest.mark.parametrize("order", [(0, 0), (1, 0)])
def test_two_escapes_close_details_and_thread(thread: "Page", order: tuple[int, int]) -> None:
    open_details(thread)
    held = Held(thread, CLOSED)
    thread.keyboard.press("Escape")
    thread.keyboard.press("Escape")
    held.wait(2)
    for place in order:
        held.let_go(place)
    expect(thread.locator("#thread-title")).to_have_count(0)
    expect_phone(thread)
    assert "?" not in thread.url
    expect_it_stayed(thread)


def test_a_close_link_that_is_used_itself_gives_the_focus_back(thread: "Page") -> None:
    open_details(thread)
    thread.locator("#detail .close").focus()
    thread.keyboard.press("Enter")
    expect(thread.locator("#detail")).to_be_hidden()
    expect_message(thread, 3)


def test_escape_among_the_details_gives_the_focus_back(thread: "Page") -> None:
    open_details(thread)
    thread.locator("#detail .scroller").focus()
    thread.keyboard.press("Escape")
    expect_message(thread, 3)
    expect(thread.locator("#detail")).to_be_hidden()
    expect_message(thread, 3)


def test_a_message_that_is_listed_no_more_leaves_the_focus_in_the_thread(
    page: "Page", served: Served
) -> None:
    served.put(PHONE, "first")
    page.goto(f"{served.base_url}{THREAD}&status=QUEUED&message=1")
    page.locator("#detail .scroller").focus()
    served.advance()
    expect(page.locator(".bubble")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()
    expect(page.locator("#thread .scroller")).to_be_focused()


@pytest.mark.parametrize(
    ("focused", "then"), [("#thread a.row", "#thread .scroller"), ("#phones a.row", "#phones")]
)
def test_what_leaves_a_list_leaves_the_focus_there(
    page: "Page", served: Served, focused: str, then: str
) -> None:
    served.put(PHONE, "first")
    page.goto(f"{served.base_url}{THREAD}&status=QUEUED")
    page.locator(focused).focus()
    served.advance()
    expect(page.locator(focused)).to_have_count(0)
    expect(page.locator(then)).to_be_focused()


@pytest.mark.parametrize("by_link", [False, True], ids=["escape", "link"])
def test_a_small_screen_gives_the_focus_back(thread: "Page", by_link: bool) -> None:  # noqa: FBT001 - by pytest
    def go_back(pane: str) -> None:
        if by_link:
            thread.locator(f"{pane} .back").focus()
        thread.keyboard.press("Enter" if by_link else "Escape")

    thread.set_viewport_size({"width": 390, "height": 780})
    open_details(thread)
    expect(thread.locator("#thread")).to_be_hidden()
    go_back("#detail")
    expect(thread.locator("#detail")).to_be_hidden()
    expect_message(thread, 3)
    go_back("#thread")
    expect(thread.locator("#phones")).to_be_visible()
    expect_phone(thread)


def test_a_panel_gives_the_focus_back(thread: "Page") -> None:
    thread.keyboard.press("c")
    expect(thread.locator("#by-minute")).to_be_focused()
    thread.keyboard.press("f")
    expect(thread.locator("#add-fault")).to_be_visible()
    thread.keyboard.press("Escape")
    expect(thread.locator(".panel")).to_have_count(0)
    expect_message(thread, 3)


def test_escape_before_a_panel_comes_keeps_it_away(thread: "Page") -> None:
    held = Held(thread, PANELS)
    thread.keyboard.press("c")
    held.wait(1)
    thread.keyboard.press("Escape")
    held.let_go(0)
    expect(thread.locator(".panel")).to_have_count(0)
    expect_message(thread, 3)


@pytest.mark.parametrize("order", [(0, 0), (1, 0)])
def test_the_panel_asked_for_last_is_shown(thread: "Page", order: tuple[int, int]) -> None:
    held = Held(thread, PANELS)
    thread.keyboard.press("c")
    thread.keyboard.press("o")
    held.wait(2)
    for place in order:
        held.let_go(place)
    expect(thread.locator("#panel-numbers")).to_be_visible()
    expect(thread.locator("#panel-clock")).to_have_count(0)
    thread.keyboard.press("Escape")
    expect_message(thread, 3)
