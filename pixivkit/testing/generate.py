"""Makes a world from a seed."""

from __future__ import annotations

import datetime as dt
import random

from .records import JST, Kind, User, Work, WorkPage
from .sample_texts import ADJECTIVES, CAPTIONS, COMMENTS, NAMES, PARAGRAPHS, PLACES, TAGS, TOOLS
from .world import World

__all__ = ["generate_world"]

_SIZES = ((1200, 900), (900, 1200), (1000, 1000), (2480, 3508), (1600, 900), (1414, 2000))
_COMMON_TAGS = tuple(tag for tag in TAGS if tag not in ("漫画", "うごイラ", "R-18", "オリジナル"))


def generate_world(
    seed: int = 0, works: int = 600, users: int = 40, *, now: dt.datetime | None = None
) -> World:
    """
    Make a world, always the same for the same arguments.

    Args:
        seed: Decides everything that is generated.
        works: How many illustrations, manga and ugoira there are.
        users: How many users there are, 2 at least.
        now: Its time; a fixed one by default. Without a zone it is Japan's.
    """
    if users < 2:
        msg = "a world needs the account and another user"
        raise ValueError(msg)
    # A string, so that neighbouring seeds have nothing in common.
    rng = random.Random(f"pixivkit {seed}")
    if now is None:
        world = World()
    else:
        local = now.astimezone(JST) if now.tzinfo else now.replace(tzinfo=JST)
        world = World(now=local.replace(microsecond=0))
    now = world.now
    for index in range(users):
        _user(world, rng, index, now)
    people = list(world.users.values())
    world.account_id = people[0].id
    world.account.is_premium = True
    beginning = now - dt.timedelta(days=720)
    gap = dt.timedelta(days=719) / max(works, 1)
    for index in range(works):
        moment = beginning + gap * index + dt.timedelta(seconds=rng.randrange(30))
        _work(world, rng, people, moment.replace(microsecond=0))
    _series(world, people)
    _relations(world, rng, people)
    _comments(world, rng, people)
    _texts(world, rng, people)
    _novels(world, random.Random(f"pixivkit novels {seed}"), people, min(works // 3, 200))
    return world


def _user(world: World, rng: random.Random, index: int, now: dt.datetime) -> None:
    name, account = NAMES[index % len(NAMES)]
    if round_ := index // len(NAMES):
        name, account = f"{name}{round_ + 1}", f"{account}{round_ + 1}"
    joined = now - dt.timedelta(days=rng.randrange(800, 4000), seconds=rng.randrange(86400))
    user = world.add_user(name, account, joined=joined)
    user.comment = rng.choice(("", "描いたり撮ったり。", "Mostly landscapes.\nBe kind."))
    user.is_premium = rng.random() < 0.3
    user.accepts_requests = rng.random() < 0.4
    user.avatar_extension = rng.choice(("jpg", "jpg", "png", ""))


def _work(world: World, rng: random.Random, people: list[User], date: dt.datetime) -> Work:
    # The first few users draw the most, so that lists of one author have several pages.
    author = people[min(int(rng.expovariate(8 / len(people))), len(people) - 1)]
    kind: Kind = rng.choices(("illust", "manga", "ugoira"), (75, 20, 5))[0]
    count = 1
    if kind == "manga":
        count = rng.randrange(2, 13)
    elif kind == "illust" and rng.random() < 0.25:
        count = rng.randrange(2, 6)
    tags = [*rng.sample(_COMMON_TAGS, rng.randrange(1, 5))]
    if rng.random() < 0.6:
        tags.insert(0, "オリジナル")
    tags += {"manga": ["漫画"], "ugoira": ["うごイラ"]}.get(kind, [])
    width, height = rng.choice(_SIZES)
    extension = "jpg" if kind == "ugoira" else rng.choice(("jpg", "png", "png"))
    work = Work(
        id=0,
        user_id=author.id,
        title=rng.choice(ADJECTIVES) + rng.choice(PLACES),
        kind=kind,
        caption=rng.choice(CAPTIONS),
        tags=tags,
        date=date,
        pages=[WorkPage(width=width, height=height, extension=extension) for _ in range(count)],
        tools=rng.sample(TOOLS, rng.randrange(3)),
        ai_type=2 if rng.random() < 0.05 else 1,
        views=rng.randrange(50, 60_000),
        old_bookmarks=int(rng.paretovariate(0.8) * 10) % 30_000,
    )
    work.old_likes = work.old_bookmarks * 2 // 3
    if kind == "ugoira":
        work.delays = [rng.choice((60, 80, 120)) for _ in range(rng.randrange(4, 12))]
        work.pages = [WorkPage(width=width, height=height) for _ in work.delays]
    chance = rng.random()
    if chance < 0.05:
        work.x_restrict, work.sanity_level = 1, 6
        work.tags.insert(0, "R-18")
    elif chance < 0.06:
        work.restrict = 1
    elif chance < 0.075:
        work.sanity_limited, work.sanity_level = True, 4
    return world.publish(work)


def _series(world: World, people: list[User]) -> None:
    for author in people:
        manga = [
            work for work in world.works.values()
            if work.user_id == author.id and work.kind == "manga" and not work.restrict
        ]  # fmt: skip
        if len(manga) < 2:
            continue
        series = world.add_series(author.id, f"{author.name}の物語", manga)
        series.caption = "毎月更新"
        if author.id != world.account_id:
            world.watch_list.setdefault(world.account_id, []).append(series.id)


def _relations(world: World, rng: random.Random, people: list[User]) -> None:
    account, others = people[0], people[1:]
    for user in people:
        for other in people:
            if other is user:
                continue
            always = user is account or other is account
            if always or rng.random() < 0.2:
                private = user is account and rng.random() < 0.1
                world.follow(user.id, other.id, restrict=int(private))
    for other in others[:3]:
        world.befriend(account.id, other.id)
    open_works = [work for work in world.works.values() if not work.restrict]
    for user in people:
        most = 130 if user is account else 12
        chosen = rng.sample(open_works, min(most, len(open_works) * 2 // 3))
        for work in chosen:
            restrict = int(rng.random() < 0.1)
            tags = work.tags[:1] if rng.random() < 0.5 else []
            world.bookmark(user.id, work.id, restrict=restrict, tags=tags)
            if rng.random() < 0.5:
                world.like(user.id, work.id)


def _comments(world: World, rng: random.Random, people: list[User]) -> None:
    works = list(world.works.values())
    if not works:
        return
    # One work with several pages of comments.
    busy = next((work for work in works if not work.restrict and not work.x_restrict), works[0])
    for work in (*rng.sample(works, len(works) // 4), *([busy] * 60)):
        count = 1 if work is busy else rng.randrange(1, 4)
        for _ in range(count):
            writer = rng.choice(people)
            if rng.random() < 0.15:
                root = world.comment(writer.id, work.id, "", stamp_id=rng.randrange(301, 311))
            else:
                root = world.comment(writer.id, work.id, rng.choice(COMMENTS))
            if rng.random() < 0.3:
                world.comment(work.user_id, work.id, rng.choice(COMMENTS), parent_id=root.id)


def _texts(world: World, rng: random.Random, people: list[User]) -> None:
    for author in people[: max(2, len(people) // 2)]:
        for _ in range(rng.randrange(1, 3)):
            title = rng.choice(ADJECTIVES) + rng.choice(PLACES)
            text = "\n\n[newpage]\n\n".join(rng.sample(PARAGRAPHS, len(PARAGRAPHS)))
            novel = world.add_novel(author.id, title, text, tags=rng.sample(_COMMON_TAGS, 2))
            novel.cover_id = rng.randrange(12)
            novel.is_original = rng.random() < 0.5
            novel.old_bookmarks = rng.randrange(900)
            novel.views = novel.old_bookmarks * 20
    for number in range(35):
        title = rng.choice(ADJECTIVES) + rng.choice(PLACES) if number % 9 else ""
        draft = world.add_draft(people[0].id, title, rng.choice(PARAGRAPHS))
        draft.tags = rng.sample(_COMMON_TAGS, rng.randrange(3))
        draft.restrict = rng.choice(("public", "private"))
        draft.cover_id = rng.randrange(12)


def _novels(world: World, rng: random.Random, people: list[User], count: int) -> None:
    """More novels, some of them in series, with bookmarks, comments and markers."""
    for index in range(count):
        author = people[index % max(1, len(people) // 2)]
        text = "\n\n[newpage]\n\n".join(rng.choices(PARAGRAPHS, k=rng.randrange(1, 5)))
        tags = rng.sample(_COMMON_TAGS, rng.randrange(1, 4))
        novel = world.add_novel(
            author.id, rng.choice(ADJECTIVES) + rng.choice(PLACES), text, tags=tags
        )
        novel.caption = rng.choice(CAPTIONS)
        novel.cover_id = rng.randrange(12)
        novel.is_original = rng.random() < 0.5
        novel.ai_type = 2 if rng.random() < 0.05 else 1
        novel.old_bookmarks = rng.randrange(900)
        novel.views = novel.old_bookmarks * 20
        if rng.random() < 0.08:
            novel.x_restrict = 1
            novel.tags.insert(0, "R-18")
    for author in people:
        mine = [novel for novel in world.novels.values() if novel.user_id == author.id]
        if len(mine) > 1:
            series = world.add_novel_series(author.id, f"{author.name}の小説", mine[::2])
            series.caption = "毎月更新"
            series.is_concluded = rng.random() < 0.5
    novels = list(world.novels.values())
    for user in people:
        most = 45 if user is people[0] else 8
        for novel in rng.sample(novels, min(most, len(novels) * 2 // 3)):
            tags = novel.tags[:1] if rng.random() < 0.5 else []
            restrict = int(rng.random() < 0.1)
            world.bookmark(user.id, novel.id, restrict=restrict, tags=tags, target="novel")
    for number in range(40 if count else 0):
        root = world.comment(
            rng.choice(people).id, novels[0].id, rng.choice(COMMENTS), target="novel"
        )
        if number % 3 == 0:
            text = rng.choice(COMMENTS)
            world.comment(novels[0].user_id, novels[0].id, text, target="novel", parent_id=root.id)
    for novel in novels[1::3]:
        world.mark_novel(world.account_id, novel.id, rng.randrange(novel.page_count) + 1)
