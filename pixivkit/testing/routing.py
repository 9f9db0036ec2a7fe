"""Which part of pixiv a request is for, by its host or by the first part of its path."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote, urlsplit

from .._core.declaration.endpoint import APP, OAUTH, WEB, Base
from ..registry import REGISTRY

__all__ = ["PARTS", "WithParts", "own_bases"]

PARTS: Final = ("app", "oauth", "web", "images")

_HOSTS: Final = {
    "app-api.pixiv.net": "app",
    "oauth.secure.pixiv.net": "oauth",
    "www.pixiv.net": "web",
    "pixiv.net": "web",
}


def part_of(host: str) -> str:
    """The part of pixiv that a *host* is; empty for a host of its own, such as a loopback one."""
    host = host.partition(":")[0].lower()
    return "images" if host.endswith(".pximg.net") else _HOSTS.get(host, "")


def own_bases() -> list[Base]:
    """The bases that are not pixiv's and have endpoints, those with longer paths first."""
    bases = {endpoint.base for endpoint in REGISTRY.values()} - {APP, OAUTH, WEB}
    return sorted(bases, key=lambda base: (-len(base.url), base.name))


def _own_path(host: str, path: str) -> str | None:
    """The path, with the base in front, of a request to a host of a base that is not pixiv's."""
    for base in own_bases():
        split = urlsplit(base.url)
        if host.lower() == split.netloc.lower() and path.startswith(f"{split.path}/"):
            return f"/{base.name}{path.removeprefix(split.path)}"
    return None


class WithParts:
    """
    Puts the part of pixiv in front of the path, percent-encoded as it was sent.

    ``https://app-api.pixiv.net/v1/illust/detail`` and ``http://127.0.0.1:8000/app/v1/illust/detail``
    both become ``/app/v1/illust/detail``, and so does the latter with ``app-api.pixiv.net`` as its
    Host. A base that is not pixiv's has its name in front. The encoding is kept since a tag may
    have a slash in it.
    """

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            host = next((v for k, v in scope["headers"] if k == b"host"), b"").decode("latin-1")
            raw: bytes | None = scope.get("raw_path")
            path = raw.decode("latin-1") if raw else quote(scope["path"])
            part = part_of(host)
            path = f"/{part}{_below(part, path)}" if part else _own_path(host, path) or path
            scope = {**scope, "path": path, "root_path": ""}
        await self._inner(scope, receive, send)


def _below(part: str, path: str) -> str:
    """The *path* at pixiv, of a request with pixiv's Host to an address that the fake prints."""
    first, slash, rest = path[1:].partition("/")
    # The App API has paths of its own below /web, for the login.
    served = first in PARTS and not (part == "app" and first == "web")
    return slash + rest if served else path
