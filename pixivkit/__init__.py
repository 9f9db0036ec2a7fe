"""
A typed asyncio and trio client for pixiv's App and Web APIs.

    async with Pixiv(app=RefreshToken("...")) as px:
        work = await px.app.illust.detail(1)

Names are imported when they are first used: importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._core.basics.lazy_exports import exports
from ._version import __version__

# A public name is one of these imports; `nox -s generate` writes the lists that follow them.
if TYPE_CHECKING:
    from . import errors, login
    from ._core.account.credentials import (
        AccessToken,
        ApiKey,
        Credential,
        LockingTokenStore,
        RefreshToken,
        SessionCookie,
        Tokens,
        TokenStore,
    )
    from ._core.account.hosts import Hosts
    from ._core.account.profile import AppProfile
    from ._core.basics.clock import Clock
    from ._core.calls.call import Call, Items, Page, Pages, Prepared
    from ._core.calls.declare import Api, endpoint_of, get, post
    from ._core.calls.request import Progress, Reply, Request, Response, Sender
    from ._core.calls.structure import Broken
    from ._core.declaration.arguments import (
        AtMost,
        Between,
        FileSource,
        Meaning,
        NotEmpty,
        Spelling,
        UploadFile,
    )
    from ._core.declaration.endpoint import APP, OAUTH, WEB, Auth, Base, Endpoint, Param
    from ._core.declaration.paging import Follow, LastId, NextUrl, Offset, PageNumber, Paging
    from ._core.declaration.reader import Reader
    from ._core.http.backend import Timeouts
    from ._core.http.transport import Transport
    from ._core.structuring.converter import converter
    from ._core.waiting.pace import Pace, PaceState
    from ._core.waiting.retry import Retry
    from .bulk import Bulk, BulkProgress, Failed, Outcome, Succeeded
    from .client import Pixiv
    from .download import (
        DownloadedFile,
        DownloadOutcome,
        DownloadProgress,
        DownloadRun,
        FileStream,
        Template,
    )
    from .errors import PixivError
    from .journal import Journal
    from .models.base import Model, WebModel, alias
    from .pool import ClientPool
    from .registry import REGISTRY
    from .structuring import structure, unstructure
    from .synchronous import BlockingPixiv, blocking
    from .token_stores import FileTokenStore, KeyringTokenStore, MemoryTokenStore
    from .upload import Published
else:
    __getattr__, __dir__ = exports(
        __name__,
        {
            "APP": "._core.declaration.endpoint",
            "AccessToken": "._core.account.credentials",
            "Api": "._core.calls.declare",
            "ApiKey": "._core.account.credentials",
            "AppProfile": "._core.account.profile",
            "AtMost": "._core.declaration.arguments",
            "Auth": "._core.declaration.endpoint",
            "Base": "._core.declaration.endpoint",
            "Between": "._core.declaration.arguments",
            "BlockingPixiv": ".synchronous",
            "Broken": "._core.calls.structure",
            "Bulk": ".bulk",
            "BulkProgress": ".bulk",
            "Call": "._core.calls.call",
            "ClientPool": ".pool",
            "Clock": "._core.basics.clock",
            "Credential": "._core.account.credentials",
            "DownloadOutcome": ".download",
            "DownloadProgress": ".download",
            "DownloadRun": ".download",
            "DownloadedFile": ".download",
            "Endpoint": "._core.declaration.endpoint",
            "Failed": ".bulk",
            "FileSource": "._core.declaration.arguments",
            "FileStream": ".download",
            "FileTokenStore": ".token_stores",
            "Follow": "._core.declaration.paging",
            "Hosts": "._core.account.hosts",
            "Items": "._core.calls.call",
            "Journal": ".journal",
            "KeyringTokenStore": ".token_stores",
            "LastId": "._core.declaration.paging",
            "LockingTokenStore": "._core.account.credentials",
            "Meaning": "._core.declaration.arguments",
            "MemoryTokenStore": ".token_stores",
            "Model": ".models.base",
            "NextUrl": "._core.declaration.paging",
            "NotEmpty": "._core.declaration.arguments",
            "OAUTH": "._core.declaration.endpoint",
            "Offset": "._core.declaration.paging",
            "Outcome": ".bulk",
            "Pace": "._core.waiting.pace",
            "PaceState": "._core.waiting.pace",
            "Page": "._core.calls.call",
            "PageNumber": "._core.declaration.paging",
            "Pages": "._core.calls.call",
            "Paging": "._core.declaration.paging",
            "Param": "._core.declaration.endpoint",
            "Pixiv": ".client",
            "PixivError": ".errors",
            "Prepared": "._core.calls.call",
            "Progress": "._core.calls.request",
            "Published": ".upload",
            "REGISTRY": ".registry",
            "Reader": "._core.declaration.reader",
            "RefreshToken": "._core.account.credentials",
            "Reply": "._core.calls.request",
            "Request": "._core.calls.request",
            "Response": "._core.calls.request",
            "Retry": "._core.waiting.retry",
            "Sender": "._core.calls.request",
            "SessionCookie": "._core.account.credentials",
            "Spelling": "._core.declaration.arguments",
            "Succeeded": ".bulk",
            "Template": ".download",
            "Timeouts": "._core.http.backend",
            "TokenStore": "._core.account.credentials",
            "Tokens": "._core.account.credentials",
            "Transport": "._core.http.transport",
            "UploadFile": "._core.declaration.arguments",
            "WEB": "._core.declaration.endpoint",
            "WebModel": ".models.base",
            "alias": ".models.base",
            "blocking": ".synchronous",
            "converter": "._core.structuring.converter",
            "endpoint_of": "._core.calls.declare",
            "errors": ".",
            "get": "._core.calls.declare",
            "login": ".",
            "post": "._core.calls.declare",
            "structure": ".structuring",
            "unstructure": ".structuring",
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
    "BlockingPixiv",
    "Broken",
    "Bulk",
    "BulkProgress",
    "Call",
    "ClientPool",
    "Clock",
    "Credential",
    "DownloadOutcome",
    "DownloadProgress",
    "DownloadRun",
    "DownloadedFile",
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
    "Reader",
    "RefreshToken",
    "Reply",
    "Request",
    "Response",
    "Retry",
    "Sender",
    "SessionCookie",
    "Spelling",
    "Succeeded",
    "Template",
    "Timeouts",
    "TokenStore",
    "Tokens",
    "Transport",
    "UploadFile",
    "WebModel",
    "__version__",
    "alias",
    "blocking",
    "converter",
    "endpoint_of",
    "errors",
    "get",
    "login",
    "post",
    "structure",
    "unstructure",
]
