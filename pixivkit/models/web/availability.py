"""Why a work cannot be seen, read from what the web API sends in its place."""

from __future__ import annotations

from collections.abc import Iterable

from ..app.availability import Availability, availability_of

__all__: list[str] = []

_MASKS: dict[str, Availability] = {
    "r18": "r18_limited",
    "r18g": "r18_limited",
    "mypixiv": "mypixiv_only",
}


def thumb_availability(
    url: str, *, masked: bool | None, reason: str | None, user_id: int | None
) -> Availability:
    """
    Say whether the work of a thumbnail with these marks can be seen, and if not, why.

    Lists keep the place of a hidden work: masked, with a reason or ``unknown``, a picture such as
    ``https://s.pximg.net/common/images/limit_unknown_360.png`` and user 0 (saved by
    xuejianxianzun/PixivBatchDownloader from works that were deleted).

    Args:
        url: Address of the picture.
        masked: What pixiv says about it; None where it says nothing.
        reason: Why it is masked.
        user_id: Id of its author; None where what pixiv says is not understood.
    """
    if masked and reason in _MASKS:
        return _MASKS[reason]
    return availability_of([url], visible=False if masked else None, user_id=user_id)


def page_availability(
    urls: Iterable[str | None],
    *,
    x_restrict: int | None,
    restrict: int | None,
    sl: int | None,
    user_id: int | None,
) -> Availability:
    """
    Say whether the work of a page with these marks can be seen, and if not, why.

    Pixiv sends the page of a work without any address of a picture to whom it does not show it:
    so for sensitive works without a login (seen in 2026).

    Args:
        urls: Addresses of its first page in all sizes.
        x_restrict: 0 all ages, 1 R-18, 2 R-18G; None where it is not said.
        restrict: 0 public, 1 for mypixiv, 2 private; None where it is not said.
        sl: How sensitive it is, 4 and 6 for sensitive; None where it is not said.
        user_id: Id of its author; None where what pixiv says is not understood.
    """
    shown = [url for url in urls if url]
    said = availability_of(shown, visible=None, user_id=user_id)
    if shown or said != "available":
        return said
    if x_restrict:
        return "r18_limited"
    if restrict == 1:
        return "mypixiv_only"
    return "sanity_limited" if sl is not None and sl >= 4 else "unviewable"
