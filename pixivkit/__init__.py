"""
A typed asyncio and trio client for pixiv's App and Web APIs.

    async with Pixiv(app=RefreshToken("...")) as px:
        work = await px.app.illust.detail(1)

Names are imported when they are first used: importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from . import errors, login
    from ._core.arguments import (
        AtMost,
        Between,
        FileSource,
        Meaning,
        NotEmpty,
        UploadFile,
        Wire,
    )
    from ._core.call import (
        Call,
        Items,
        Page,
        Pages,
        Progress,
        Reply,
        Request,
        Response,
        Sender,
    )
    from ._core.clock import Clock
    from ._core.credentials import (
        AccessToken,
        LockingTokenStore,
        RefreshToken,
        SessionCookie,
        Tokens,
        TokenStore,
    )
    from ._core.declare import Api, endpoint_of, get, post
    from ._core.endpoint import APP, OAUTH, WEB, Auth, Base, Endpoint, Param
    from ._core.hosts import Hosts
    from ._core.pace import Pace, PaceState
    from ._core.paging import LastId, NextUrl, Offset, PageNumber
    from ._core.profile import AppProfile
    from ._core.retry import Retry
    from ._core.structure import Broken
    from ._core.transport import Transport
    from ._core.wire import Timeouts
    from .bulk import Bulk, BulkProgress, Outcome
    from .client import Pixiv
    from .download import Downloaded, DownloadedFile, DownloadProgress, Downloads, Template
    from .errors import PixivError
    from .journal import Journal
    from .pool import ClientPool
    from .registry import REGISTRY
    from .stored import structure, unstructure
    from .stores import FileTokenStore, KeyringTokenStore, MemoryTokenStore
    from .upload import Published

_HOMES = {
    "_core.arguments": (
        "AtMost", "Between", "FileSource", "Meaning", "NotEmpty", "UploadFile", "Wire",
    ),
    "_core.call": (
        "Call", "Items", "Page", "Pages", "Progress", "Reply", "Request", "Response", "Sender",
    ),
    "_core.clock": ("Clock",),
    "_core.credentials": (
        "AccessToken",
        "LockingTokenStore",
        "RefreshToken",
        "SessionCookie",
        "TokenStore",
        "Tokens",
    ),
    "_core.declare": ("Api", "endpoint_of", "get", "post"),
    "_core.endpoint": ("APP", "OAUTH", "WEB", "Auth", "Base", "Endpoint", "Param"),
    "_core.hosts": ("Hosts",),
    "_core.transport": ("Transport",),
    "_core.pace": ("Pace", "PaceState"),
    "_core.paging": ("LastId", "NextUrl", "Offset", "PageNumber"),
    "_core.profile": ("AppProfile",),
    "_core.retry": ("Retry",),
    "_core.structure": ("Broken",),
    "_core.wire": ("Timeouts",),
    "bulk": ("Bulk", "BulkProgress", "Outcome"),
    "client": ("Pixiv",),
    "download": (
        "Downloaded", "DownloadedFile", "DownloadProgress", "Downloads", "Template",
    ),
    "errors": ("PixivError",),
    "journal": ("Journal",),
    "pool": ("ClientPool",),
    "registry": ("REGISTRY",),
    "stored": ("structure", "unstructure"),
    "stores": ("FileTokenStore", "KeyringTokenStore", "MemoryTokenStore"),
    "upload": ("Published",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "APP",
    "OAUTH",
    "REGISTRY",
    "WEB",
    "AccessToken",
    "Api",
    "AppProfile",
    "AtMost",
    "Auth",
    "Base",
    "Between",
    "Broken",
    "Bulk",
    "BulkProgress",
    "Call",
    "ClientPool",
    "Clock",
    "DownloadProgress",
    "Downloaded",
    "DownloadedFile",
    "Downloads",
    "Endpoint",
    "FileSource",
    "FileTokenStore",
    "Hosts",
    "Items",
    "Journal",
    "KeyringTokenStore",
    "LastId",
    "LockingTokenStore",
    "Meaning",
    "MemoryTokenStore",
    "NextUrl",
    "NotEmpty",
    "Offset",
    "Outcome",
    "Pace",
    "PaceState",
    "Page",
    "PageNumber",
    "Pages",
    "Param",
    "Pixiv",
    "PixivError",
    "Progress",
    "Published",
    "RefreshToken",
    "Reply",
    "Request",
    "Response",
    "Retry",
    "Sender",
    "SessionCookie",
    "Template",
    "Timeouts",
    "TokenStore",
    "Tokens",
    "Transport",
    "UploadFile",
    "Wire",
    "__version__",
    "endpoint_of",
    "errors",
    "get",
    "login",
    "post",
    "structure",
    "unstructure",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name in ("errors", "login"):
        return importlib.import_module(f".{name}", __name__)
    home = _HOME_OF.get(name)
    if home is None:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value: object = getattr(importlib.import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
