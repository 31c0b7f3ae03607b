"""Everybody can use it: axe-core finds nothing, and a keyboard is enough."""

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from .conftest import Served, driver, needed

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect = driver().expect

needed("axe_playwright_python", "axe-playwright-python")
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
SIZES = {"large": (1360, 800), "middle": (900, 700), "small": (390, 780)}


def panel(name: str) -> "Callable[[Page], None]":
    def do(page: "Page") -> None:
        page.keyboard.press(name)
        expect(page.locator(".panel")).to_be_visible()

    return do


def nothing(_: "Page") -> None:
    pass


def wrong_form(page: "Page") -> None:
    panel("f")(page)
    page.get_by_label("Probability").fill("7")
    page.get_by_role("button", name="Add the fault").click()
    expect(page.locator("#error-probability")).to_be_visible()


def no_match(page: "Page") -> None:
    page.locator("#q").fill("no such thing")
    expect(page.get_by_text("Nothing matches.")).to_be_visible()


STATES: dict[str, "tuple[str, Callable[[Page], None]]"] = {
    "list": ("/", nothing),
    "no match": ("/", no_match),
    "thread": ("/?to=%2B233200000001&of=acme", nothing),
    "thread filtered": ("/?to=%2B233200000001&of=acme&q=code", nothing),
    "detail": (
        "/?to=%2B12025550101&of=acme&message=3",
        lambda page: page.get_by_text("Request", exact=True).click(),
    ),
    "send": ("/", panel("n")),
    "clock": ("/", panel("c")),
    "faults": ("/", panel("f")),
    "faults with errors": ("/", wrong_form),
    "numbers": ("/", panel("o")),
    "keys": ("/", panel("?")),
}


def violations(page: "Page") -> list[str]:
    # The page's policy forbids inline scripts, and playwright's way around it is not one.
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {node['html'][:200]} {node['any'][:1]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(page: "Page", served: Served, theme: str, size: str, wrong: list[str]) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(served.base_url)
    assert violations(page) == []
    served.put("+233200000001", "Your code is 482913.")
    served.put("+233200000001", "Akwaaba! Yɛn adwumayɛbea no bebue ɔkyena. " * 3)
    for last in (1, 2, 3, 4):
        served.put(f"+1202555010{last}", "hello")
    served.advance()
    served.put("+233200000002", "still queued")
    for name, (path, do) in STATES.items():
        page.goto(served.base_url + path)
        do(page)
        assert violations(page) == [], name
    # The form with an error is answered with 422, which Chromium tells as an error of loading.
    wrong[:] = [one for one in wrong if "422" not in one]


def test_a_keyboard_is_enough(page: "Page", served: Served) -> None:
    for last in range(3):
        served.put(f"+23320000000{last}", f"first to {last}")
        served.put(f"+23320000000{last}", f"second to {last}")
    page.goto(served.base_url)
    press = page.keyboard.press
    press("j")
    press("j")
    assert page.evaluate("document.activeElement.dataset.phone") == "acme +233200000001"
    press("Enter")
    expect(page.locator("#thread-title")).to_have_text("+233200000001")
    press("ArrowRight")
    press("k")
    expect(page.locator("#thread a:focus")).to_have_attribute("data-message", "3")
    press("Enter")
    expect(page.locator("#detail-title")).to_have_text("Message 3")
    press("Escape")
    expect(page.locator("#detail")).to_be_hidden()
    expect(page.locator("#thread a:focus")).to_have_attribute("data-message", "3")
    press("Escape")
    expect(page.locator("#thread-title")).to_have_count(0)
    expect(page.locator("#phones a:focus")).to_have_attribute("data-phone", "acme +233200000001")
    press("/")
    page.keyboard.type("second")
    press("Escape")
    expect(page.locator("#q")).not_to_be_focused()
    press("c")
    expect(page.locator("#by-minute")).to_be_focused()
    press("Enter")
    expect(page.locator("#now")).to_have_text("08:01:00")
    expect(page.locator("#by-minute")).to_be_focused()
    press("Escape")
    expect(page.locator(".panel")).to_have_count(0)
    press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_faults_are_added_and_removed_and_the_inbox_emptied(page: "Page", served: Served) -> None:
    served.put("+233200000001", "hello")
    page.goto(served.base_url)
    page.get_by_role("button", name="Faults").click()
    page.get_by_label("Kind").select_option("latency")
    page.get_by_label("Seconds").fill("1.5")
    page.get_by_role("button", name="Add the fault").click()
    expect(page.locator("#fault-list")).to_contain_text("latency:")
    expect(page.get_by_title("Faults are set")).to_contain_text("1 fault")
    page.get_by_role("button", name="Remove fault 1").click()
    expect(page.locator("#fault-list")).to_contain_text("None is set")
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Empty the inbox").click()
    page.get_by_role("button", name="Empty it").click()
    expect(page.get_by_role("heading", name="Waiting for the first message")).to_be_visible()


def test_a_small_screen_shows_one_pane_at_a_time(page: "Page", served: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    served.put("+233200000001", "hello")
    page.goto(served.base_url)
    expect(page.locator("#thread")).to_be_hidden()
    page.locator("#phones a.row").first.click()
    expect(page.locator("#phones")).to_be_hidden()
    page.locator(".bubble").first.click()
    expect(page.locator("#thread")).to_be_hidden()
    page.get_by_role("link", name="Back to the messages").click()
    expect(page.locator(".bubble")).to_be_visible()
    page.get_by_role("link", name="Back to the phones").click()
    expect(page.locator("#phones a.row").first).to_be_visible()
