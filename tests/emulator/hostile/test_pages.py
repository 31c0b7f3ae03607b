"""What pages and answers show, and how browsers are told to treat them."""

import re

from tests.emulator.conftest import Gateway
from tests.emulator.hostile.attacked import JSON, Attacked, check_refused, signed
from tests.emulator.hostile.targets import (
    AS_FORM,
    AS_JSON,
    SINGLE,
    TAKES_FORMS,
    TAKES_JSON,
    form,
    trap,
    with_raw,
    written,
)

STRICT = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
PIECES = (
    "phones",
    "messages",
    "bar",
    "welcome",
    *(f"panels/{name}" for name in ("send", "clock", "faults", "numbers", "keys", "reset")),
)
FOREIGN = (
    ["Sec-Fetch-Site: cross-site"],
    ["Sec-Fetch-Site: same-site"],
    ["Origin: http://evil.example"],
    ["Origin: null"],
    ["Origin: http://127.0.0.1:1"],
    ["Sec-Fetch-Site: same-origin", "Origin: http://evil.example"],
)


def test_every_page_and_file_is_strict(victim: Attacked) -> None:
    page = victim.ask("GET", "/")
    files = set(re.findall(r'(?:src|href)="(/_emulator/[^"]+)"', page.body.decode()))
    assert len(files) >= 5
    for path in (
        "/",
        "/?message=999999",
        *files,
        *(f"/_emulator/inbox/{piece}" for piece in PIECES),
        "/_emulator/inbox/static/none",
    ):
        with trap(path):
            answer = victim.ask("GET", path.replace("&amp;", "&"))
            assert answer.status in {200, 404}
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            assert "unsafe" not in policy
            assert {name: answer.headers.get(name) for name in STRICT} == STRICT


def test_no_other_site_changes_anything(victim: Attacked) -> None:
    victim.send(victim.token())
    before = victim.control("GET", "").json()["counts"]
    for foreign in FOREIGN:
        for name, (path, fields) in TAKES_FORMS.items():
            if path != Gateway.TOKEN:
                with trap(name, foreign):
                    check_refused(victim.ask("POST", path, form(fields), [AS_FORM, *foreign]), 403)
        for name, target in TAKES_JSON.items():
            if not target.signed:
                with trap(name, foreign):
                    body = written(target.body)
                    check_refused(victim.ask(target.method, target.path, body, [AS_JSON, *foreign]), 403)
                    simple = ["Content-Type: text/plain", *foreign]
                    check_refused(victim.ask(target.method, target.path, body, simple), 403)
        for path in ("faults", "outcomes", "requests", "tenants/other"):
            with trap(path, foreign):
                check_refused(victim.ask("DELETE", f"/_emulator/{path}", headers=foreign), 403)
    assert victim.control("GET", "").json()["counts"] == before
    # A form of another site that tells nothing of itself can send no JSON.
    for target in TAKES_JSON.values():
        if not target.signed:
            check_refused(victim.ask(target.method, target.path, written(target.body), [AS_FORM]), 415)


def test_nobody_is_told_to_share(victim: Attacked) -> None:
    for path in ("/", "/_emulator/", Gateway.SINGLE, Gateway.TOKEN):
        for method in ("GET", "OPTIONS"):
            headers = ["Origin: http://evil.example", "Access-Control-Request-Method: POST"]
            answer = victim.ask(method, path, headers=headers)
            assert not [name for name in answer.headers if name.startswith("access-control")]


def test_no_page_shows_a_token_or_secret(victim: Attacked) -> None:
    token = victim.token()
    for _, body in with_raw(SINGLE, b'"\\ud800"'):
        victim.ask("POST", Gateway.SINGLE, body, [*signed(token), f"Content-Type: {JSON}"])
    assert victim.send(token).status == 200
    private = [token, token.split(".")[2], "SECRET"]
    pages = ["/", "/_emulator/", "/_emulator/requests", "/_emulator/tenants", "/_emulator/messages"]
    pages += ["/_emulator/messages/1", "/_emulator/clock", "/_emulator/faults", "/_emulator/receipts"]
    pages += [f"/?to=%2B233277777777&of=acme&message={number}" for number in (1, 2, 3)]
    pages += ["/_emulator/inbox/phones", "/_emulator/inbox/panels/send", "/_emulator/inbox/bar"]
    for page in pages:
        shown = victim.ask("GET", page)
        assert shown.status == 200, page
        for one in private:
            assert one.encode() not in shown.body, (page, one)
