"""What hostile or odd input does to a gateway: a refusal within its time, and no harm to what comes next."""

from __future__ import annotations

import gzip
import itertools
import json
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from blackkonnect_contract.breach import Rule
from blackkonnect_contract.exchange import Exchange, Request
from blackkonnect_contract.hostile_bytes import (
    FRAMINGS,
    IDS,
    NO_JSON,
    STRANGERS,
    VALUES,
    bodies,
    with_raw,
)
from blackkonnect_contract.raw_http import RawGateway
from blackkonnect_contract.sample_requests import sample, sends

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from blackkonnect_contract.document import Operation
    from blackkonnect_contract.exchange import Answer
    from blackkonnect_contract.raw_http import Told
    from blackkonnect_contract.run import Run

__all__ = ["check"]

_SECONDS: Final = 8.0
_TOKEN: Final = "retrieveAccessToken"  # noqa: S105 - an operation
_STATUS: Final = "getMessageStatus"
_OK, _BAD, _UNAUTHORIZED, _MISSING, _TOO_LARGE, _OTHER_TYPE = 200, 400, 401, 404, 413, 415
_FAILURE = 500
_NO_SUCH = {501, 505}
_SLOW_ENOUGH: Final = 2
_MIB: Final = 1024 * 1024

_REFUSED = Rule("hostile-is-refused", "What the document forbids is refused with a described status.")
_NO_FAILURE = Rule("no-server-error", "No request makes the gateway fail.")
_IN_TIME = Rule("answers-in-time", "A request is answered within seconds.")
_NOT_STORED = Rule("refused-does-nothing", "A request that was refused sent nothing.")
_GOES_ON = Rule("goes-on-after-hostile", "After hostile input an ordinary send is answered rightly.")
_NO_HTTP = Rule("no-http-is-refused", "What is no HTTP gets a 4xx or a closed connection (RFC 9112).")
_HTTP = Rule("http-is-read", "A right request in a form that HTTP allows is answered (RFC 9110, RFC 9112).")
_NO_INJECTION = Rule("no-header-injection", "What a request holds makes no header of the answer.")


def check(run: Run, *, seconds: float = _SECONDS) -> None:
    """Send hostile input of every kind.

    Args:
        run: The gateway, and where findings go.
        seconds: Within how many seconds each must be answered.
    """
    layer = _Layer(run, seconds)
    groups = [layer.json_bodies, layer.values, layer.forms, layer.ids, layer.queries, layer.headers]
    groups += [layer.big_bodies, layer.methods]
    if run.target.transport is None:
        groups += [layer.strangers, layer.framings, layer.right_forms, layer.targets, layer.floods]
    else:
        run.record.skip("bytes that are no HTTP", "the gateway is asked in this process, without a socket")
    for group in groups:
        if run.time_is_up() or layer.slow > _SLOW_ENOUGH:
            return
        group()
        layer.after(group.__name__)


class _Layer:
    """Hostile input to a gateway.

    Args:
        run: The gateway.
        seconds: Within how many seconds each must be answered.

    Attributes:
        slow: How often no answer came in time.
    """

    def __init__(self, run: Run, seconds: float) -> None:
        self.run = run
        self.record = run.record
        self.seconds = seconds
        self.slow = 0
        self._caller = run.caller()
        self._raw = RawGateway(run.target.base_url)
        self._refused: list[str] = []
        self._operations = run.document.operations
        self._senders = [one for one in self._operations.values() if sends(one)]

    def json_bodies(self) -> None:
        """Bodies of sends that are no JSON, or no object."""
        for operation in self._senders:
            right, message_id = self._right(operation)
            for _, content in bodies(right):
                self._send(operation, content, {_BAD, _TOO_LARGE}, message_id)
            # The example with the most fields has numbers too, in whose place a NaN is nearest to be taken.
            full, message_id = self._right(operation, least=False)
            whole = json.loads(full)
            for raw in NO_JSON.values():
                for _, content in with_raw(whole, raw):
                    self._send(operation, content, {_BAD, _TOO_LARGE}, message_id)
                # Neither a name that the document has not nor one that may be missing excuses it.
                for name in (b"more", b"priority"):
                    content = right[:-1] + b',"' + name + b'":' + raw + b"}"
                    self._send(operation, content, {_BAD, _TOO_LARGE}, message_id)

    def values(self) -> None:
        """Values that are hard to hold, in the place of each value of a body."""
        for operation in self._senders:
            for raw in VALUES.values():
                right, message_id = self._right(operation, least=False)
                for _, made in itertools.islice(
                    with_raw(json.loads(right), raw), 3 if self.run.quick else None
                ):
                    # Those that the document allows are taken: each needs an id of its own.
                    new = str(uuid4())
                    content = made.replace(message_id.encode(), new.encode())
                    forbidden = self._is_forbidden(operation, content)
                    self._send(operation, content, {_BAD, _TOO_LARGE} if forbidden else (), new)

    def forms(self) -> None:
        """Forms for a token that are malformed or too large."""
        client, secret = self._caller.credentials.client_id, self._caller.credentials.client_secret
        refused = {_BAD, _UNAUTHORIZED, _TOO_LARGE}
        for odd in (
            "\ud800",
            "\0",
            "a" * 256,
            "a" * 2000,
            "a" * 100_000,
            "\r\nA: b",
            "😀" * 100,
            "%",
            "\x7f",
        ):
            for form in (
                {"client_id": odd, "client_secret": secret},
                {"client_id": client, "client_secret": odd},
            ):
                content = b"grant_type=client_credentials"
                for name, value in form.items():
                    coded = "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "surrogatepass"))
                    content += f"&{name}={coded}".encode()
                self._form(content, refused)
        for content in (
            *(b"", b"&", b"=", b"%", b"a=%zz", b"\xff\xfe", b"\x00", b"{}", b"grant_type", b"&" * 10_000),
            b"grant_type=client_credentials&client_id=%ff&client_secret=%ff",
            b"grant_type=client_credentials;client_id=a;client_secret=b",
            b"a=" * 50_000,
            b"&".join(b"a%d=b" % number for number in range(5000)),
        ):
            self._form(content, refused)

    def ids(self) -> None:
        """Odd ids in paths."""
        for operation in self._operations.values():
            for name in operation.path_names:
                for value in IDS.values():
                    answer = self._call(operation, path={name: value}, expect={_BAD, _MISSING})
                    self._uninjected(answer)

    def queries(self) -> None:
        """Odd values in queries."""
        values = ["", " ", "-1", "1e3", "1.0", "0x1", "nan", "null", "\0", "٣", "1,1", "9" * 20, "9" * 1000]
        values += ["-" + "9" * 30, "😀", "a\r\nSet-Cookie: a=b", "'", "%", "a" * 3000, "../..", "[]"]
        for operation in self._operations.values():
            names = [name for place, name in operation.parameters if place == "query"]
            path = dict.fromkeys(operation.path_names, "nothing")
            for name in names:
                for value in values:
                    self._uninjected(self._call(operation, path=path, query=[(name, value)]))
                for twice in (("0", "1"), ("1", "1"), ("", ""), ("a", "1")):
                    self._call(operation, path=path, query=[(name, value) for value in twice])
            if operation.body is None:
                flood = [(f"a{number}", "b") for number in range(1000)]
                self._call(operation, path=path, query=flood)
                self._call(operation, path=path, query=[("a", "b" * 10_000)])

    def headers(self) -> None:
        """Odd headers beside an ordinary request."""
        odd = [
            ("X-Long", "a" * 6000),
            ("X-Bytes", "\xe9\xff"),
            ("Accept", "*/*;q=x"),
            ("Cookie", "; ".join(["a=b"] * 500)),
        ]
        odd += [("Accept", "application/xml"), ("Accept-Language", "*" * 1000), ("Range", "bytes=0-0,-1")]
        odd += [("If-None-Match", "*"), ("If-Match", '"x"'), ("Accept-Encoding", "x;q=9"), ("Origin", "null")]
        odd += [("X-HTTP-Method-Override", "DELETE"), ("X-Forwarded-Host", "evil.example"), ("TE", "x")]
        odd += [("Content-Language", "x" * 500), ("Forwarded", "for=;by=" * 100), ("Referer", "\x80" * 100)]
        for operation in self._operations.values():
            if not operation.takes_token:
                continue
            own = [name for place, name in operation.parameters if place == "header"]
            values = ("", "a" * 65, "a" * 3000, "\xff", "<script>", "a,b", "%00", "'")
            for header in (*odd, *((name, value) for name in own for value in values)):
                asked = sample(self.run.document, operation, message_id=str(uuid4()), bulk_id=str(uuid4()))
                self._call(
                    operation, path=asked.path, query=asked.query, json_body=asked.body, headers=[header]
                )

    def methods(self) -> None:
        """Methods that a path has not."""
        for operation in self._operations.values():
            path = dict.fromkeys(operation.path_names, "nothing")
            known = self.run.document.methods(operation.path)
            for method in ("GET", "POST", "PUT", "DELETE", "PATCH"):
                if method not in known:
                    self._call(operation, path=path, method=method, expect={405})

    def big_bodies(self) -> None:
        """Bodies of megabytes, plain and packed."""
        sizes = (5 * _MIB,) if self.run.quick else (5 * _MIB, 12 * _MIB)
        for operation in self._senders:
            right, message_id = self._right(operation)
            self._refused.append(message_id)
            text = json.loads(right)
            (text["messages"][0] if "messages" in text else text)["text"] = "a" * sizes[0]
            for content in (json.dumps(text).encode(), *(b"[" + b" " * size + b"1]" for size in sizes)):
                self._large(operation, content, {_BAD, _TOO_LARGE})
            packed = gzip.compress(right[:-1] + b" " * (10 * _MIB) + b"}", 9)
            for coding, body in (("gzip", packed), ("gzip", right), ("br", right), ("x", right)):
                headers = [("Content-Encoding", coding)]
                self._call(
                    operation,
                    content=body,
                    headers=headers,
                    # A gateway may read what is packed, though no page says so: then it is a right send.
                    expect=() if body is packed else {_BAD, _OTHER_TYPE, _OK, 409},
                )
            self._refused.pop()
        token = self._operations[_TOKEN]
        self._large(token, b"grant_type=" + b"a" * sizes[0], {_BAD, _UNAUTHORIZED, _TOO_LARGE}, signed=False)
        if not self.run.quick and self.run.target.transport is None:
            self._streamed()

    def strangers(self) -> None:
        """What is no request of HTTP/1.1."""
        for name, content in STRANGERS.items():
            self._tell(name, [content], method="GET", ends=True, whole=False)
        for method in ("TRACE", "PROPFIND", "PURGE", "X-UNKNOWN", "post", "M-SEARCH"):
            content = self._raw.head(method, self._senders[0].path, [("Connection", "close")])
            self._tell(f"method {method}", [content], method=method)

    def framings(self) -> None:
        """Bodies whose length is told wrongly, and what would be another request behind them."""
        for operation in self._senders:
            head = self._signed(operation)
            for name, content in FRAMINGS.items():
                self._tell(name, [head + content], operation=operation, ends=True, whole=False)
        operation = self._senders[0]
        right, message_id = self._right(operation)
        inner = self._signed(operation) + b"Content-Length: %d\r\n\r\n" % len(right) + right
        chunked = b"0\r\n\r\n" + inner
        for name, framing in (
            ("smuggled behind chunks", b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n"),
            (
                "smuggled behind chunks, told first",
                b"Transfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n",
            ),
            ("smuggled behind an odd coding", b"Content-Length: %d\r\nTransfer-Encoding: xchunked\r\n\r\n"),
            ("smuggled behind a length", b"Content-Length: %d\r\nContent-Length: 5\r\n\r\n"),
        ):
            content = self._signed(operation) + framing % len(chunked) + chunked
            self._tell(name, [content], operation=operation, count=2, ends=True, whole=False)
        self._refused.append(message_id)

    def right_forms(self) -> None:
        """Right requests in odd forms that HTTP allows: they are read."""
        operation = self._senders[0]
        for name, make in (
            ("chunks of one byte", _chunks),
            ("dripped", None),
            ("Expect: 100-continue", None),
            ("HTTP/1.0", None),
        ):
            right, _ = self._right(operation)
            length = b"Content-Length: %d\r\n\r\n" % len(right)
            head, pause = self._signed(operation), 0.0
            parts: Iterable[bytes] = [head + length + right]
            if make is not None:
                parts = [head + b"Transfer-Encoding: chunked\r\n\r\n" + make(right)]
            elif name == "dripped":
                parts, pause = _pieces(head + length + right, 12), 0.02
            elif name.startswith("Expect"):
                parts = [head + b"Expect: 100-continue\r\n" + length + right]
            elif name == "HTTP/1.0":
                parts = [head.replace(b" HTTP/1.1\r\n", b" HTTP/1.0\r\n", 1) + length + right]
            told = self._raw.tell(parts, seconds=self.seconds, pause=pause)
            self._judge(name, operation, told, {_OK}, _HTTP, whole=True)
        both = b""
        for _ in range(2):
            right, _ = self._right(operation)
            both += self._signed(operation) + b"Content-Length: %d\r\n\r\n" % len(right) + right
        told = self._raw.tell([both], seconds=self.seconds, count=2)
        # A server may close behind the first answer (RFC 9112, 9.3.2).
        self._judge("two requests at once", operation, told, {_OK}, _HTTP, whole=not told.answers)

    def targets(self) -> None:
        """Targets that are no path of the document."""
        path = self._senders[0].path
        for target in (
            *("", "*", "?a=b", "#a", "//", "/..", "/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd", "/%00"),
            *(f"{path}/", f"/{path}", f"/.{path}", f"{path}%2F", f"{path};a=b", f"{path}%00", f"{path}/.."),
            *(
                "/%",
                "/%zz",
                "/%ff",
                "/\xff",
                "/a b",
                "/a\tb",
                "\\\\evil.example\\a",
                "/" * 5000,
                "/.." * 2000,
            ),
            *("http://evil.example/nothing", "evil.example:443", "file:///etc/passwd", "http://[::1"),
            *(
                f"/{'a' * 60_000}",
                "/%F0%9F%98%80",
                path.upper(),
                path.replace("/", "//"),
                f"{path}?%ff=%zz#a",
            ),
        ):
            for method in ("GET", "POST"):
                content = self._raw.head(method, target, [("Connection", "close"), ("Content-Length", "0")])
                # Behind a fragment or a query the path is the document's, and an empty body is refused there.
                self._tell(f"target {target[:40]!r}", [content], method=method)

    def floods(self) -> None:
        """Floods of headers and parameters."""
        path = self._operations[_STATUS].filled(
            **dict.fromkeys(self._operations[_STATUS].path_names, "nothing")
        )
        headers: list[list[tuple[str, str]]] = [
            [(f"X-{number}", "x") for number in range(5000)],
            [("X-Long", "a" * 200_000)],
            [("a" * 100_000, "x")],
            [("Cookie", "a=b")] * 500,
            [("Authorization", "Bearer " + "a" * 100_000)],
            [("Authorization", "Bearer a\0b")],
            [("Authorization", "Bearer a\r\n b")],
        ]
        for held in headers:
            content = self._raw.head("GET", path, [*held, ("Connection", "close")])
            self._tell(f"a flood of {held[0][0][:20]}", [content], method="GET", expect={_OK})
        for query in ("&" * 60_000, "a=" + "b" * 200_000, "a&" * 100_000, "%41" * 20_000, ";" * 30_000):
            content = self._raw.head("GET", f"{path}?{query}", [("Connection", "close")])
            self._tell(f"a query of {query[:3]!r} {len(query)} long", [content], method="GET")

    def after(self, group: str) -> None:
        """Send ordinarily, and look for what was refused."""
        for operation in self._senders:
            asked = sample(
                self.run.document, operation, message_id=(new := str(uuid4())), bulk_id=str(uuid4())
            )
            self._call(operation, json_body=asked.body, expect={_OK}, rule=_GOES_ON)
            self._status(new, _OK, _GOES_ON, f"a send after {group.replace('_', ' ')} is not found")
        for message_id in self._refused:
            self._status(message_id, _MISSING, _NOT_STORED, "a send that was refused is known")
        self._refused.clear()

    def _status(self, message_id: str, expected: int, rule: Rule, told: str) -> None:
        path = dict.fromkeys(self._operations[_STATUS].path_names, message_id)
        answer = self._call(self._operations[_STATUS], path=path)
        self.record.check(
            answer is None or answer.status == expected,
            rule,
            f"{told}: {answer.status if answer else ''}",
            exchange=self._caller.last,
        )

    def _right(self, operation: Operation, *, least: bool = True) -> tuple[bytes, str]:
        message_id = str(uuid4())
        asked = sample(self.run.document, operation, message_id=message_id, bulk_id=str(uuid4()), least=least)
        return json.dumps(asked.body).encode(), message_id

    def _is_forbidden(self, operation: Operation, content: bytes) -> bool:
        """Tell whether the document forbids a body; what Python can't hold it does, but for a number."""
        try:
            return bool(self.run.document.errors(operation.body or "", json.loads(content), most=1))
        except (ValueError, RecursionError, OverflowError, TypeError):
            return True

    def _send(self, operation: Operation, content: bytes, expect: Collection[int], message_id: str) -> None:
        answer = self._call(operation, content=content, expect=expect)
        if answer is not None:
            self._uninjected(answer)
            if answer.status >= _BAD and message_id not in self._refused[-1:]:
                self._refused.append(message_id)

    def _form(self, content: bytes, expect: Collection[int]) -> None:
        self._call(self._operations[_TOKEN], content=content, signed=False, expect=expect)

    def _call(
        self,
        operation: Operation,
        *,
        expect: Collection[int] = (),
        rule: Rule = _REFUSED,
        signed: bool = True,
        **parts: Any,  # noqa: ANN401 - what the caller takes
    ) -> Answer | None:
        if self.slow > _SLOW_ENOUGH:
            return None
        if not signed:
            parts["token"] = None
        answer = self._caller.call(operation.name, expect=expect, rule=rule, seconds=self.seconds, **parts)
        last = self._caller.last
        if answer is None and last is not None and last.error.startswith("no answer in time"):
            self.slow += 1
        return answer

    def _uninjected(self, answer: Answer | None) -> None:
        if answer is not None:
            self.record.check(
                answer.header("set-cookie") is None,
                _NO_INJECTION,
                "the answer has a header that stood in the request",
                exchange=self._caller.last,
            )

    def _large(
        self, operation: Operation, content: bytes, expect: Collection[int], *, signed: bool = True
    ) -> None:
        if self.run.target.transport is not None:
            self._call(operation, content=content, expect=expect, signed=signed)
            return
        # A server may answer and close before it read all, which an HTTP client takes for a failure.
        head = self._signed(operation, signed=signed) + b"Content-Length: %d\r\n\r\n" % len(content)
        parts = itertools.chain([head], _pieces(content, 262_144))
        self._tell(f"{len(content)} bytes", parts, operation=operation)

    def _streamed(self) -> None:
        """Begin a hundred megabytes, and stop as soon as something comes back."""
        for operation in self._senders:
            head = self._signed(operation)
            piece = b" " * 262_144
            lengths = itertools.chain(
                [head + b"Content-Length: 104857600\r\n\r\n"], itertools.repeat(piece, 400)
            )
            chunk = b"%x\r\n%b\r\n" % (len(piece), piece)
            chunks = itertools.chain(
                [head + b"Transfer-Encoding: chunked\r\n\r\n"], itertools.repeat(chunk, 400), [b"0\r\n\r\n"]
            )
            # What reads it all, and need not, may take its time.
            self._tell("100 MB", lengths, operation=operation, longer=5)
            self._tell("100 MB in chunks", chunks, operation=operation, longer=5)

    def _signed(self, operation: Operation, *, signed: bool = True) -> bytes:
        """Write the head of a right send, but for what tells its length."""
        headers = [("Content-Type", operation.media_type or "")]
        if signed:
            headers.append(("Authorization", f"Bearer {self._caller.token()}"))
        return self._raw.head(operation.method, operation.path, headers).removesuffix(b"\r\n")

    def _tell(  # noqa: PLR0913 - each is a part of what is sent
        self,
        name: str,
        parts: Iterable[bytes],
        *,
        operation: Operation | None = None,
        method: str = "POST",
        count: int = 1,
        ends: bool = False,
        whole: bool = True,
        expect: Collection[int] = (),
        longer: float = 1.0,
    ) -> None:
        if self.slow > _SLOW_ENOUGH:
            return
        seconds = self.seconds * longer
        told = self._raw.tell(parts, seconds=seconds, method=method, count=count, ends=ends)
        self._judge(name, operation, told, expect, _NO_HTTP, whole=whole)

    def _judge(  # noqa: PLR0913 - as above
        self,
        name: str,
        operation: Operation | None,
        told: Told,
        expect: Collection[int],
        rule: Rule,
        *,
        whole: bool,
    ) -> None:
        asked = Request("RAW", f"{self.run.target.base_url} ({name})", (), b"")
        called = operation.name if operation is not None else None
        shown = Exchange(
            called, asked, told.answers[0] if told.answers else None, "" if told.answers else "closed"
        )
        self.record.note(shown)
        if told.late and whole and not told.answers:
            self.slow += 1
            self.record.broken(_IN_TIME, f"{name}: no answer in time", exchange=shown)
        for answer in told.answers:
            if answer.status >= _FAILURE and answer.status not in _NO_SUCH:
                self.record.broken(_NO_FAILURE, f"{name}: answered {answer.status}", exchange=shown)
                continue
            right = answer.status in expect if expect else answer.status >= _BAD
            if rule is _NO_HTTP:
                right = right or answer.status >= _BAD
            self.record.check(right, rule, f"{name}: answered {answer.status}", exchange=shown)
        if rule is _HTTP and not told.answers and not told.late:
            self.record.broken(rule, f"{name}: the connection was closed", exchange=shown)


def _chunks(content: bytes) -> bytes:
    return b"".join(b"1\r\n%c\r\n" % byte for byte in content) + b"0\r\n\r\n"


def _pieces(content: bytes, size: int) -> Iterable[bytes]:
    size = max(size, len(content) // 400)
    return [content[start : start + size] for start in range(0, len(content), size)]
