"""What the gate found is told once, without secrets, in forms that people, CI and shells can use."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
from blackkonnect_contract.caller import Caller
from blackkonnect_contract.document import document
from blackkonnect_contract.emulated import CLIENT_ID, CLIENT_SECRET, OTHER, opened
from blackkonnect_contract.exchange import RAW, Exchange, Request
from blackkonnect_contract.jobs import Gateway, Job, run_job, run_jobs
from blackkonnect_contract.record import Record
from blackkonnect_contract.reports.as_json import VERSION, gate_facts
from blackkonnect_contract.reports.grouped import grouped
from blackkonnect_contract.reports.junit import junit
from blackkonnect_contract.reports.page import page
from blackkonnect_contract.reports.terminal import Terminal
from blackkonnect_contract.target import Credentials, Target
from mutants.everything import MUTANTS
from mutants.faults import LATEST
from rich.console import Console

FAULT = "no-correlation-id"
BEGAN = "2026-03-01T09:00:00+00:00"


@pytest.fixture(scope="module")
def broken() -> Iterator[Target]:
    with opened(LATEST, MUTANTS[FAULT].wrap, over_http=True) as target:
        yield target


@pytest.fixture(scope="module")
def facts(broken: Target) -> dict[str, Any]:
    gateway = Gateway(
        base_url=broken.base_url,
        client_id=broken.client_id,
        client_secret=broken.client_secret,
        other=broken.other,
    )
    jobs = [Job(LATEST, layer, seed=3, quick=True) for layer in ("auth", "table")]
    found = run_jobs(gateway, jobs, workers=1)
    return gate_facts(found, seed=3, quick=True, target=broken.base_url, began=BEGAN)


@pytest.fixture
def kept(facts: dict[str, Any]) -> dict[str, Any]:
    """What a gateway without the fault would have been told of."""
    mended = deepcopy(facts)
    mended["passed"] = True
    for layer in mended["layers"]:
        layer["passed"], layer["breaches"] = True, []
    return mended


def parsed(xml: str) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 - made here


def in_terminal(facts: dict[str, Any]) -> str:
    written = StringIO()
    terminal = Terminal(Console(file=written, width=200), len(facts["layers"]))
    for layer in facts["layers"]:
        terminal.ended(layer)
    terminal.told(facts, "blackkonnect contract --seed 3")
    return written.getvalue()


def the_breach(facts: dict[str, Any]) -> dict[str, Any]:
    return next(
        one for one in grouped(facts) if one["pointer"].endswith("/SimpleSmsMessageResponse/required")
    )


def test_json_is_versioned_and_whole(facts: dict[str, Any]) -> None:
    told = json.loads(json.dumps(facts))
    assert told == facts
    assert (told["version"], told["seed"], told["passed"]) == (VERSION, 3, False)
    assert [layer["layer"] for layer in told["layers"]] == ["auth", "table"]
    breach = told["layers"][0]["breaches"][0]
    assert breach["provenance"] in {"documented", "inferred", "convention"}
    assert breach["isFinding"] == (breach["provenance"] == "inferred")
    assert document(LATEST).at(breach["pointer"])
    assert "correlationId" in breach["message"]


def test_a_rule_is_told_once_for_all_layers(facts: dict[str, Any]) -> None:
    breach = the_breach(facts)
    assert breach["where"] == [f"{LATEST} auth", f"{LATEST} table"]
    counts = [
        one["count"]
        for layer in facts["layers"]
        for one in layer["breaches"]
        if one["pointer"] == breach["pointer"]
    ]
    assert breach["count"] == sum(counts) > len(counts)
    assert in_terminal(facts).count(f"rule: #{breach['pointer']}\n") == 1
    assert page(facts).count(f"<code>#{breach['pointer']}</code></dd>") == 1


def test_a_terminal_tells_all_that_is_needed(facts: dict[str, Any]) -> None:
    told, breach = in_terminal(facts), the_breach(facts)
    for part in (breach["says"], breach["message"], breach["exchange"]["curl"], breach["provenance"]):
        assert part in told
    assert told.count("BROKEN") == 2
    assert "blackkonnect contract --seed 3" in told


def test_what_was_inferred_is_a_finding_about_the_document(facts: dict[str, Any]) -> None:
    guessed = deepcopy(facts)
    for layer in guessed["layers"]:
        for breach in layer["breaches"]:
            breach["provenance"], breach["isFinding"] = "inferred", True
    assert "finding about the document" in in_terminal(guessed)
    assert "finding about the document" not in in_terminal(facts)
    assert "Finding about the document" in page(guessed)
    assert {failure.get("type") for failure in parsed(junit(guessed)).iter("failure")} == {"finding"}


def test_a_terminal_is_not_flooded_and_obeys_no_gateway(facts: dict[str, Any]) -> None:
    many = deepcopy(facts)
    (first,) = many["layers"][0]["breaches"][:1]
    many["layers"][0]["breaches"] = [
        {**first, "rule": f"rule-{number}", "message": "\x1b[31mred\x07"} for number in range(60)
    ]
    told = in_terminal(many)
    assert "more rules are broken" in told
    assert "rule-59" not in told
    assert "\x1b" not in told
    assert "\x07" not in told


def test_the_curl_line_shows_the_breach_again(broken: Target, facts: dict[str, Any]) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": broken.client_id,
        "client_secret": broken.client_secret,
    }
    path = document(LATEST).operations["retrieveAccessToken"].path
    token = httpx.post(broken.base_url + path, data=form).json()["token"]
    ended = subprocess.run(  # noqa: S603 - the line is what is tested
        ["/bin/sh", "-c", the_breach(facts)["exchange"]["curl"]],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "BLACKKONNECT_TOKEN": token},
    )
    head, _, body = ended.stdout.replace("\r", "").partition("\n\n")
    assert head.startswith("HTTP/1.1 200")
    assert json.loads(body)["isSuccessful"] is True
    assert "correlationId" not in json.loads(body)


class _Heard(BaseHTTPRequestHandler):
    """Keeps what it was sent."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.heard = (self.command, self.path, self.headers, body)  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_PUT = do_POST  # noqa: N815 - the standard library's names

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def hearing() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Heard) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("method", "path", "headers", "body"),
    [
        ("GET", "/a?b=%7Bx%7D&c=[1-3]&d={a,b}", (), b""),
        ("GET", "/a/../b/./c;d", (), b""),
        ("HEAD", "/", (("X-Odd", 'it\'s $HOME `x` "y"'),), b""),
        ("POST", "/", (("Content-Type", "application/json"),), b'{"text": "it\'s $5 \\u00e9 \xc3\xa9"}'),
        ("POST", "/", (("Content-Type", "text/plain"),), b"@/etc/hostname"),
        ("POST", "/", (), b"no media type"),
        ("PUT", "/", (("X-Empty", ""),), b"\x00\xff\xfe\r\n"),
        ("POST", "/", (("Content-Type", "application/json"),), b"[" * 50_000),
    ],
)
def test_a_curl_line_sends_the_same_bytes(
    hearing: ThreadingHTTPServer, method: str, path: str, headers: tuple[tuple[str, str], ...], body: bytes
) -> None:
    url = f"http://127.0.0.1:{hearing.server_port}"
    line = Request(method, url + path, headers, body).curl()
    assert line.isprintable()
    subprocess.run(["/bin/sh", "-c", line], capture_output=True, timeout=60, check=True)  # noqa: S603 - as above
    heard_method, heard_path, heard_headers, heard_body = hearing.heard  # type: ignore[attr-defined]
    assert (heard_method, heard_path, heard_body) == (method, path, body)
    assert all(heard_headers[name] == value for name, value in headers)
    assert ("Content-Type" in heard_headers) == any(name == "Content-Type" for name, _ in headers)


def test_ids_can_be_others_each_time(hearing: ThreadingHTTPServer) -> None:
    used = "0cbe4ad5-2639-4adb-baaa-0fcbe55bb950"
    asked = Request("POST", f"http://127.0.0.1:{hearing.server_port}/{used}", (), used.encode())
    for line, variables, end in (
        (asked.curl(), {}, "b950"),
        (asked.curl(anew=True), {}, "0001"),
        (asked.curl(anew=True), {"AGAIN": "00fe"}, "00fe"),
    ):
        env = {**os.environ, **variables}
        subprocess.run(["/bin/sh", "-c", line], capture_output=True, timeout=60, check=True, env=env)  # noqa: S603
        _, path, _, body = hearing.heard  # type: ignore[attr-defined]
        assert path == f"/{used[:-4]}{end}"
        assert body == f"{used[:-4]}{end}".encode()


def test_what_curl_could_not_send_has_no_line() -> None:
    assert not Request(RAW, "http://127.0.0.1 (half a request)", (), b"").curl()


def test_secrets_stand_nowhere_and_a_shell_fills_them_in() -> None:
    seen: list[Exchange] = []
    with opened(LATEST) as target:
        record = Record("auth", document(LATEST), seen.append)
        mine, theirs = Caller(target, record), Caller(target, record, OTHER)
        tokens = [mine.token(), mine.new_token(), theirs.token()]
        for token in tokens:
            for name in ("Authorization", "X-Auth-Token", "Cookie"):
                headers = [(name, f"Bearer {token}")]
                mine.call(
                    "getBulkMessageStatus", path={"bulkCorrelationId": token}, headers=headers, token=None
                )
            query = [("access_token", token)]
            mine.call("sendMessage", json_body={"text": token}, query=query, token=None)
        mine.call("retrieveAccessToken", content=b"", headers=[("Authorization", _basic())], token=None)
        for caller in (mine, theirs):
            caller.close()
    told = "\n".join(f"{one!r} {one.request.curl()}" for one in seen)
    assert len(seen) == 3 + 4 * 3 + 1
    for secret in (*tokens, CLIENT_SECRET, "an+opaque+string", OTHER.client_secret, _basic().split()[1]):
        assert secret not in told
    names = set(re.findall(r'"(\$BLACKKONNECT_\w+)"', told))
    assert names == {
        f"$BLACKKONNECT_{name}"
        for name in ("TOKEN", "OTHER_TOKEN", "CLIENT_SECRET", "OTHER_CLIENT_SECRET", "BASIC")
    }


def _basic() -> str:
    return "Basic " + httpx.BasicAuth(CLIENT_ID, CLIENT_SECRET)._auth_header.split()[1]  # noqa: SLF001


def test_a_short_secret_is_hidden_where_it_is_one() -> None:
    with opened(LATEST) as target:
        record = Record("auth", document(LATEST))
        caller = Caller(target, record, Credentials("acme", "secret"))
        caller.call("retrieveAccessToken", form={"client_id": "acme", "client_secret": "secret"}, token=None)
        caller.close()
    assert caller.last is not None
    assert caller.last.request.body == b"client_id=acme&client_secret=$BLACKKONNECT_CLIENT_SECRET"


def test_no_secret_is_in_any_report(broken: Target, facts: dict[str, Any]) -> None:
    for told in (json.dumps(facts), junit(facts), page(facts), in_terminal(facts)):
        assert "eyJ" not in told
        assert broken.client_secret not in told


def test_junit_counts_what_it_holds(facts: dict[str, Any]) -> None:
    whole = parsed(junit(facts))
    assert whole.tag == "testsuites"
    assert [suite.get("name") for suite in whole] == [f"{LATEST} auth", f"{LATEST} table"]
    for suite, layer in zip(whole, facts["layers"], strict=True):
        cases = suite.findall("testcase")
        assert [child.tag for child in suite] == ["properties"] + ["testcase"] * len(cases)
        names = [case.get("name") for case in cases]
        assert len(set(names)) == len(names)
        assert set(layer["kept"]) <= {*names, *(breach["rule"] for breach in layer["breaches"])}
        assert all(case.get("classname") and float(case.get("time", "")) >= 0 for case in cases)
        assert int(suite.get("tests", "")) == len(cases) > 5
        assert int(suite.get("failures", "")) == len(layer["breaches"]) == len(suite.findall("*/failure"))
        assert int(suite.get("skipped", "")) == len(suite.findall("*/skipped"))
        assert int(suite.get("errors", "")) == 0
    for name in ("tests", "failures", "errors", "skipped"):
        assert int(whole.get(name, "")) == sum(int(suite.get(name, "")) for suite in whole)


def test_junit_is_xml_whatever_a_gateway_says(facts: dict[str, Any]) -> None:
    odd = deepcopy(facts)
    odd["layers"][0]["breaches"][0]["message"] = "\x00\x1b\ud800]]><b>&"
    told = [failure.get("message") for failure in parsed(junit(odd)).iter("failure")]
    assert told[0] == "\ufffd\ufffd\ufffd]]><b>&"


def test_the_page_needs_nothing_else(facts: dict[str, Any]) -> None:
    told = page(facts)
    assert not re.search(r"<(script|link|img|iframe)|\bsrc=|\bhref=|url\(", told)
    assert "default-src 'none'" in told


def test_the_page_shows_what_a_gateway_says_as_text(facts: dict[str, Any]) -> None:
    odd = deepcopy(facts)
    breach = odd["layers"][0]["breaches"][0]
    breach["message"] = breach["exchange"]["answer"]["body"] = "</pre><script>alert(1)</script>"
    told = page(odd)
    assert "<script" not in told
    assert told.count("&lt;script&gt;") == 2


def test_the_trend_tells_what_broke_and_what_was_mended(facts: dict[str, Any], kept: dict[str, Any]) -> None:
    pointer = f"<code>#{the_breach(facts)['pointer']}</code>"
    worse, better = page(facts, kept), page(kept, facts)
    assert "<h2>Trend</h2>" not in page(facts)
    assert f"Since {BEGAN}" in worse
    for told, title, other in (
        (worse, "Newly broken", "Kept again"),
        (better, "Kept again", "Newly broken"),
    ):
        _, _, trend = told.partition("<h2>Trend</h2>")
        assert pointer in trend.partition(f"<h3>{title}</h3>")[2].partition("</ul>")[0]
        assert f"<h3>{other}</h3>" not in trend
    assert "<h3>" not in page(facts, facts).partition("<h2>Trend</h2>")[2].partition("<h2>")[0]


def test_coverage_tells_what_was_exercised(facts: dict[str, Any]) -> None:
    table = facts["layers"][1]["coverage"]
    held = {one["operation"]: one for one in table["operations"]}
    assert set(held) == set(document(LATEST).operations)
    send = held["sendMessage"]
    assert send["statuses"]["200"] > 10
    assert send["statuses"]["400"] > 50
    # A short look breaks some of them, by its seed.
    assert sum(one["broken"] > 0 for one in send["keywords"].values()) > 5
    assert all(one["kept"] > 10 for one in send["keywords"].values())
    assert any(one["parameters"] for one in held.values())


def test_a_layer_that_could_not_end_is_told_and_does_not_pass(kept: dict[str, Any]) -> None:
    layer = run_job(Gateway(), Job(LATEST, "no_such_layer", seed=1, quick=True))
    assert layer["passed"] is False
    assert layer["failure"].startswith("ModuleNotFoundError in ")
    found = gate_facts([*kept["layers"], layer], seed=1, quick=True, target="emulator", began=BEGAN)
    assert found["passed"] is False
    assert "could not end" in in_terminal(found)
    assert "is not proven" in page(found)
    assert parsed(junit(found)).get("errors") == "1"
