"""Add the work, the page and the file to errors of downloads."""

from __future__ import annotations

import contextlib
from collections.abc import Generator

from ..errors import PixivError

__all__ = ["errors_about"]


@contextlib.contextmanager
def errors_about(
    work_id: str, page: int | None = None, file: str = "", *, endpoint: str | None = None
) -> Generator[None]:
    """
    Set the work, page and file of errors raised in this block, where they are not set yet.

    Args:
        work_id: Id of the work; empty where there is none.
        page: Number of the page, from 0; None for the whole work.
        file: Name of the file at pixiv.
        endpoint: What errors call their endpoint that have none.
    """
    try:
        yield
    except PixivError as exc:
        if not exc.work_id and not exc.file:
            exc.work_id, exc.page, exc.file = work_id, page, file
        exc.endpoint = exc.endpoint or endpoint
        raise
