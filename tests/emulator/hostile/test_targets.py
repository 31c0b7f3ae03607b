"""Paths and queries that lead astray."""

import pytest

from tests.emulator.conftest import Gateway
from tests.emulator.hostile.attacked import Attacked, check_fine, check_refused, signed
from tests.emulator.hostile.targets import BULK, trap, written

STATUS, BULK_STATUS = Gateway.STATUS, Gateway.BULK_STATUS
TRICKS = {
    "parent": "/_emulator/inbox/static/../../../../../etc/passwd",
    "encoded parent": "/_emulator/inbox/static/%2e%2e/%2e%2e/%2e%2e/pages.py",
    "encoded slash": "/_emulator/inbox/static/..%2F..%2Fpages.py",
    "encoded twice": "/_emulator/inbox/static/%252e%252e%252fpages.py",
    "backslash": "/_emulator/inbox/static/..\\..\\pages.py",
    "encoded backslash": "/_emulator/inbox/static/..%5C..%5Cpages.py",
    "overlong dot": "/_emulator/inbox/static/%c0%ae%c0%ae/pages.py",
    "NUL": "/_emulator/inbox/static/inbox.css%00.html",
    "absolute": "/_emulator/inbox/static//etc/passwd",
    "drive": "/_emulator/inbox/static/C:/Windows/win.ini",
    "templates": "/_emulator/inbox/templates/page.html",
    "home": "/~root/",
    "two slashes": f"//{Gateway.SINGLE}",
    "dot": f"/.{Gateway.SINGLE}",
    "behind the control API": f"/_emulator/..{Gateway.SINGLE}x",
    "control API, encoded": "/%5Femulator/",
    "control API, upper case": "/_EMULATOR/",
    "control API, doubled": "//_emulator/",
    "control API, near": "/_emulatorx",
    "no such tenant": "/_emulator/tenants/../faults",
    "tenant of NUL": "/_emulator/tenants/%00",
    "tenant of bytes": "/_emulator/tenants/%ff%fe",
    "tenant of surrogates": "/_emulator/tenants/%ed%a0%80",
    "number of a fault": "/_emulator/faults/99999999999999999999",
    "negative number": "/_emulator/messages/-1",
    "other digits": "/_emulator/messages/%D9%A3",
    "number beyond": "/_emulator/messages/9223372036854775808",
    "digits": "/_emulator/messages/" + "1" * 5000,
    "long": "/" + "a" * 60_000,
    "many slashes": "/" * 60_000,
    "many dots": "/.." * 20_000,
    "many escapes": "/%2e" * 15_000,
    "semicolon": "/;jsessionid=1",
    "PHP": "/index.php?-d+allow_url_include%3d1",
    "log": "/${jndi:ldap://127.0.0.1:9/a}",
}
IDS = {
    "NUL": "%00",
    "dots": "..",
    "encoded dots": "%2e%2e",
    "slash": "a%2Fb",
    "bytes": "%ff",
    "overlong": "%c0%af",
    "surrogate": "%ed%a0%80",
    "cut escape": "%",
    "no escape": "%zz",
    "percent": "%25",
    "wildcard": "%25%25",
    "SQL": "'%20OR%201=1--",
    "long": "a" * 60_000,
    "nearly": "a" * 99 + "!!",
    "line": "a%0A",
    "space": "%20",
    "plus": "+",
    "brackets": "[0]",
    "script": "%3Cscript%3E",
    "raw bytes": "\xe9\xff",
}
NUMBERS = (
    *("-1", "0", "1", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808"),
    *(
        "18446744073709551615",
        "1" * 10_000,
        "1e3",
        "1.0",
        "+1",
        "%2B1",
        "0x1",
        "01",
        "",
        "%00",
        "nan",
        "%D9%A3",
    ),
    *("1,1", "1%201", " ", "%ff", "null", "2000", "2001"),
)


@pytest.mark.parametrize("name", TRICKS)
def test_paths_that_are_nowhere(victim: Attacked, name: str) -> None:
    check_missing(victim, TRICKS[name])


def check_missing(victim: Attacked, path: str) -> None:
    answer = victim.ask("GET", path, headers=signed(victim.token()))
    assert answer.status in {400, 404, 405}, answer
    assert b"root:" not in answer.body
    assert b"import" not in answer.body
    assert len(answer.body) < 1000


@pytest.mark.parametrize(
    ("target", "codes"),
    [
        ("http://evil.example/", {200, 400, 421}),
        ("http://evil.example" + Gateway.SINGLE, {400, 405, 421}),
        ("https://evil.example:443/_emulator/", {200, 400, 421}),
        ("evil.example:443", {400, 404}),
        ("*", {400, 404}),
        ("", {400}),
        ("?a=b", {400, 404}),
        ("#fragment", {400, 404}),
        ("/nowhere#fragment", {400, 404}),
        ("http:///", {400, 404}),
        ("http://[::1", {400}),
        ("http://user:secret@evil.example/nowhere", {400, 404, 421}),
        ("file:///etc/passwd", {400, 404}),
        ("\\\\evil.example\\share", {400, 404}),
        ("javascript:alert(1)", {400, 404}),
        ("/a b", {400}),
        ("/a\tb", {400}),
    ],
)
def test_targets_that_are_no_paths(victim: Attacked, target: str, codes: set[int]) -> None:
    found = victim.talk(victim.head("GET", target))
    assert found is not None
    assert found.status in codes, found
    check_fine(found)
    assert b"evil" not in found.body


@pytest.mark.parametrize("name", IDS)
def test_ids(victim: Attacked, name: str) -> None:
    token = victim.token()
    for path in (STATUS, BULK_STATUS):
        found = victim.talk(victim.head("GET", path.format(IDS[name]), signed(token)))
        assert found is not None
        check_refused(found, 400, 404, 431)
    for parameter in ("messageId", "deliveryStatus", "destination", "receiptId", "deliveryTimestamp"):
        query = f"{Gateway.RECEIPT}?{parameter}={IDS[name]}"
        with trap(parameter):
            found = victim.talk(victim.head("GET", query, signed(token)))
            assert found is not None
            check_refused(found, 400, 404)


def test_pages_and_sizes(victim: Attacked) -> None:
    token = victim.token()
    body = written(BULK)
    bulk = victim.ask("POST", Gateway.BULK, body, [*signed(token), "Content-Type: application/json"]).json()
    path = BULK_STATUS.format(bulk["bulkId"])
    queries = [f"{name}={number}" for name in ("page", "size") for number in NUMBERS]
    queries += [f"page={page}&size={size}" for page in NUMBERS[:8] for size in ("1", "2000", "2147483647")]
    queries += [
        f"sort={sort}" for sort in ("x", "messageId,up", ",", "messageId;DROP", "messageId,asc,desc", "")
    ]
    queries += ["&".join(["sort=messageId"] * count) for count in (1, 4, 5, 1000, 4000)]
    queries += ["page=0&page=0", "size=1&size=2", "page[]=0", "%70age=-1", "sort=" + "messageId" * 1000]
    for query in queries:
        with trap(query[:100]):
            answer = victim.ask("GET", f"{path}?{query}", headers=signed(token))
            check_fine(answer)
            assert answer.status in {200, 400}


LISTS = (
    "messages",
    "requests",
    "receipts",
    "messages/wait",
    "clock",
    "faults",
    "tenants",
    "events",
    "health",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_queries_of_the_control_api(victim: Attacked, name: str) -> None:
    for parameter in ("limit", "cursor", "timeout", "status", "tenant", "text", "number", "messageId"):
        for value in (*NUMBERS, *IDS.values(), "%25" * 300, "_" * 900, "[" * 900, "*" * 900, "\\" * 900):
            # It would wait for what never comes.
            query = f"{parameter}={value}" + ("&timeout=0" if parameter != "timeout" else "&messageId=m")
            if parameter == "timeout" and value in {"1", "2", "01", "%2B1", "+1", "1.0"}:
                continue
            with trap(parameter, value[:50]):
                found = victim.talk(victim.head("GET", f"/_emulator/{name}?{query}"))
                assert found is not None
                check_fine(found)


@pytest.mark.parametrize("path", ["/", "/_emulator/inbox/phones", "/_emulator/inbox/messages"])
def test_queries_of_the_inbox(victim: Attacked, path: str) -> None:
    for parameter in ("q", "status", "sender", "tenant", "to", "of", "whole", "message", "before", "until"):
        for value in (*NUMBERS, *IDS.values(), "%25" * 300, "_" * 900, "[" * 900, "*" * 900, "\\" * 900):
            with trap(parameter, value[:50]):
                found = victim.talk(victim.head("GET", f"{path}?{parameter}={value}"))
                assert found is not None
                check_fine(found)


def test_floods_of_parameters(victim: Attacked) -> None:
    token = victim.token()
    floods = {
        "a million": "&".join(["a"] * 1_000_000),
        "1 MB": "a=" + "b" * 1_000_000,
        "as many as fit": "&".join(["a"] * 30_000),
        "ampersands": "&" * 60_000,
        "different": "&".join(f"a{number}" for number in range(9000)),
        "known": "&".join(["page=0"] * 8000),
        "semicolons": ";" * 60_000,
        "escapes": "%41" * 20_000,
    }
    paths = (STATUS.format("m"), BULK_STATUS.format("m"), Gateway.RECEIPT, Gateway.TOKEN)
    for name, query in floods.items():
        for path in (
            *paths,
            "/",
            "/_emulator/",
            "/_emulator/messages",
            "/_emulator/inbox/phones",
            "/nowhere",
        ):
            with trap(name, path):
                found = victim.talk(victim.head("GET", f"{path}?{query}", signed(token)))
                assert found is not None
                check_fine(found)
                if len(query) > 65_536:
                    check_refused(found, 431)


def test_headers_with_ids(victim: Attacked) -> None:
    token = victim.token()
    for name in ("X-ServiceAccount-ID", "X-Organisation-ID"):
        for value in ("", " ", "a" * 60_000, "\xff", "é", "<script>", "%00", "a,b", "a" * 65, "\x01"):
            with trap(name, value[:50]):
                found = victim.talk(
                    victim.head("GET", STATUS.format("m"), [*signed(token), f"{name}: {value}"])
                )
                assert found is not None
                check_refused(found, 400, 404)
        twice = victim.ask("GET", STATUS.format("m"), headers=[*signed(token), f"{name}: a", f"{name}: b"])
        # One of the editions knows no such header, and ignores it.
        check_refused(twice, 404 if victim.edition == "2025-05-16" else 400)
