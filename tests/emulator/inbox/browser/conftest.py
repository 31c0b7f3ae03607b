"""The inbox in a browser: Debian's Chromium, driven by playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import httpx
import pytest
from blackkonnect_emulator import ManualClock, Settings, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Route

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
CLIENTS = {"acme": "acme's secret", "other": "other's secret"}
# Far longer than anything takes on a busy machine.
PATIENCE = 15_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.slow)


def missing(reason: str) -> NoReturn:
    """Skip for the lack of something, or fail where nothing may lack."""
    if os.environ.get("BLACKKONNECT_BROWSER_REQUIRED"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason, allow_module_level=True)


def needed(module: str, package: str) -> Any:
    """Import what drives the browser, or skip the module that asks for it."""
    try:
        return import_module(module)
    except ModuleNotFoundError:
        missing(f"{package} is not installed: pip install {package}")


def driver() -> Any:
    """Import playwright."""
    return needed("playwright.sync_api", "playwright")


class Served:
    """An emulator that serves, and what a client of it does meanwhile."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.client = httpx.Client(base_url=base_url, headers={"Origin": base_url}, timeout=60)
        form = {"grant_type": "client_credentials", "client_id": "acme", "client_secret": CLIENTS["acme"]}
        self.token = self.client.post("/api/sms/authenticate/access-token/token/v1", data=form).json()[
            "token"
        ]

    def post(self, path: str, body: object) -> None:
        answer = self.client.post(path, json=body, headers={"Authorization": f"Bearer {self.token}"})
        assert answer.status_code == 200, answer.text

    def put(self, destination: str, text: str, sender: str = "ACME") -> None:
        self.post(
            "/api/sms/send-message/v1", {"destination": destination, "text": text, "sourceAddress": sender}
        )

    def put_many(self, destinations: list[str], text: str) -> None:
        listed = [{"destination": one} for one in destinations]
        self.post("/api/sms/send-bulk-messages/v1", {"messages": [{"destinations": listed, "text": text}]})

    def advance(self, by: str = "minute") -> None:
        assert self.client.post("/_emulator/inbox/clock/advance", data={"by": by}).status_code == 200


@pytest.fixture
def settings() -> Settings:
    return Settings(clients=CLIENTS, clock=ManualClock(), seed=1, token_seconds=10_000_000)


@pytest.fixture
def served(settings: Settings) -> Iterator[Served]:
    with running(settings) as server:
        made = Served(server.base_url)
        try:
            yield made
        finally:
            made.client.close()


# Not for the whole session: as long as it lasts, no other event loop can run in this thread.
@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    if CHROMIUM is None:
        missing("no browser is installed: apt-get install chromium")
    with driver().sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture
def wrong() -> list[str]:
    """What went wrong in the page; a test that expects something of it clears it."""
    return []


@pytest.fixture
def page(browser: "Browser", served: Served, wrong: list[str]) -> "Iterator[Page]":
    context = browser.new_context(viewport={"width": 1360, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    driver().expect.set_options(timeout=PATIENCE)
    page.on(
        "console",
        lambda said: wrong.append(f"{said.type}: {said.text}") if said.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def only_the_emulator(route: "Route") -> None:
        if route.request.url.startswith((f"{served.base_url}/", "data:")):
            route.continue_()
        else:
            wrong.append(f"outside request: {route.request.url}")
            route.abort()

    context.route("**/*", only_the_emulator)

    def dismissed(dialog: "Dialog") -> None:
        wrong.append("a dialog")
        dialog.dismiss()

    page.on("dialog", dismissed)
    yield page
    with suppress(driver().Error):
        context.close()
    assert wrong == []
