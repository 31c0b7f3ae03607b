"""What changed between two revisions is told by what it means for a client's user."""

from __future__ import annotations

import copy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from blackkonnect_contract.changes import Kind, changes
from blackkonnect_contract.changes.reading import Unreadable, revision
from blackkonnect_contract.changes.version import enough, proposed
from blackkonnect_sms.cli.commands import blackkonnect
from click.testing import CliRunner

_HERE = Path(__file__).parent / "changes"
_BASE = yaml.safe_load((_HERE / "base.yaml").read_text(encoding="utf-8"))
_PAIRS = yaml.safe_load((_HERE / "pairs.yaml").read_text(encoding="utf-8"))
_OPERATION = ["paths", "/things", "post"]
_SCHEMA = ["content", "application/json", "schema"]
_ROOTS = {
    "/": [],
    "O": _OPERATION,
    "Q": [*_OPERATION, "requestBody", *_SCHEMA],
    "A": [*_OPERATION, "responses", "200", *_SCHEMA],
}


def _changed(pair: dict[str, Any]) -> tuple[dict[str, Any], str]:
    document = copy.deepcopy(_BASE)
    steps = [*_ROOTS[pair["at"]], *pair["path"].split("/")]
    place: Any = document
    for step in steps[:-1]:
        place = place[int(step) if isinstance(place, list) else step]
    if pair["value"] is None:
        del place[steps[-1]]
    else:
        place[steps[-1]] = pair["value"]
    return document, "".join("/" + step.replace("/", "~1") for step in steps)


@pytest.mark.parametrize("pair", _PAIRS, ids=lambda pair: f"{pair['at']}-{pair['path']}-{pair['value']}")
@pytest.mark.parametrize("direction", ["forth", "back"])
def test_a_pair(pair: dict[str, Any], direction: str) -> None:
    new, pointer = _changed(pair)
    found = changes(_BASE, new) if direction == "forth" else changes(new, _BASE)
    assert (pair[direction], pointer) in {(str(one.kind), place) for one in found for place in one.pointers}
    if pair[direction] != "breaking":
        assert Kind.BREAKING not in {one.kind for one in found if "own rule" in one.found_by}


def test_nothing_changed() -> None:
    assert changes(_BASE, copy.deepcopy(_BASE)) == []


def test_the_vendors_own_change() -> None:
    found = changes(revision("2025-05-16"), revision("2026-02-25"))
    breaking = [one for one in found if one.kind is Kind.BREAKING]
    documented = {
        "the body is required now": "requestBody/required",
        "the operation GET /api/sms/messages/delivery-receipt/v1 is removed: calls of it fail": "v1/get",
        "the type changed from object to array: code for the old one fails": "schema/type",
        "authentication is required now, or another than before: calls that were right get 401": "security",
    }
    # The pages' examples show an empty object in the one edition, and null in the other.
    inferred = {"the type changed from object to null or string: code for the old one fails": "message/type"}
    assert {one.words for one in breaking} == {*documented, *inferred}
    assert len(breaking) == len(documented) + len(inferred)
    for one in breaking:
        assert all(place.endswith({**documented, **inferred}[one.words]) for place in one.pointers)
    added = {one.words for one in found if one.kind is Kind.ADDITIVE}
    assert added == {
        "the header parameter X-Organisation-ID is new and optional",
        "the header parameter X-ServiceAccount-ID is new and optional",
        "the query parameter page is new and optional",
        "the query parameter size is new and optional",
        "the query parameter sort is new and optional",
        "the property sourceAddress is new",
    }


def test_specshift_confirms_what_it_finds_too() -> None:
    found = changes(revision("2025-05-16"), revision("2026-02-25"))
    alone = [one.words for one in found if one.kind is Kind.BREAKING and one.found_by == ("own rule",)]
    assert alone == ["authentication is required now, or another than before: calls that were right get 401"]
    assert all("own rule" in one.found_by for one in found)


_MEMBERS: list[Any] = [
    {"title": "One", "type": "object", "properties": {"a": {"type": "string"}}},
    {"title": "Two", "type": "object", "properties": {"b": {"type": "string"}}},
    {"type": "object", "properties": {"kind": {"const": "three"}, "c": {"type": "string"}}},
    {"type": "integer"},
]


def _with_members(members: list[Any], word: str = "oneOf") -> dict[str, Any]:
    document: dict[str, Any] = copy.deepcopy(_BASE)
    answer = document["paths"]["/things"]["post"]["responses"]["200"]
    answer["content"]["application/json"]["schema"]["properties"]["part"] = {word: members}
    return document


@pytest.mark.parametrize("word", ["oneOf", "anyOf", "allOf"])
def test_members_in_another_order_are_the_same(word: str) -> None:
    # Nothing is an object and an integer, so an allOf does without the latter.
    members = _MEMBERS[:3] if word == "allOf" else _MEMBERS
    assert changes(_with_members(members, word), _with_members(members[::-1], word)) == []


@pytest.mark.parametrize(("index", "name"), [(0, "a"), (1, "b"), (2, "c")])
def test_a_member_is_found_again_in_another_order(index: int, name: str) -> None:
    members = copy.deepcopy(_MEMBERS)
    members[index]["properties"][name]["type"] = "integer"
    [one] = [
        one
        for one in changes(_with_members(_MEMBERS), _with_members(members[::-1]))
        if one.kind == "breaking"
    ]
    assert one.pointer.endswith(f"/part/oneOf/{len(members) - 1 - index}/properties/{name}/type")


def test_a_member_that_is_gone_is_named() -> None:
    found = changes(_with_members(_MEMBERS), _with_members(_MEMBERS[1:]))
    assert [(str(one.kind), "without One" in one.words) for one in found] == [("additive", True)]


@pytest.mark.parametrize(("direction", "kind"), [("forth", "additive"), ("back", "breaking")])
def test_of_a_webhook_the_user_reads_the_request(direction: str, kind: str) -> None:
    documents = []
    for longest in (10, 5):
        document = copy.deepcopy(_BASE)
        schema = {"type": "object", "properties": {"id": {"type": "string", "maxLength": longest}}}
        content = {"content": {"application/json": {"schema": schema}}}
        document["webhooks"] = {"told": {"post": {"requestBody": content, "responses": {}}}}
        documents.append(document)
    old, new = documents if direction == "forth" else documents[::-1]
    found = [one for one in changes(old, new) if "own rule" in one.found_by]
    assert [(str(one.kind), one.pointer.startswith("/webhooks/told")) for one in found] == [(kind, True)]


def test_a_schema_of_another_name() -> None:
    new = copy.deepcopy(_BASE)
    new["components"]["schemas"]["Item"] = new["components"]["schemas"].pop("Thing")
    [one] = changes(_BASE, new)
    assert (one.kind, one.pointer) == (Kind.BREAKING, "/components/schemas/Item")
    assert "is called Item now" in one.words


def test_the_version() -> None:
    found = changes(revision("2025-05-16"), revision("2026-02-25"))
    assert proposed("1.2.3", found) == "2.0.0"
    assert proposed("0.2.3", found) == "0.3.0"
    assert not enough("1.2.3", "1.3.0", found)
    assert enough("1.2.3", "2.0.0", found)


@pytest.mark.parametrize(("version", "code"), [("1.1.0", 1), ("2.0.0", 0), ("two", 2)])
def test_the_command(version: str, code: int) -> None:
    arguments = ["diff", "2025-05-16", "2026-02-25", "--old-version", "1.0.0", "--new-version", version]
    assert CliRunner().invoke(blackkonnect, arguments).exit_code == code


def test_what_is_no_document() -> None:
    with pytest.raises(Unreadable, match="neither a file nor an edition"):
        revision("nowhere")
    assert CliRunner().invoke(blackkonnect, ["diff", "nowhere", "2026-02-25"]).exit_code == 2


def _since(folder: Path) -> tuple[int, str, str]:
    ended = subprocess.run(
        [sys.executable, "-m", "blackkonnect_contract.changes.since", "one.yaml", "client"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout, ended.stderr


def test_since_the_last_release(tmp_path: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    (tmp_path / "client").mkdir()
    source = tmp_path / "client" / "__init__.py"
    source.write_text("def send(): ...\n", "utf-8")
    document = tmp_path / "one.yaml"
    document.write_text(yaml.safe_dump(_BASE), "utf-8")
    name = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org")
    for arguments in (("init", "-q"), ("add", "."), (*name, "commit", "-q", "-m", "One")):
        subprocess.run([git, *arguments], cwd=tmp_path, check=True)  # noqa: S603 - no shell
    assert _since(tmp_path) == (0, "there is no tag and no origin/main to compare with\n", "")
    subprocess.run([git, "tag", "v1.0.0"], cwd=tmp_path, check=True)  # noqa: S603 - no shell
    code, told, _ = _since(tmp_path)
    assert (code, told.startswith("Since v1.0.0:")) == (0, True)
    source.write_text("", "utf-8")
    code, told, complaint = _since(tmp_path)
    assert code == 1
    assert "`client.send`; griffe" in told
    assert "it needs 2.0.0" in complaint
    changed = copy.deepcopy(_BASE)
    changed["info"]["version"] = "2.0.0"
    document.write_text(yaml.safe_dump(changed), "utf-8")
    assert _since(tmp_path)[0] == 0
    document.unlink()
    code, _, complaint = _since(tmp_path)
    assert (code, complaint.count("\n")) == (2, 1)
