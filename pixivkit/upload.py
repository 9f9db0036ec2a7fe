"""Post an illustration and wait until pixiv has published it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import attrs

from ._core.basics.clock import Clock
from ._core.calls.call import Call
from ._core.calls.request import ProgressCallback
from .errors import InvalidArgument, UploadFailed

if TYPE_CHECKING:
    from .models.app import UploadStatus

__all__ = ["Published", "publish"]

FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 15.0


@attrs.frozen
class Published:
    """
    A work that pixiv has published.

    Attributes:
        illust_id: Its id.
        convert_key: The key of the upload it came from.
    """

    illust_id: int
    convert_key: str


async def publish(
    upload: Call[Any],
    status: Callable[[str], Call[UploadStatus]],
    clock: Clock,
    progress: ProgressCallback | None,
    processing: float,
) -> Published:
    """Send *upload*, then await *status* of its key, with growing waits, until it is complete."""
    name = upload.endpoint.name
    if name != "app.upload.illust":
        msg = "publish() takes a call of app.upload.illust"
        raise InvalidArgument(msg, endpoint=name)
    response = await upload.response(progress=progress)
    key: str = response.value.convert_key
    give_up = clock.monotonic() + processing
    wait = FIRST_WAIT
    while True:
        answer = await status(key)
        if answer.status == "COMPLETE" and answer.illust_id:
            return Published(answer.illust_id, key)
        if "FAIL" in answer.status.upper() or "ERROR" in answer.status.upper():
            msg = f"pixiv did not publish the upload: {answer.status}"
            raise UploadFailed(msg, endpoint="app.upload.status", status=200)
        if clock.monotonic() + wait > give_up:
            msg = f"pixiv had not published the upload after {processing:g} s: {answer.status}"
            raise UploadFailed(msg, endpoint="app.upload.status", status=200)
        await clock.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)
