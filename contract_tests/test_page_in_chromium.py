"""The gate's page in a browser: everybody can read it, and it asks for nothing from outside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from blackkonnect_contract.emulated import opened
from blackkonnect_contract.jobs import Gateway, Job, run_jobs
from blackkonnect_contract.reports.as_json import gate_facts
from blackkonnect_contract.reports.page import page as written
from mutants.everything import MUTANTS
from mutants.faults import LATEST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
# Far longer than anything takes on a busy machine.
PATIENCE = 15_000
SIZES = {"large": (1360, 800), "small": (390, 780)}
HOSTILE = "</pre><img src=x onerror='document.title=1'>"


def missing(reason: str) -> NoReturn:
    """Skip for the lack of something, or fail where nothing may lack."""
    if os.environ.get("BLACKKONNECT_BROWSER_REQUIRED"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason, allow_module_level=True)


def needed(module: str, package: str) -> Any:
    """Import what drives the browser, or skip the tests that ask for it."""
    try:
        return import_module(module)
    except ModuleNotFoundError:
        missing(f"{package} is not installed: pip install {package}")


driver = needed("playwright.sync_api", "playwright")
needed("axe_playwright_python", "axe-playwright-python")
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pages of a gateway with a fault, and of one without, with a trend each."""
    found = {}
    for name, fault in (("broken", MUTANTS["no-correlation-id"].wrap), ("kept", None)):
        with opened(LATEST, fault, over_http=True) as target:
            gateway = Gateway(
                base_url=target.base_url, client_id=target.client_id, client_secret=target.client_secret
            )
            layers = run_jobs(gateway, [Job(LATEST, "auth", seed=1, quick=True)], workers=1)
        found[name] = gate_facts(
            layers, seed=1, quick=True, target="http://127.0.0.1", began="2026-03-01T09:00:00+00:00"
        )
    found["broken"]["layers"][0]["breaches"][0]["exchange"]["answer"]["body"] = HOSTILE
    folder = tmp_path_factory.mktemp("pages")
    for name, earlier in (("broken", "kept"), ("kept", "broken")):
        (folder / f"{name}.html").write_text(written(found[name], found[earlier]), "utf-8")
    return {name: folder / f"{name}.html" for name in found}


# Not for the whole session: as long as it lasts, no other event loop can run in this thread.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        missing("no browser is installed: apt-get install chromium")
    with driver.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    wrong: list[str] = []
    asked: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert wrong == []
    assert len(asked) == 1
    assert asked[0].startswith("file://")


def violations(page: Page) -> list[str]:
    # The page's policy forbids scripts, and playwright's way around it is not one of the page.
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {node['html'][:200]} {node['any'][:1]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["broken", "kept"])
def test_axe_finds_nothing(page: Page, pages: dict[str, Path], name: str, theme: str, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto(pages[name].as_uri())
    for summary in page.locator("summary").all():
        summary.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_breach_opens_by_the_keyboard_and_shows_all(page: Page, pages: dict[str, Path]) -> None:
    page.goto(pages["broken"].as_uri())
    breach = page.locator("details.breach").first
    driver.expect(breach.locator("pre").first).not_to_be_visible()
    breach.locator("summary").press("Enter")
    for title in ("Again", "Request", "Answer"):
        driver.expect(breach.get_by_role("heading", name=title).last).to_be_visible()
    driver.expect(breach.locator("pre").filter(has_text="curl -sS").last).to_be_visible()
    driver.expect(breach.locator("pre").filter(has_text=HOSTILE)).to_be_visible()
    assert page.title().startswith("Contract: the gateway breaks")
    assert page.locator("img").count() == 0


def test_the_verdict_and_the_trend_are_told(page: Page, pages: dict[str, Path]) -> None:
    page.goto(pages["kept"].as_uri())
    driver.expect(page.get_by_role("heading", level=1)).to_have_text("The gateway keeps to the document")
    driver.expect(page.get_by_role("heading", name="Kept again")).to_be_visible()
    row = page.get_by_role("region", name="Since 2026").get_by_role("row", name=f"{LATEST} auth")
    driver.expect(row).to_contain_text("broken")
    driver.expect(row).to_contain_text("kept")


def test_coverage_is_a_picture_with_words(page: Page, pages: dict[str, Path]) -> None:
    page.goto(pages["kept"].as_uri())
    pictures = page.get_by_role("img")
    assert pictures.count() >= 3
    for picture in pictures.all():
        assert "keywords of its body" in (picture.get_attribute("aria-label") or "")
        assert picture.locator("rect").count() > 0
    sends = page.get_by_role("region", name="by operation and status").get_by_role("row", name="sendMessage")
    driver.expect(sends).to_have_count(1)
