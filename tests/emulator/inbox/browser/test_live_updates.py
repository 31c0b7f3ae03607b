"""What is new shows up by itself, and disturbs nothing."""

from typing import TYPE_CHECKING

from blackkonnect_emulator import Settings, running

from .conftest import PATIENCE, Served, driver

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

expect = driver().expect

PHONE = "+233200000001"


def rows(page: "Page") -> "Locator":
    return page.locator("#phones a.row")


def test_a_new_message_is_visible_without_reload(page: "Page", served: Served) -> None:
    page.goto(served.base_url)
    expect(page.get_by_role("heading", name="Waiting for the first message")).to_be_visible()
    served.put(PHONE, "Your code is 482913.")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first).to_contain_text("Your code is 482913.")
    expect(page.get_by_role("heading", name="Choose a phone")).to_be_visible()
    expect(page.locator("#said")).to_have_text("1 new message")


def test_an_open_thread_and_detail_go_on(page: "Page", served: Served) -> None:
    served.put(PHONE, "one")
    page.goto(served.base_url)
    rows(page).first.click()
    page.locator(".bubble").first.click()
    page.get_by_text("Request", exact=True).click()
    served.put(PHONE, "two")
    expect(page.locator(".bubble")).to_have_count(2)
    served.advance()
    expect(page.locator("#detail .timeline")).to_contain_text("Delivered")
    expect(page.locator("#detail details").first).to_have_attribute("open", "")
    expect(page.locator("#detail pre").first).to_contain_text("POST /api/sms/send-message/v1")
    expect(page.locator(".bubble a[aria-current]")).to_have_count(1)
    page.reload()
    expect(page.locator("#detail-title")).to_have_text("Message 1")


def test_an_answer_that_comes_after_the_news_it_lacks_is_asked_for_again(
    page: "Page", served: Served
) -> None:
    served.put(PHONE, "one")
    page.goto(served.base_url)
    held: list[Route] = []

    def hold(route: "Route") -> None:
        # The answer is made now, and comes to the page after the event of the second message.
        answer = route.fetch()
        served.put(PHONE, "two")
        expect(rows(page).first).to_contain_text("two")
        route.fulfill(response=answer)
        held.append(route)

    page.route("**/?to=*", hold, times=1)
    rows(page).first.click()
    expect(page.locator(".bubble")).to_have_count(2)
    assert len(held) == 1


def test_search_focus_and_caret_survive_updates(page: "Page", served: Served) -> None:
    for index in range(5):
        served.put(f"+23320000000{index}", "code" if index % 2 else "parcel")
    page.goto(served.base_url)
    page.keyboard.press("/")
    page.keyboard.type("code")
    expect(rows(page)).to_have_count(2)
    page.keyboard.press("ArrowLeft")
    served.put("+233200000007", "another code")
    served.put("+233200000008", "another parcel")
    expect(rows(page)).to_have_count(3)
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("code")
    assert page.locator("#q").evaluate("e => [e.selectionStart, e.selectionEnd]") == [3, 3]
    assert page.url.endswith("/?q=code")


def test_filters_survive_updates_reload_and_choosing(page: "Page", served: Served) -> None:
    served.put(PHONE, "first", "Shop")
    served.put("+233200000002", "second")
    page.goto(served.base_url)
    page.get_by_label("Sender").fill("Shop")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("Status").select_option("QUEUED")
    rows(page).first.click()
    expect(page.locator(".bubble")).to_have_count(1)
    served.put("+233200000003", "third")
    served.put("+233200000004", "fourth", "Shop")
    expect(rows(page)).to_have_count(2)
    expect(page.get_by_label("Sender")).to_have_value("Shop")
    assert "sender=Shop" in page.url
    assert "status=QUEUED" in page.url
    assert "to=%2B233200000001" in page.url
    page.reload()
    expect(rows(page)).to_have_count(2)
    expect(page.get_by_label("Status")).to_have_value("QUEUED")
    served.advance()
    expect(page.get_by_text("Nothing matches.")).to_be_visible()
    served.put("+233200000005", "fifth", "Shop")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("Status").select_option("")
    expect(rows(page)).to_have_count(3)
    page.go_back()
    expect(rows(page)).to_have_count(1)


def test_open_details_keep_the_filters_that_were_set_since(page: "Page", served: Served) -> None:
    served.put(PHONE, "first", "Shop")
    page.goto(f"{served.base_url}/?to=%2B233200000001&of=acme&message=1")
    close = page.locator("#detail .close")
    page.get_by_label("Sender").fill("Shop")
    expect(close).to_have_attribute("href", "/?sender=Shop&to=%2B233200000001&of=acme")
    served.advance()
    expect(page.locator("#detail .timeline")).to_contain_text("Delivered")
    expect(close).to_have_attribute("href", "/?sender=Shop&to=%2B233200000001&of=acme")


def test_focus_and_scrolling_survive_updates(page: "Page", served: Served) -> None:
    served.put_many([f"+2332000001{index:02d}" for index in range(40)], "hello")
    page.goto(served.base_url)
    row = rows(page).nth(20)
    row.focus()
    name = row.get_attribute("data-phone")
    page.locator("#phones").evaluate("e => e.scrollTop = 600")
    top = row.evaluate("e => e.getBoundingClientRect().top")
    served.put("+233200000999", "new on top")
    expect(rows(page)).to_have_count(41)
    assert page.evaluate("document.activeElement.dataset.phone") == name
    row = page.locator(f'[data-phone="{name}"]')
    assert abs(row.evaluate("e => e.getBoundingClientRect().top") - top) < 2
    assert name is not None
    served.put(name.split()[1], "the focused one moves to the top")
    expect(rows(page).first).to_contain_text("the focused one")
    assert page.evaluate("document.activeElement.dataset.phone") == name


def test_a_server_that_is_gone_is_said_so_until_it_is_back(browser: "Browser", settings: Settings) -> None:
    with running(settings) as server:
        port = int(server.base_url.rpartition(":")[2])
        page = browser.new_page()
        page.goto(server.base_url)
        expect(page.locator("#lost")).to_be_hidden()
    expect(page.get_by_role("alert")).to_contain_text("doesn't answer", timeout=PATIENCE)
    with running(settings, port=port):
        expect(page.locator("#lost")).to_be_hidden(timeout=PATIENCE)
    page.close()


def test_typing_in_the_form_goes_on_while_messages_come_in(page: "Page", served: Served) -> None:
    page.goto(served.base_url)
    page.keyboard.press("n")
    expect(page.get_by_label("Number")).to_be_focused()
    page.keyboard.type("+233200000001")
    page.get_by_label("Text").fill("ɛ" * 71)
    expect(page.locator("#segments")).to_contain_text("2 parts, UCS-2")
    served.put("+233200000002", "meanwhile")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_label("Number")).to_have_value("+233200000001")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread-title")).to_have_text("+233200000001")
    expect(page.locator(".bubble")).to_have_count(1)
