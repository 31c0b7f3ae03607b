"""Makes docs/inbox-light.png and docs/inbox-dark.png: python tests/emulator/inbox/screenshots.py."""

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
from blackkonnect_emulator import ManualClock, Settings, running
from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

DOCS = Path(__file__).parents[3] / "docs"
SIZE: ViewportSize = {"width": 1180, "height": 660}
SECRET = "of no use elsewhere"

LAST = (
    "Your parcel is out for delivery and arrives between 14:00 and 16:00. The driver calls"
    " “+233 20 000 0006” when she is at the door, so please keep your phone on."
)
# Minutes before the end, number, sender, text.
MESSAGES = [
    (1500, "+233200000007", "ACME", "Your appointment is on Tuesday at 10:15."),
    (1440, "+233200000001", "ACME", "Welcome to ACME! Your account is ready."),
    (300, "+233200000004", "ACME", "Your monthly statement is ready. Sign in to read it."),
    (240, "+233200000009", "ACME", "We open at 9 tomorrow. Come and see what is new."),
    (180, "+233200000003", "ACME", "Rate your last order from 1 to 5."),
    (125, "+12025550112", "ACME", "Your subscription ends in 3 days."),
    (90, "+12025550103", "ACME", "Payment received. Thank you!"),
    (64, "+12025550101", "ACME", "Your delivery could not be made today. We try again tomorrow."),
    (55, "+233200000001", "ACME", "Order 48213 is packed and leaves our warehouse in Tema this afternoon."),
    (31, "+233200000008", "ACME", "Akwaaba! Yɛn adwumayɛbea no bebue ɔkyena anɔpa. 🙏🏿"),
    (20, "+233200000005", "ACME", "Your table for four is booked for 19:30. See you soon!"),
    (12, "+12025550106", "ACME", "Gate change: your flight now boards at gate 14."),
    (6, "+233200000002", "ACME", "482913 is your code. It is valid for 10 minutes."),
    (1, "+233200000001", "ACME", LAST),
]  # fmt: skip


class _Receiver(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def receiver() -> Iterator[str]:
    """Take receipts for as long as the context lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/receipts"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fill(base_url: str, clock: ManualClock) -> None:
    """Send the messages, each at its time."""
    with httpx.Client(base_url=base_url) as client:
        form = {"grant_type": "client_credentials", "client_id": "acme", "client_secret": SECRET}
        passed = MESSAGES[0][0]
        for minutes, number, sender, text in MESSAGES:
            clock.advance((passed - minutes) * 60 + 17)
            passed = minutes
            token = client.post("/api/sms/authenticate/access-token/token/v1", data=form).json()["token"]
            body = {"destination": number, "sourceAddress": sender, "text": text}
            headers = {"Authorization": f"Bearer {token}"}
            client.post("/api/sms/send-message/v1", json=body, headers=headers).raise_for_status()
        origin = {"Origin": base_url}
        # The last one is SENT when the picture is taken.
        while '<li data-status="sent"' not in client.get("/", params={"message": len(MESSAGES)}).text:
            client.post(
                "/_emulator/inbox/clock/advance", data={"by": "next"}, headers=origin
            ).raise_for_status()


def take(browser: Browser, base_url: str, theme: str) -> None:
    """Take the picture of one theme."""
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(f"{base_url}/?to=%2B233200000001&of=acme&message={len(MESSAGES)}")
    expect(page.locator("#detail .timeline")).to_contain_text("Sent")
    expect(page.locator("#detail .receipts")).to_contain_text("delivered")
    page.screenshot(path=DOCS / f"inbox-{theme}.png")
    context.close()


def main() -> None:
    """Make both."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("no browser is installed: apt-get install chromium")
    clock = ManualClock()
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
    with receiver() as callback:
        settings = Settings(clients={"acme": SECRET}, clock=clock, seed=1, callbacks={"acme": callback})
        with running(settings) as server, sync_playwright() as driver:
            fill(server.base_url, clock)
            browser = driver.chromium.launch(executable_path=chromium, args=flags)
            try:
                take(browser, server.base_url, "light")
                take(browser, server.base_url, "dark")
            finally:
                browser.close()


if __name__ == "__main__":
    main()
