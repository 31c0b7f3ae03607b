"""The icons of the page, drawn with lines on a square of 24."""

from functools import cache

from markupsafe import Markup

_PATHS = {
    "inbox": "M3 13l3-8h12l3 8v6H3zM3 13h5l2 3h4l2-3h5",
    "send": "M21 3L3 10l7 4 4 7zM21 3L10 14",
    "clock": "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3 2",
    "bolt": "M13 2L5 14h6l-1 8 9-13h-6z",
    "hash": "M9 4L7 20M17 4l-2 16M4 9h16M4 15h16",
    "help": "M9 9a3 3 0 115 2c-1 1-2 1.500-2 3M12 18v.010",
    "theme": "M12 3a9 9 0 100 18zM12 3a9 9 0 010 18",
    "trash": "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
    "search": "M11 4a7 7 0 100 14 7 7 0 000-14zM16 16l5 5",
    "close": "M6 6l12 12M18 6L6 18",
    "back": "M15 5l-7 7 7 7",
    "copy": "M8 8h12v12H8zM4 16V4h12",
    "next": "M5 5l9 7-9 7zM18 5v14",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "phone": "M7 2h10v20H7zM11 18.500h2",
    "queued": "M12 4a8 8 0 100 16 8 8 0 000-16zM12 8v4l2.500 2",
    "sent": "M5 13l4 4L19 7",
    "delivered": "M2 13l4 4L15 7M10 15l2 2L22 7",
    "undelivered": "M6 6l12 12M18 6L6 18",
    "failed": "M12 4L2.500 20h19zM12 10v4M12 17v.010",
    "rejected": "M12 4a8 8 0 100 16 8 8 0 000-16zM6.500 6.500l11 11",
    "expired": "M7 4h10M7 20h10M8 4c0 5 8 11 8 16M16 4c0 5-8 11-8 16",
}


@cache
def icon(name: str) -> Markup:
    """Draw an icon; readers of the screen pass it over.

    Args:
        name: Its name; one that there is none for is drawn as `queued`, for statuses may be added.
    """
    path = _PATHS.get(name, _PATHS["queued"])
    drawing = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>'
    return Markup(drawing).format(path)  # noqa: S704 - the drawing is ours, and what goes into it is escaped
