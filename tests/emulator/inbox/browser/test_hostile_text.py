"""Text of others stays text, in every place that shows it."""

from typing import TYPE_CHECKING

from .conftest import Served, driver

if TYPE_CHECKING:
    from playwright.sync_api import Page

expect = driver().expect

HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    '<a href="javascript:alert(1)">x</a>'
    "<b hx-get='/_emulator/inbox/bar' hx-trigger='load'>{{ 7*7 }}</b>&lt;\u202egnp.exe\u0000\u0007"
)
LONG = "w" * 1500


def test_nothing_in_a_text_comes_alive(page: "Page", served: Served) -> None:
    served.put("+233200000001", "hello", "ACME")
    page.goto(served.base_url)
    page.locator("#phones a.row").first.click()
    served.put("+233200000001", HOSTILE, "A&amp")
    expect(page.locator(".bubble")).to_have_count(2)
    page.locator(".bubble").first.click()
    page.get_by_text("Request", exact=True).click()
    expect(page.locator("#detail pre").first).to_contain_text("onerror")
    shown = page.locator(".bubble .text").first.inner_text()
    assert shown == HOSTILE.replace("\u202e", "⟨U+202E⟩").replace("\u0000", "␀").replace("\u0007", "␇")
    assert page.locator("main :is(script, img, b[hx-get], a[href^=javascript])").count() == 0
    assert "owned" not in page.title()
    page.locator("#q").fill("<script>")
    page.wait_for_url("**/?q=%3Cscript%3E*")
    page.reload()
    expect(page.locator("#q")).to_have_value("<script>")


def test_a_long_word_makes_nothing_wider_than_the_page(page: "Page", served: Served) -> None:
    served.put("+233200000001", LONG)
    for width in (390, 800, 1360):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(f"{served.base_url}/?to=%2B233200000001&of=acme&message=1")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for part in (".bubbles", "#detail .scroller", "#phones"):
            assert page.locator(part).evaluate("e => e.scrollWidth - e.clientWidth") <= 0


def test_the_policy_stops_what_would_come_alive(page: "Page", served: Served, wrong: list[str]) -> None:
    page.goto(served.base_url)
    inline = "<img src=x onerror=\"document.title='owned'\"><p style='color:red'>"
    page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", inline)
    script = "Object.assign(document.createElement('script'), {textContent: 'document.title=`owned`'})"
    page.evaluate(f"document.body.append({script})")
    assert "owned" not in page.title()
    assert any("Content Security Policy" in one for one in wrong)
    wrong.clear()
