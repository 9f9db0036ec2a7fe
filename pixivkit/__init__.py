"""
A typed asyncio and trio client for pixiv's App and Web APIs.

    async with Pixiv(app=RefreshToken("...")) as px:
        work = await px.app.illust.detail(1)

Names are imported when they are first used: importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._core.exports import exports
from ._version import __version__

# A public name is one of these imports; `nox -s generate` writes the lists that follow them.
if TYPE_CHECKING:
    from . import errors, login
    from ._core.arguments import AtMost, Between, FileSource, Meaning, NotEmpty, UploadFile, Wire
    from ._core.call import Call, Items, Page, Pages, Prepared
    from ._core.clock import Clock
    from ._core.converter import converter
    from ._core.credentials import (
        AccessToken,
        ApiKey,
        Credential,
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
    from ._core.paging import Follow, LastId, NextUrl, Offset, PageNumber, Paging
    from ._core.profile import AppProfile
    from ._core.request import Progress, Reply, Request, Response, Sender
    from ._core.retry import Retry
    from ._core.structure import Broken
    from ._core.transport import Transport
    from ._core.wire import Timeouts
    from .bulk import Bulk, BulkProgress, Failed, Outcome, Succeeded
    from .client import Pixiv
    from .download import (
        Downloaded,
        DownloadedFile,
        DownloadProgress,
        Downloads,
        FileStream,
        Template,
    )
    from .errors import PixivError
    from .journal import Journal
    from .models.base import Model, WebModel, alias
    from .pool import ClientPool
    from .registry import REGISTRY
    from .stored import structure, unstructure
    from .stores import FileTokenStore, KeyringTokenStore, MemoryTokenStore
    from .upload import Published
else:
    __getattr__, __dir__ = exports(
        __name__,
        {
            "APP": "._core.endpoint",
            "AccessToken": "._core.credentials",
            "Api": "._core.declare",
            "ApiKey": "._core.credentials",
            "AppProfile": "._core.profile",
            "AtMost": "._core.arguments",
            "Auth": "._core.endpoint",
            "Base": "._core.endpoint",
            "Between": "._core.arguments",
            "Broken": "._core.structure",
            "Bulk": ".bulk",
            "BulkProgress": ".bulk",
            "Call": "._core.call",
            "ClientPool": ".pool",
            "Clock": "._core.clock",
            "Credential": "._core.credentials",
            "DownloadProgress": ".download",
            "Downloaded": ".download",
            "DownloadedFile": ".download",
            "Downloads": ".download",
            "Endpoint": "._core.endpoint",
            "Failed": ".bulk",
            "FileSource": "._core.arguments",
            "FileStream": ".download",
            "FileTokenStore": ".stores",
            "Follow": "._core.paging",
            "Hosts": "._core.hosts",
            "Items": "._core.call",
            "Journal": ".journal",
            "KeyringTokenStore": ".stores",
            "LastId": "._core.paging",
            "LockingTokenStore": "._core.credentials",
            "Meaning": "._core.arguments",
            "MemoryTokenStore": ".stores",
            "Model": ".models.base",
            "NextUrl": "._core.paging",
            "NotEmpty": "._core.arguments",
            "OAUTH": "._core.endpoint",
            "Offset": "._core.paging",
            "Outcome": ".bulk",
            "Pace": "._core.pace",
            "PaceState": "._core.pace",
            "Page": "._core.call",
            "PageNumber": "._core.paging",
            "Pages": "._core.call",
            "Paging": "._core.paging",
            "Param": "._core.endpoint",
            "Pixiv": ".client",
            "PixivError": ".errors",
            "Prepared": "._core.call",
            "Progress": "._core.request",
            "Published": ".upload",
            "REGISTRY": ".registry",
            "RefreshToken": "._core.credentials",
            "Reply": "._core.request",
            "Request": "._core.request",
            "Response": "._core.request",
            "Retry": "._core.retry",
            "Sender": "._core.request",
            "SessionCookie": "._core.credentials",
            "Succeeded": ".bulk",
            "Template": ".download",
            "Timeouts": "._core.wire",
            "TokenStore": "._core.credentials",
            "Tokens": "._core.credentials",
            "Transport": "._core.transport",
            "UploadFile": "._core.arguments",
            "WEB": "._core.endpoint",
            "WebModel": ".models.base",
            "Wire": "._core.arguments",
            "alias": ".models.base",
            "converter": "._core.converter",
            "endpoint_of": "._core.declare",
            "errors": ".",
            "get": "._core.declare",
            "login": ".",
            "post": "._core.declare",
            "structure": ".stored",
            "unstructure": ".stored",
        },
    )

__all__ = [
    "APP",
    "OAUTH",
    "REGISTRY",
    "WEB",
    "AccessToken",
    "Api",
    "ApiKey",
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
    "Credential",
    "DownloadProgress",
    "Downloaded",
    "DownloadedFile",
    "Downloads",
    "Endpoint",
    "Failed",
    "FileSource",
    "FileStream",
    "FileTokenStore",
    "Follow",
    "Hosts",
    "Items",
    "Journal",
    "KeyringTokenStore",
    "LastId",
    "LockingTokenStore",
    "Meaning",
    "MemoryTokenStore",
    "Model",
    "NextUrl",
    "NotEmpty",
    "Offset",
    "Outcome",
    "Pace",
    "PaceState",
    "Page",
    "PageNumber",
    "Pages",
    "Paging",
    "Param",
    "Pixiv",
    "PixivError",
    "Prepared",
    "Progress",
    "Published",
    "RefreshToken",
    "Reply",
    "Request",
    "Response",
    "Retry",
    "Sender",
    "SessionCookie",
    "Succeeded",
    "Template",
    "Timeouts",
    "TokenStore",
    "Tokens",
    "Transport",
    "UploadFile",
    "WebModel",
    "Wire",
    "__version__",
    "alias",
    "converter",
    "endpoint_of",
    "errors",
    "get",
    "login",
    "post",
    "structure",
    "unstructure",
]
