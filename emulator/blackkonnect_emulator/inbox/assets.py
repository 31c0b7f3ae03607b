"""The files that the page needs, all of them our own or kept beside ours."""

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from blackkonnect_emulator.inbox.responses import STRICT

PREFIX = "/_emulator/inbox/static/"

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Asset(NamedTuple):
    """A file as it is served."""

    content: bytes
    media_type: str
    tag: str


@cache
def assets() -> dict[str, Asset]:
    """Read all files, by their path below the prefix."""
    found: dict[str, Asset] = {}
    for path in sorted(_FOLDER.rglob("*")):
        if path.suffix in _TYPES:
            content = path.read_bytes()
            tag = hashlib.sha256(content).hexdigest()[:16]
            found[path.relative_to(_FOLDER).as_posix()] = Asset(content, _TYPES[path.suffix], tag)
    return found


def address(name: str) -> str:
    """Tell a file's address, which changes with the file.

    Args:
        name: Its path below the prefix.
    """
    return f"{PREFIX}{name}?v={assets()[name].tag}"


async def serve_asset(request: Request) -> Response:
    """Answer with a file, which a browser may keep for as long as it asks for the same version."""
    asset = assets().get(request.path_params["name"])
    if asset is None:
        return PlainTextResponse("There is no such file.", 404, dict(STRICT))
    current = request.query_params.get("v") == asset.tag
    kept = "public, max-age=31536000, immutable" if current else "no-cache"
    headers = {**STRICT, "ETag": f'"{asset.tag}"', "Cache-Control": kept}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(None, 304, headers)
    return Response(asset.content, 200, headers, asset.media_type)
