"""Errors of downloads say which work and which page they are about."""

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
    Name, in errors that pass, what they are about; what is named already stays.

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
