"""Ten thousand messages, and the page stays small."""

from typing import TYPE_CHECKING

from .conftest import Served, driver

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect = driver().expect

# Chunks of a hundred at most, three or so in view, and next to nothing for each of the others.
MOST_ELEMENTS = 6_000
NUMBERS = [f"+2332{index:08d}" for index in range(10_000)]


def elements(page: "Page") -> int:
    return int(page.evaluate("document.querySelectorAll('*').length"))


def test_ten_thousand_phones(page: "Page", served: Served) -> None:
    for start in range(0, len(NUMBERS), 1000):
        served.put_many(NUMBERS[start : start + 1000], "We open at 9 tomorrow.")
    page.goto(served.base_url)
    expect(page.locator("#bar")).to_contain_text("10,000 messages")
    assert page.locator("#phones a.row").count() == 50
    most = 0
    for _ in range(60):
        before = page.locator("#phones").evaluate(
            "e => { e.scrollTop = e.scrollHeight; return e.scrollHeight }"
        )
        page.wait_for_function("h => document.getElementById('phones').scrollHeight > h", arg=before)
        most = max(most, elements(page))
    assert most < MOST_ELEMENTS
    # Back at the top, what was put away is there again, and what is new above it.
    served.put("+233200000001", "on top")
    page.locator("#phones").evaluate("e => { e.scrollTop = 0 }")
    expect(page.locator("#phones a.row").first).to_contain_text("on top")
    expect(page.locator("#phones a.row").nth(1)).to_contain_text(NUMBERS[-1])
    # In the middle, each phone stands once and in order.
    page.locator("#phones").evaluate("e => { e.scrollTop = 40_000 }")
    page.wait_for_function(
        "() => { const box = document.getElementById('phones').getBoundingClientRect();"
        " return document.elementFromPoint(box.x + 100, box.y + 300)?.closest('a.row') }"
    )
    shown = page.locator("#phones a.row").evaluate_all("all => all.map(e => e.dataset.phone.split(' ')[1])")
    rest = [one for one in shown if one != "+233200000001"]
    assert rest == sorted(set(rest), reverse=True)


def test_a_thread_of_ten_thousand(page: "Page", served: Served) -> None:
    for _ in range(10):
        served.put_many(["+233200000001"] * 1000, "hello")
    page.goto(f"{served.base_url}/?to=%2B233200000001&of=acme")
    expect(page.locator("#bar")).to_contain_text("10,000 messages")
    most = 0
    for _ in range(20):
        before = page.locator(".bubbles").evaluate(
            "e => { e.scrollTop = -e.scrollHeight; return e.scrollHeight }"
        )
        page.wait_for_function("h => document.querySelector('.bubbles').scrollHeight > h", arg=before)
        most = max(most, elements(page))
    assert most < MOST_ELEMENTS
    # Who reads old messages is left alone by new ones.
    top = page.locator(".bubbles").evaluate("e => e.scrollTop")
    served.put("+233200000001", "new")
    expect(page.locator("#said")).to_have_text("1 new message")
    assert abs(page.locator(".bubbles").evaluate("e => e.scrollTop") - top) < 400
    page.locator(".bubbles").evaluate("e => { e.scrollTop = 0 }")
    expect(page.locator(".bubble").first).to_contain_text("new")
