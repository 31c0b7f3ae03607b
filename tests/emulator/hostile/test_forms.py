"""Forms that nothing should take, and nothing should fall over: credentials, and what the inbox sends."""

import pytest

from tests.emulator.hostile.attacked import Attacked, check_fine, check_refused
from tests.emulator.hostile.targets import AS_FORM, FROM_THE_PAGE, TAKES_FORMS, form, trap

MALFORMED = {
    "bad UTF-8": b"%ff",
    "raw bad UTF-8": b"\xff",
    "surrogate": b"%ed%a0%80",
    "overlong": b"%c0%af",
}
ODD = {
    "NUL": b"%00",
    "raw NUL": b"\x00",
    "lines": b"%0d%0aSet-Cookie:%20a=b",
    "cut escape": b"%",
    "no escape": b"%zz",
    "empty": b"",
    "1e400": b"1e400",
    "nan": b"nan",
    "inf": b"inf",
    "-1": b"-1",
    "digits": b"9" * 10_000,
    "other digits": "٣".encode(),
    "64 bits": b"9223372036854775808",
    "script": b"%3Cscript%3Ealert(1)%3C/script%3E",
    "template": b"%7B%7B7*7%7D%7D",
    "long": b"a" * 100_000,
    "nearly a number": b"1" * 50_000 + b"x",
    "commas": b",=:" * 1000,
    "direction": "\u202e\u2066".encode(),
}


def post(victim: Attacked, path: str, body: bytes) -> bytes:
    return victim.request("POST", path, body, [AS_FORM, FROM_THE_PAGE])


@pytest.mark.parametrize("name", TAKES_FORMS)
def test_each_field_in_turn(victim: Attacked, name: str) -> None:
    path, fields = TAKES_FORMS[name]
    right = victim.talk(post(victim, path, form(fields)))
    assert right is not None
    assert right.status == 200, right
    for field in fields:
        others = form({other: value for other, value in fields.items() if other != field})
        for kind, raw in MALFORMED.items() | ODD.items():
            with trap(kind, field):
                found = victim.talk(post(victim, path, b"%b&%b=%b" % (others, field.encode(), raw)))
                assert found is not None
                check_fine(found)
                if kind in MALFORMED:
                    check_refused(found, 400)
        with trap("twice", field):
            found = victim.talk(post(victim, path, form(fields) + b"&" + form({field: fields[field]})))
            assert found is not None
            check_refused(found, 400)
    victim.control("DELETE", "faults")


@pytest.mark.parametrize("name", TAKES_FORMS)
def test_a_body_that_is_no_such_form(victim: Attacked, name: str) -> None:
    path, fields = TAKES_FORMS[name]
    many = b"&".join([b"a%d=1" % number for number in range(100_000)])
    for kind, body in {
        "many fields": many,
        "many of one": form(fields) + b"&a=1" * 100_000,
        "ampersands": b"&" * 500_000,
        "equals signs": b"=" * 500_000,
        "plus signs": b"+" * 500_000,
        "escapes": b"%41" * 150_000,
        "JSON": b'{"client_id": "acme"}',
        "multipart": b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nx\r\n--x--',
    }.items():
        with trap(kind):
            found = victim.talk(post(victim, path, body))
            assert found is not None
            check_fine(found)
    large = b"text=" + b"a" * 5_000_000
    found = victim.talk(post(victim, path, large))
    assert found is not None
    check_refused(found, 413)


def test_the_media_type_of_credentials(victim: Attacked) -> None:
    path, fields = TAKES_FORMS["retrieveAccessToken"]
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", f"{'a' * 5000}/b", ";"):
        found = victim.talk(victim.request("POST", path, form(fields), [f"Content-Type: {kind}"]))
        assert found is not None
        check_refused(found, 415)
    found = victim.talk(victim.request("POST", path, form(fields), [AS_FORM, "Content-Encoding: gzip"]))
    assert found is not None
    check_refused(found, 415)
