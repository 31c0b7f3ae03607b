"""Who may ask for what: every operation with every kind of credential, and who gets a token."""

from __future__ import annotations

import base64
import datetime as dt
import random
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

from blackkonnect_contract.breach import Rule
from blackkonnect_contract.caller import OWN
from blackkonnect_contract.forged_tokens import claims, forged, malformed
from blackkonnect_contract.sample_requests import further_parts, sample, sends

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from blackkonnect_contract.caller import Caller
    from blackkonnect_contract.document import Operation
    from blackkonnect_contract.exchange import Answer
    from blackkonnect_contract.run import Run
    from blackkonnect_contract.target import Credentials

__all__ = ["check"]

_TOKEN: Final = "retrieveAccessToken"  # noqa: S105 - an operation
_STATUS: Final = "getMessageStatus"
_OK, _BAD, _UNAUTHORIZED, _MISSING = 200, 400, 401, 404
_UNREADABLE = {_BAD, 413, 415}
_SCHEME = "/components/securitySchemes/bearerAuth"
_LIFETIME = "/components/schemas/TokenResponse"
_CREDENTIALS = "/components/schemas/TokenRequest"
_LONGEST = 255
_REPEATED = 60
_REPEATED_QUICK = 30
_REPEATED_WHOLE = 120

_REFUSED = Rule("bad-token-is-refused", "A token that is not valid gets 401, for every operation.", _SCHEME)
_NEEDED = Rule("token-is-needed", "Without a token an operation that needs one answers 401.", _SCHEME)
_NOT_NEEDED = Rule(
    "token-is-not-needed", "Where the document asks for no token, a request without one is answered.", _SCHEME
)
_TAKEN = Rule("right-token-is-taken", "A valid token is taken by every operation.", _SCHEME)
_NEVER_OK = Rule("bad-token-and-body", "A token that is not valid never gets 200.", _SCHEME)
_NOTHING_DONE = Rule("refused-does-nothing", "What was answered with 401 sent nothing to anybody.", _SCHEME)
_EXPIRES = Rule("token-expires", "A token is valid until its exp, and no longer (RFC 7519).", _LIFETIME)
_REVOKED = Rule("revoked-client", "The token of a client that is no more is not valid.", _SCHEME)
_APART = Rule("clients-are-apart", "A client sees nothing of another's.", "/components/responses/NotFound")
_RIGHT_SECRET = Rule("token-for-credentials", "Right credentials get a token.", _LIFETIME)
_WRONG_SECRET = Rule("no-token-for-wrong-credentials", "Wrong credentials get no token.", _CREDENTIALS)


class _Meant(Enum):
    """What a credential is."""

    VALID = "valid"
    INVALID = "invalid"
    ABSENT = "absent"
    # A token is there in a form that a gateway may refuse to look at.
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class _Credential:
    name: str
    meant: _Meant
    headers: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = ()


def check(run: Run) -> None:
    """Ask for every operation with every kind of credential, and for tokens with every kind of secret.

    Args:
        run: The gateway, and where findings go.
    """
    matrix = _Matrix(run)
    matrix.check()
    for further in (_lifetimes, _revocations, _token_requests):
        if run.time_is_up():
            return
        further(run, matrix)


class _Matrix:
    """Operations and credentials.

    Args:
        run: The gateway.

    Attributes:
        random: All chance.
        operations: The operations that look at a token.
    """

    def __init__(self, run: Run) -> None:
        self.random = random.Random(run.seed)  # noqa: S311 - no secrets
        self.run = run
        self.operations = [one for one in run.document.operations.values() if one.takes_token]

    def new_id(self) -> str:
        """Return an id that nobody used before."""
        return f"auth-{_fresh(self.random)}"

    def check(self) -> None:
        """Fill every cell."""
        first, other = self.run.caller(), self.run.others()
        token = first.token()
        theirs = None if other is None else other.token()
        sent = self.send(first)
        credentials = list(_credentials(first, token, theirs))
        self.random.shuffle(credentials)
        for operation in self.operations:
            refused = [
                self._cell(first, operation, one, sent) for one in credentials if not self.run.time_is_up()
            ]
            refused += self._often(first, operation, sent)
            self._nothing_done(operation, [first, *([] if other is None else [other])], refused)
        if other is None:
            self.run.record.skip("a second client", "the gateway has none that the gate knows")
            return
        self._apart(first, other, sent)
        few = list(_credentials(other, other.token(), token))[:: 9 if self.run.quick else 3]
        mine = self.send(other)
        for operation in self.operations:
            for one in few:
                self._cell(other, operation, one, mine)

    def send(self, caller: Caller) -> tuple[str, str]:
        """Send a bulk of one message with a right token; return the message's id and the bulk's."""
        ids = self.new_id(), self.new_id()
        for operation in self.operations:
            if sends(operation) and "bulk" in operation.name.lower():
                self.ask(caller, operation, ids, expect=[_OK], rule=_TAKEN)
        return ids

    def ask(  # noqa: PLR0913 - each is a part of a request
        self,
        caller: Caller,
        operation: Operation,
        ids: tuple[str, str],
        *,
        token: str | None = OWN,
        credential: _Credential | None = None,
        shape: int = 0,
        expect: Collection[int] = (),
        rule: Rule | None = None,
    ) -> Answer | None:
        """Ask rightly for an operation with some credential; each shape is another right request."""
        asked = sample(self.run.document, operation, message_id=ids[0], bulk_id=ids[1], least=shape % 3 != 1)
        headers = () if credential is None else credential.headers
        query = () if credential is None else credential.query
        further = [None, *further_parts(self.run.document, operation)]
        more = further[shape % len(further)]
        if more is not None and more[0] == "query":
            query = (*query, more[1:])
        elif more is not None:
            headers = (*headers, more[1:])
        return caller.call(
            operation.name,
            path=asked.path,
            query=(*asked.query, *query),
            json_body=asked.body,
            token=token if credential is None else None,
            headers=headers,
            expect=expect,
            rule=rule,
        )

    def column(
        self, caller: Caller, ids: tuple[str, str], token: str, *, taken: bool, rule: Rule
    ) -> list[tuple[str, str]]:
        """Ask for every operation with a token; return the ids of the sends."""
        sent = []
        for operation in self.operations:
            asked = (self.new_id(), self.new_id()) if sends(operation) else ids
            expect = self.answers(operation) if taken else {_UNAUTHORIZED}
            self.ask(caller, operation, asked, token=token, expect=expect, rule=rule)
            if sends(operation):
                sent.append(asked)
        return sent

    def answers(self, operation: Operation) -> set[int]:
        """Return how a right request is answered: what is asked after is there, but for receipts."""
        return {_OK, _MISSING, _BAD} if self._is_receipt(operation) else {_OK}

    def _is_receipt(self, operation: Operation) -> bool:
        return operation.body is None and not operation.path_names

    def _cell(
        self,
        caller: Caller,
        operation: Operation,
        credential: _Credential,
        sent: tuple[str, str],
        shape: int = 0,
    ) -> tuple[str, str]:
        ids = (self.new_id(), self.new_id()) if sends(operation) else sent
        right = self.answers(operation)
        rule, expect = _REFUSED, {_UNAUTHORIZED}
        if credential.meant is _Meant.VALID:
            rule, expect = _TAKEN, right
        elif credential.meant is _Meant.ODD:
            expect = {_UNAUTHORIZED, _BAD}
        elif credential.meant is _Meant.ABSENT:
            rule, expect = self._without(operation)
        answer = self.ask(caller, operation, ids, credential=credential, shape=shape)
        self.run.record.check(
            answer is None or answer.status in expect,
            rule,
            f"{credential.name}: answered {answer.status if answer else 'nothing'} instead of "
            f"{' or '.join(map(str, sorted(expect)))}",
            exchange=caller.last,
        )
        if answer is not None and answer.status >= _BAD and sends(operation):
            return ids
        return "", ""

    def _without(self, operation: Operation) -> tuple[Rule, set[int]]:
        """Tell how a request without a token is answered: where none is needed it is nobody's."""
        if operation.needs_token:
            return _NEEDED, {_UNAUTHORIZED}
        if sends(operation):
            return _NOT_NEEDED, {_OK}
        return _NOT_NEEDED, {_MISSING, _BAD, _OK} if self._is_receipt(operation) else {_MISSING}

    def _often(self, caller: Caller, operation: Operation, sent: tuple[str, str]) -> list[tuple[str, str]]:
        """Ask badly and rightly many times in a row: a gateway may fail now and then."""
        times = _REPEATED_QUICK if self.run.quick else _REPEATED_WHOLE
        bad = f"Bearer {caller.token()[:-8]}{'A' * 8}"
        absent = _Credential("no header", _Meant.ABSENT)
        invalid = _Credential("another signature", _Meant.INVALID, (("Authorization", bad),))
        valid = _Credential("right", _Meant.VALID, (("Authorization", f"Bearer {caller.token()}"),))
        refused = []
        for one, number in ((absent, times), (invalid, times), (valid, 0 if self.run.quick else _REPEATED)):
            for shape in range(number):
                if self.run.time_is_up():
                    break
                refused.append(self._cell(caller, operation, one, sent, shape))
        return refused

    def _nothing_done(
        self, operation: Operation, callers: Sequence[Caller], refused: Iterable[tuple[str, str]]
    ) -> None:
        kept = [ids for ids in refused if ids[0]]
        for ids in kept[:: 4 if self.run.quick else 1]:
            for caller in callers[: 1 if self.run.quick else 2]:
                answer = caller.call(_STATUS, path=self._named(ids[0]))
                self.run.record.check(
                    answer is None or answer.status == _MISSING,
                    _NOTHING_DONE,
                    f"a send that was refused is known: {answer.status if answer else ''}",
                    operation=operation.name,
                    exchange=caller.last,
                )

    def _named(self, message_id: str) -> dict[str, str]:
        return dict.fromkeys(self.run.document.operations[_STATUS].path_names, message_id)

    def _apart(self, first: Caller, other: Caller, sent: tuple[str, str]) -> None:
        """Let each of two clients ask after what the other sent."""
        theirs = self.send(other)
        for caller, mine, not_mine in ((first, sent, theirs), (other, theirs, sent)):
            for operation in self.operations:
                if sends(operation) or self._is_receipt(operation):
                    continue
                self.ask(caller, operation, mine, expect=[_OK], rule=_TAKEN)
                self.ask(caller, operation, not_mine, expect=[_MISSING], rule=_APART)
                # The ids in each other's places as well: a bulk by its message's, and so on.
                self.ask(caller, operation, not_mine[::-1], expect=[_MISSING], rule=_APART)


def _credentials(caller: Caller, token: str, theirs: str | None) -> Iterator[_Credential]:
    """Make every kind of credential."""
    client = caller.credentials
    right = f"Bearer {token}"

    def header(name: str, meant: _Meant, *values: str) -> _Credential:
        return _Credential(name, meant, tuple(("Authorization", value) for value in values))

    yield _Credential("no header", _Meant.ABSENT)
    for scheme in ("Bearer", "bearer", "BEARER", "bEaReR"):
        yield header(f"scheme {scheme}", _Meant.VALID, f"{scheme} {token}")
    for scheme in (*("Basic", "Token", "Digest", "JWT", "OAuth", "Bearer:", "Bearers", "X-Bearer"), "MAC"):
        yield header(f"scheme {scheme}", _Meant.INVALID, f"{scheme} {token}")
    yield header("no scheme", _Meant.INVALID, token)
    yield header("a scheme alone", _Meant.INVALID, "Bearer")
    yield header("scheme and token without a space", _Meant.INVALID, f"Bearer{token}")
    yield header("a colon instead of a space", _Meant.INVALID, f"Bearer:{token}")
    yield header("the scheme twice", _Meant.INVALID, f"Bearer {right}")
    yield header("Basic with client and secret", _Meant.INVALID, f"Basic {_basic(client)}")
    yield header("Bearer with client and secret", _Meant.INVALID, f"Bearer {_basic(client)}")
    yield header("Bearer with the client's id", _Meant.INVALID, f"Bearer {client.client_id}")
    yield header("token as a parameter", _Meant.INVALID, f'Bearer token="{token}"')
    yield header("the right token twice", _Meant.ODD, right, right)
    yield header("a bad and the right token", _Meant.ODD, "Bearer x.y.z", right)
    yield header("the right and a bad token", _Meant.ODD, right, "Bearer x.y.z")
    yield header("two schemes in a list", _Meant.INVALID, f"Basic eDp5, {right}")
    for name in ("access_token", "token", "bearer_token", "authorization", "jwt"):
        yield _Credential(f"query {name}", _Meant.ABSENT, (), ((name, token),))
    for name, value in (
        ("X-Authorization", right),
        ("Proxy-Authorization", right),
        ("X-Access-Token", token),
        ("X-Auth-Token", token),
        ("X-Forwarded-Authorization", right),
        ("Cookie", f"access_token={token}; token={token}; Authorization={token}"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Client-Id", client.client_id),
        ("X-Forwarded-User", client.client_id),
    ):
        yield _Credential(f"header {name} alone", _Meant.ABSENT, ((name, value),))
    bad = (*malformed(token), *forged(token, other=theirs, secret=client.client_secret))
    for name, made in bad:
        if made != token:
            yield header(name, _Meant.INVALID, f"Bearer {made}")


def _basic(client: Credentials) -> str:
    return base64.b64encode(f"{client.client_id}:{client.client_secret}".encode()).decode()


def _fresh(chance: random.Random) -> str:
    """Make an id that differs from every run before, though all else follows from the seed."""
    return str(UUID(int=uuid4().int ^ chance.getrandbits(64)))


def _lifetimes(run: Run, matrix: _Matrix) -> None:
    """Move a client's clock around the end of its token."""
    caller = run.fresh()
    if caller is None or run.control is None:
        run.record.skip("tokens that expire", "the gateway has no clock that can be moved")
        return
    name, token = caller.credentials.client_id, caller.token()
    expires = claims(token).get("exp")
    if not isinstance(expires, int):
        run.record.skip("tokens that expire", "the token tells no exp")
        return
    ids = matrix.send(caller)
    # One second before its end, at its end, and ever further behind it.
    refused = []
    for moved, taken in ((-1, True), (0, False), (1, False), (30, False), (61, False), (3601, False)):
        run.control.move_to(name, _written(expires + moved))
        asked = matrix.column(caller, ids, token, taken=taken, rule=_EXPIRES)
        if not taken:
            refused += asked
    old = token
    caller.forget_token()
    token = caller.token()
    matrix.column(caller, ids, token, taken=True, rule=_TAKEN)
    matrix.column(caller, ids, old, taken=False, rule=_EXPIRES)
    run.control.advance(name, 400 * 86_400)
    matrix.column(caller, ids, old, taken=False, rule=_EXPIRES)
    matrix.column(caller, ids, token, taken=False, rule=_EXPIRES)
    caller.forget_token()
    for message_id, _ in refused:
        caller.call(
            _STATUS,
            path=dict.fromkeys(run.document.operations[_STATUS].path_names, message_id),
            expect=[_MISSING],
            rule=_NOTHING_DONE,
        )


def _written(seconds: int) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()


def _revocations(run: Run, matrix: _Matrix) -> None:
    """Remove a client, and make another one of its name."""
    caller = run.fresh()
    if caller is None or run.control is None:
        run.record.skip("clients that are removed", "the gateway offers no way to remove one")
        return
    token, ids = caller.token(), matrix.send(caller)
    old = caller.credentials
    matrix.column(caller, ids, token, taken=True, rule=_TAKEN)
    run.control.remove_client(old.client_id)
    matrix.column(caller, ids, token, taken=False, rule=_REVOKED)
    _ask_token(caller, {"client_id": old.client_id, "client_secret": old.client_secret}, {_UNAUTHORIZED})
    again = run.caller(run.control.make_client(name=old.client_id))
    again.token()
    matrix.column(again, ids, token, taken=False, rule=_REVOKED)
    for operation in matrix.operations:
        if operation.path_names:
            matrix.ask(again, operation, ids, expect=[_MISSING], rule=_APART)
    if again.credentials.client_secret != old.client_secret:
        _ask_token(again, {"client_id": old.client_id, "client_secret": old.client_secret}, {_UNAUTHORIZED})


def _token_requests(run: Run, matrix: _Matrix) -> None:
    """Ask for tokens with right and wrong credentials."""
    caller = run.caller()
    mine = caller.credentials
    ids = matrix.send(caller)
    _ask_wrongly(run, caller, matrix)
    tokens = []
    right = {"client_id": mine.client_id, "client_secret": mine.client_secret}
    for number in range(_REPEATED):
        if run.time_is_up():
            return
        answer = _ask_token(caller, right, {_OK})
        told = answer.json if answer is not None and answer.status == _OK else None
        token = told.get("token") if isinstance(told, dict) else None
        if not isinstance(token, str):
            continue
        tokens.append(token)
        asked = matrix.operations[number % len(matrix.operations)]
        fresh = (matrix.new_id(), matrix.new_id()) if sends(asked) else ids
        matrix.ask(caller, asked, fresh, token=token, expect=matrix.answers(asked), rule=_TAKEN)
    # The first ones are valid still, though many came after them.
    for token in (*tokens[:2], *tokens[-1:]):
        matrix.column(caller, ids, token, taken=True, rule=_TAKEN)
    for name, value in (
        ("a bad token", "Bearer x.y.z"),
        ("another scheme", "Basic eDp5"),
        ("a right token", f"Bearer {tokens[0] if tokens else ''}"),
    ):
        _ask_token(caller, right, {_OK}, what=f"beside {name}", headers=[("Authorization", value)])
    _bad_bodies(run, caller, matrix)


def _ask_wrongly(run: Run, caller: Caller, matrix: _Matrix) -> None:
    client, secret = caller.credentials.client_id, caller.credentials.client_secret
    other = run.others()
    wrong: list[tuple[str, str, str]] = [
        ("another secret", client, "not the secret"),
        ("the secret's last character changed", client, secret[:-1] + ("x" if secret[-1] != "x" else "y")),
        ("the secret's first character changed", client, ("x" if secret[0] != "x" else "y") + secret[1:]),
        ("a character in the secret's middle changed", client, _middle(secret)),
        ("the secret without its last character", client, secret[:-1]),
        ("the secret without its first character", client, secret[1:]),
        ("the first character of the secret", client, secret[:1]),
        ("the secret and one more", client, secret + "x"),
        ("the secret twice", client, secret * 2),
        ("the secret and a space", client, secret + " "),
        ("a space and the secret", client, " " + secret),
        ("the secret and a line end", client, secret + "\n"),
        ("the secret and NUL", client, secret + "\0"),
        ("the secret backwards", client, secret[::-1]),
        ("the secret in capitals", client, secret.upper()),
        ("the secret in small letters", client, secret.lower()),
        ("the secret with capitals swapped", client, secret.swapcase()),
        ("client and secret swapped", secret, client),
        ("the client's id for both", client, client),
        ("the secret for both", secret, secret),
        ("nobody's id", f"nobody-{matrix.new_id()[-12:]}", secret),
        ("the client's id and a space", client + " ", secret),
        ("the client's id and NUL", client + "\0", secret),
        ("the client's id in capitals", client.upper(), secret),
        ("the client's id with capitals swapped", client.swapcase(), secret),
        ("the client's id without its last character", client[:-1], secret),
        ("a pattern", "%", secret),
        ("a star", "*", "*"),
        ("a query", "' OR '1'='1", "' OR '1'='1"),
        ("an empty secret", client, ""),
        ("an empty client", "", secret),
        ("both empty", "", ""),
        ("undefined", client, "undefined"),
        ("null", client, "null"),
    ]
    if other is not None:
        theirs = other.credentials
        wrong += [
            ("another client's secret", client, theirs.client_secret),
            ("another client's id", theirs.client_id, secret),
        ]
    right = {
        (client, secret),
        *([(other.credentials.client_id, other.credentials.client_secret)] if other else []),
    }
    for what, name, key in wrong:
        if (name, key) in right or not name + key or max(len(name), len(key)) > _LONGEST:
            continue
        form = {"client_id": name, "client_secret": key}
        expect = {_UNAUTHORIZED} if _plain(name) and _plain(key) else {_UNAUTHORIZED, _BAD}
        _ask_token(caller, form, expect, what=what)
    for number in range(_REPEATED):
        _ask_token(caller, {"client_id": client, "client_secret": f"wrong {number}"}, {_UNAUTHORIZED})
    for missing in ("client_id", "client_secret", "grant_type"):
        form = {"client_id": client, "client_secret": secret}
        _ask_token(caller, form, {_BAD, _UNAUTHORIZED}, what=f"no {missing}", without=missing)
    _ask_token(
        caller,
        {},
        {_BAD, _UNAUTHORIZED},
        what="client and secret in the header alone",
        headers=[("Authorization", f"Basic {_basic(caller.credentials)}")],
    )


def _middle(secret: str) -> str:
    place = len(secret) // 2
    return secret[:place] + ("x" if secret[place] != "x" else "y") + secret[place + 1 :]


def _plain(text: str) -> bool:
    return bool(text) and text.isprintable()


def _ask_token(  # noqa: PLR0913 - each is a part of a request
    caller: Caller,
    form: dict[str, str],
    expect: Collection[int],
    *,
    what: str = "",
    without: str = "",
    headers: Sequence[tuple[str, str]] = (),
) -> Answer | None:
    held = {"grant_type": "client_credentials", **form}
    held.pop(without, None)
    answer = caller.call(_TOKEN, form=held, token=None, headers=headers)
    rule = _RIGHT_SECRET if _OK in expect else _WRONG_SECRET
    told = f"{what or 'credentials'}: answered {answer.status if answer else 'nothing'} instead of "
    caller.record.check(
        answer is None or answer.status in expect,
        rule,
        told + " or ".join(map(str, sorted(expect))),
        exchange=caller.last,
    )
    if answer is not None and answer.status == _OK and _OK in expect:
        token = (answer.json or {}).get("token") if isinstance(answer.json, dict) else None
        caller.record.check(
            isinstance(token, str) and all(token.split(".")) and token.count(".") == 2,  # noqa: PLR2004
            _RIGHT_SECRET,
            "the token is no JWT of three parts",
            exchange=caller.last,
        )
    return answer


def _bad_bodies(run: Run, caller: Caller, matrix: _Matrix) -> None:
    """Send bad bodies with bad tokens: whichever is looked at first, it is refused."""
    bad = caller.token()[:-8] + "A" * 8
    for operation in matrix.operations:
        if not sends(operation):
            continue
        for content in (b"", b"{}", b"[]", b"{", b"null", b'{"text":1}'):
            caller.call(
                operation.name,
                content=content,
                token=bad,
                expect={_UNAUTHORIZED, *_UNREADABLE},
                rule=_NEVER_OK,
            )
        if operation.needs_token:
            asked = sample(run.document, operation, message_id=matrix.new_id(), bulk_id=matrix.new_id())
            caller.call(
                operation.name,
                form={"access_token": caller.token()},
                token=None,
                expect={_UNAUTHORIZED, *_UNREADABLE},
                rule=_NEEDED,
            )
            caller.call(
                operation.name,
                json_body={**asked.body, "access_token": caller.token(), "token": caller.token()},
                token=None,
                expect={_UNAUTHORIZED, _BAD},
                rule=_NEEDED,
            )
