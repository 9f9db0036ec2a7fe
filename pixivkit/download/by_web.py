"""Find the files of a work through the web API."""

from __future__ import annotations

from .._core.calls.request import Sender
from ..errors import PixivError, Restricted
from ..models.app import Illust
from ..web import WebApi
from .described import web_work, work_of
from .source import Work

__all__ = ["work_by_web", "work_hidden_by_app"]


async def work_by_web(sender: Sender, work_id: int) -> Work:
    """
    Ask the web API for a work and its pages.

    Raises:
        Restricted: The web does not show it.
        PixivError: Any other of `pixivkit.errors`.
    """
    web = WebApi(sender).illust
    detail = await web.detail(work_id)
    work = web_work(detail)
    if len(work.sources) == 1:
        return work
    return web_work(detail, await web.pages(work_id))


async def work_hidden_by_app(sender: Sender, stub: Illust) -> Work:
    """
    Ask the web API for a work that the App API hides.

    Raises:
        Restricted: It cannot be had there either; what the App API says about it, with the
            error of the web as its cause.
    """
    try:
        return await work_by_web(sender, stub.id)
    except PixivError as exc:
        failure = exc
    try:
        return work_of(stub)
    except Restricted as refused:
        raise refused from failure
