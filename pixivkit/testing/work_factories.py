"""Works, novels and users of one's own in the fake pixiv."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias, TypeVar

from ..errors import InvalidArgument
from .picture_files import measure_picture
from .records import JST, Kind, Novel, User, Work, WorkPage
from .sample_texts import ADJECTIVES, NAMES, PARAGRAPHS, PLACES
from .world import World

__all__ = ["UserOrId", "WorkFactories"]

W = TypeVar("W", Work, Novel)

UserOrId: TypeAlias = User | int

_X_TAGS: Final = {1: "R-18", 2: "R-18G"}


class WorkFactories:
    """What adds users, and works of them; see `Factories`."""

    world: World

    def add_user(
        self,
        *,
        name: str | None = None,
        account: str | None = None,
        comment: str = "",
        is_premium: bool = False,
        accepts_requests: bool = False,
        joined: dt.datetime | None = None,
    ) -> User:
        """
        Add a user.

        Args:
            name: Shown name.
            account: Name to log in with.
            comment: What the user says about themself.
            is_premium: Whether it is a premium account.
            accepts_requests: Whether it takes requests.
            joined: When the account was made; by default just now.
        """
        number = len(self.world.users)
        usual, login = NAMES[number % len(NAMES)]
        round_ = "" if number < len(NAMES) else str(number // len(NAMES) + 1)
        user = self.world.add_user(
            f"{usual}{round_}" if name is None else name,
            f"{login}{round_}" if account is None else account,
            joined=None if joined is None else _in_japan(joined),
        )
        user.comment = comment
        user.is_premium = is_premium
        user.accepts_requests = accepts_requests
        return user

    def add_illust(
        self,
        *,
        title: str | None = None,
        user: UserOrId | None = None,
        type: Kind = "illust",
        pages: int | Sequence[bytes] = 1,
        size: tuple[int, int] = (1200, 900),
        tags: Iterable[str] = (),
        caption: str = "",
        date: dt.datetime | None = None,
        x_restrict: int = 0,
        restrict: int = 0,
        ai_type: int = 1,
        views: int = 0,
        bookmarks: int = 0,
        likes: int = 0,
    ) -> Work:
        """
        Publish an illustration, or a manga.

        Args:
            title: Title.
            user: The author, or their id; by default a user who is not the account.
            type: ``illust``, ``manga`` or ``ugoira``; see `add_ugoira`.
            pages: How many pages it has, or the pictures themselves.
            size: Width and height of each page in pixels, where they are not given.
            tags: Its tags; R-18 works have that tag before them.
            caption: HTML.
            date: When it was posted, without a zone in Japan's time; by default just now. Lists
                have it in its place.
            x_restrict: 0 all ages, 1 R-18, 2 R-18G.
            restrict: 0 public, 1 for mypixiv, 2 private.
            ai_type: 0 unset, 1 not made by AI, 2 made by AI.
            views: How often it was seen.
            bookmarks: How often it is bookmarked, by users that nobody can look up.
            likes: How many like it, likewise.

        Returns:
            The work.

        Raises:
            InvalidArgument: There is no such user, or no page.
        """
        _check_restrictions(x_restrict, restrict)
        work = Work(
            id=0,
            user_id=self.author_id(user),
            title=_title(len(self.world.works)) if title is None else title,
            kind=type,
            caption=caption,
            tags=_tags(tags, x_restrict),
            date=self.world.tick() if date is None else _in_japan(date),
            pages=_pages(pages, size),
            x_restrict=x_restrict,
            restrict=restrict,
            sanity_level=6 if x_restrict else 2,
            ai_type=ai_type,
            views=views,
            old_bookmarks=bookmarks,
            old_likes=likes,
        )
        if type == "ugoira":
            work.delays = [100] * len(work.pages)
        self.world.publish(work)
        _put_in_order(self.world.works)
        return work

    def add_ugoira(
        self,
        *,
        frames: int | Sequence[int] = 3,
        title: str | None = None,
        user: UserOrId | None = None,
        size: tuple[int, int] = (600, 450),
        tags: Iterable[str] = (),
        caption: str = "",
        date: dt.datetime | None = None,
        x_restrict: int = 0,
        restrict: int = 0,
        views: int = 0,
        bookmarks: int = 0,
        likes: int = 0,
    ) -> Work:
        """
        Publish an ugoira.

        Args:
            frames: How many frames it has, of 100 milliseconds each, or the milliseconds of each.
            title: As of `add_illust`, likewise what follows.
            user: The author, or their id.
            size: Width and height of a frame in pixels.
            tags: Its tags.
            caption: HTML.
            date: When it was posted.
            x_restrict: 0 all ages, 1 R-18, 2 R-18G.
            restrict: 0 public, 1 for mypixiv, 2 private.
            views: How often it was seen.
            bookmarks: How often it is bookmarked.
            likes: How many like it.

        Returns:
            The work.

        Raises:
            InvalidArgument: There is no such user, or no frame.
        """
        delays = [100] * frames if isinstance(frames, int) else list(frames)
        work = self.add_illust(
            title=title, user=user, type="ugoira", pages=len(delays), size=size, tags=tags,
            caption=caption, date=date, x_restrict=x_restrict, restrict=restrict, views=views,
            bookmarks=bookmarks, likes=likes,
        )  # fmt: skip
        work.delays = delays
        return work

    def add_novel(
        self,
        *,
        title: str | None = None,
        text: str | None = None,
        user: UserOrId | None = None,
        tags: Iterable[str] = (),
        caption: str = "",
        date: dt.datetime | None = None,
        x_restrict: int = 0,
        restrict: int = 0,
        is_original: bool = True,
        ai_type: int = 1,
        views: int = 0,
        bookmarks: int = 0,
    ) -> Novel:
        """
        Publish a novel.

        Args:
            title: Title.
            text: Its text with pixiv's marks, such as ``[newpage]``.
            user: The author, or their id; by default a user who is not the account.
            tags: Its tags; R-18 novels have that tag before them.
            caption: HTML.
            date: When it was posted, as of `add_illust`.
            x_restrict: 0 all ages, 1 R-18, 2 R-18G.
            restrict: 0 public, 1 for mypixiv, 2 private.
            is_original: Whether its story is the author's own.
            ai_type: 0 unset, 1 not made by AI, 2 made by AI.
            views: How often it was seen.
            bookmarks: How often it is bookmarked, by users that nobody can look up.

        Returns:
            The novel.

        Raises:
            InvalidArgument: There is no such user.
        """
        _check_restrictions(x_restrict, restrict)
        number = len(self.world.novels)
        novel = self.world.add_novel(
            self.author_id(user),
            _title(number) if title is None else title,
            PARAGRAPHS[number % len(PARAGRAPHS)] if text is None else text,
            tags=_tags(tags, x_restrict),
        )
        novel.caption = caption
        novel.x_restrict, novel.restrict = x_restrict, restrict
        novel.is_original = is_original
        novel.ai_type = ai_type
        novel.views = views
        novel.old_bookmarks = bookmarks
        if date is not None:
            novel.date = _in_japan(date)
        _put_in_order(self.world.novels)
        return novel

    def user_id_of(self, user: UserOrId | None) -> int:
        """
        The id of *user*, or of the account.

        Raises:
            InvalidArgument: There is no such user.
        """
        if user is None:
            return self.world.account_id
        user_id = user if isinstance(user, int) else user.id
        if user_id not in self.world.users:
            raise InvalidArgument(f"user: there is no user {user_id} here; add_user makes one")
        return user_id

    def author_id(self, user: UserOrId | None) -> int:
        """The id of *user*, or of one who is not the account; likewise."""
        if user is not None:
            return self.user_id_of(user)
        others = (one for one in self.world.users if one != self.world.account_id)
        return next(others, 0) or self.add_user().id


def _title(number: int) -> str:
    return ADJECTIVES[number % len(ADJECTIVES)] + PLACES[number // 2 % len(PLACES)]


def _tags(tags: Iterable[str], x_restrict: int) -> list[str]:
    first = _X_TAGS.get(x_restrict, "")
    return ([first] if first else []) + [tag for tag in tags if tag != first]


def _pages(pages: int | Sequence[bytes], size: tuple[int, int]) -> list[WorkPage]:
    if isinstance(pages, int):
        width, height = size
        made = [WorkPage(width=width, height=height) for _ in range(pages)]
    else:
        made = [_page(content) for content in pages]
    if not made:
        raise InvalidArgument("pages: a work has one at least")
    return made


def _page(content: bytes) -> WorkPage:
    measured = measure_picture(content)
    if measured is None:
        raise InvalidArgument("pages: each must be a JPEG, PNG or GIF, or say how many there are")
    extension, width, height = measured
    return WorkPage(width=width, height=height, extension=extension, content=content)


def _check_restrictions(x_restrict: int, restrict: int) -> None:
    for name, value in (("x_restrict", x_restrict), ("restrict", restrict)):
        if value not in (0, 1, 2):
            raise InvalidArgument(f"{name}: must be 0, 1 or 2, not {value!r}")


def _in_japan(date: dt.datetime) -> dt.datetime:
    return (date.astimezone(JST) if date.tzinfo else date.replace(tzinfo=JST)).replace(
        microsecond=0
    )


def _put_in_order(works: dict[int, W]) -> None:
    """Put the work that was added last where its date belongs."""
    dates = [work.date for work in works.values()]
    if len(dates) > 1 and dates[-1] < dates[-2]:
        ordered = sorted(works.items(), key=lambda item: item[1].date)
        works.clear()
        works.update(ordered)
