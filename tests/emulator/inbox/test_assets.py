"""The files that the page needs."""

import re
from importlib.resources import files

import pytest
from blackkonnect_emulator.inbox.assets import PREFIX, address, assets

from .conftest import Inbox

pytestmark = pytest.mark.anyio


async def test_every_file_that_the_page_names_is_served_and_may_be_kept(inbox: Inbox) -> None:
    page = (await inbox.get("/")).text
    named = re.findall(r'(?:href|src)="(/_emulator/inbox/static/[^"]*)"', page)
    assert len(named) == 9
    for path in named:
        answer = await inbox.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.content


async def test_a_file_is_not_sent_twice(inbox: Inbox) -> None:
    tag = (await inbox.get(address("inbox.css"))).headers["etag"]
    again = await inbox.client.get(address("inbox.css"), headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert (await inbox.get(f"{PREFIX}inbox.css")).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["", "nothing.js", "../__init__.py", "%2e%2e/__init__.py", "vendor/README.md", "vendor"]
)
async def test_nothing_else_is_served(inbox: Inbox, name: str) -> None:
    assert (await inbox.get(f"{PREFIX}{name}")).status_code == 404


def test_the_files_of_others_have_their_licences_beside_them() -> None:
    vendor = files("blackkonnect_emulator.inbox") / "static" / "vendor"
    names = {one.name for one in vendor.iterdir()}
    for name in assets():
        if name.startswith("vendor/"):
            file = name.removeprefix("vendor/")
            assert any(
                other.endswith(".LICENSE.txt") and file.startswith(other.partition(".")[0]) for other in names
            )
            assert file in (vendor / "README.md").read_text("utf-8")
