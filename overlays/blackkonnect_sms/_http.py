"""The one place that names the HTTP library, so that a change of library is a change of this line."""

import httpx as http

__all__ = ["http"]
