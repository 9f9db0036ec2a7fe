"""Crawls of comments: each is followed by the replies to it."""

from __future__ import annotations

import httpx
import pytest
from support.script import ScriptedTransport, Seen, json_reply

from pixivkit import AccessToken, Pixiv
from pixivkit.errors import InvalidArgument, NotFound
from pixivkit.pixiv_url import NovelRef, WorkRef
from pixivkit.testing import FakePixiv
from pixivkit.testing.records import Target

pytestmark = pytest.mark.anyio


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=0, users=2)


def something_to_talk_about(fake: FakePixiv, target: Target) -> int:
    if target == "novel":
        return fake.world.add_novel(fake.account, "海", "text").id
    return fake.world.add_illust(fake.account, "海").id


@pytest.mark.parametrize("target", ["illust", "novel"])
class TestBothKinds:
    async def test_each_is_followed_by_its_replies(self, fake: FakePixiv, target: Target) -> None:
        world, me = fake.world, fake.account
        work = something_to_talk_about(fake, target)
        expected: list[tuple[int, int, int | None]] = []
        for number in range(70):
            root = world.comment(me, work, f"No. {number}", target=target)
            replies = [
                world.comment(me, work, "yes", target=target, parent_id=root.id)
                for _ in range({3: 1, 40: 65}.get(number, 0))
            ]
            thread = [(root.id, 0, None), *((one.id, 1, root.id) for one in replies)]
            expected = thread + expected
        async with fake.client() as px:
            found = [comment async for comment in px.crawl.comments(work, target)]
        assert [
            (c.id, c.depth, c.parent_comment and c.parent_comment.id) for c in found
        ] == expected
        assert fake.count(f"app.{target}.comments") == 3
        assert fake.count(f"app.{target}.comment_replies") == 1 + 3

    async def test_stamps(self, fake: FakePixiv, target: Target) -> None:
        work = something_to_talk_about(fake, target)
        fake.world.comment(fake.account, work, "", target=target, stamp_id=305)
        async with fake.client() as px:
            comment = await anext(px.crawl.comments(work, target))
        assert (comment.comment, comment.depth) == ("", 0)
        assert comment.stamp is not None
        assert comment.stamp.stamp_id == 305

    async def test_one_that_is_deleted_meanwhile_does_not_end_it(
        self, fake: FakePixiv, target: Target
    ) -> None:
        work = something_to_talk_about(fake, target)
        roots = [fake.world.comment(fake.account, work, "a", target=target) for _ in range(3)]
        for root in roots:
            fake.world.comment(fake.account, work, "b", target=target, parent_id=root.id)
        found: list[int] = []
        async with fake.client() as px:
            async for comment in px.crawl.comments(work, target):
                found.append(comment.id)
                if comment.id == roots[1].id:
                    fake.world.delete_comment(roots[1].id)
        assert [one for one in found if one in {root.id for root in roots}] == [
            root.id for root in reversed(roots)
        ]
        assert len(found) == 5

    async def test_what_is_written_meanwhile_repeats_nothing(
        self, fake: FakePixiv, target: Target
    ) -> None:
        work = something_to_talk_about(fake, target)
        for _ in range(80):
            fake.world.comment(fake.account, work, "a", target=target)
        before = sorted(fake.world.comments, reverse=True)
        found: list[int] = []
        async with fake.client() as px:
            async for comment in px.crawl.comments(work, target):
                found.append(comment.id)
                if len(found) % 20 == 0:
                    fake.world.comment(fake.account, work, "new", target=target)
        assert found == before

    async def test_nothing_to_comment_on(self, fake: FakePixiv, target: Target) -> None:
        async with fake.client() as px:
            with pytest.raises(NotFound):
                await anext(px.crawl.comments(1, target))


async def test_only_a_comment_that_says_it_has_replies_is_asked_for_them() -> None:
    """Not one that is broken, says nothing of it, or is what is left of a deleted one."""

    def answer(seen: Seen) -> httpx.Response:
        if "replies" in seen.path:
            return json_reply({"comments": [{"id": 6}, {"id": []}, {"id": 7}], "next_url": None})
        comments = [
            {"id": 1, "has_replies": False},
            {"id": [], "has_replies": True},
            "?",
            {"id": 2, "comment": "", "user": {"id": 0}},
            {"id": 3, "has_replies": None},
            {"id": 4, "has_replies": "many"},
            {"id": 5, "has_replies": True},
        ]
        return json_reply({"comments": comments, "next_url": None})

    transport = ScriptedTransport(answer)
    async with Pixiv(app=AccessToken("token"), transport=transport, pace=None) as px:
        found = [(one.id, one.depth) async for one in px.crawl.comments(140000001)]
    assert found == [(1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 1), (7, 1)]
    asked = [seen.query.get("comment_id") for seen in transport.seen]
    assert asked == [None, "5"]


async def test_any_form_of_a_work_or_novel(fake: FakePixiv) -> None:
    work = something_to_talk_about(fake, "illust")
    novel = something_to_talk_about(fake, "novel")
    on_work = fake.world.comment(fake.account, work, "a")
    on_novel = fake.world.comment(fake.account, novel, "b", target="novel")
    async with fake.client() as px:
        works = [
            px.crawl.comments(work),
            px.crawl.comments(str(work)),
            px.crawl.comments(WorkRef(work)),
            px.crawl.comments(f"https://www.pixiv.net/artworks/{work}"),
            px.crawl.comments(await px.app.illust.detail(work)),
            px.crawl.comments(await px.web.illust.detail(work)),
        ]
        novels = [
            px.crawl.comments(novel, "novel"),
            px.crawl.comments(NovelRef(novel)),
            px.crawl.comments(f"https://www.pixiv.net/novel/show.php?id={novel}"),
            px.crawl.comments(await px.app.novel.detail(novel)),
            px.crawl.comments(await px.app.novel.text(novel)),
        ]
        for crawls, expected in ((works, on_work), (novels, on_novel)):
            for crawl in crawls:
                assert [comment.id async for comment in crawl] == [expected.id]


async def test_what_is_neither_is_refused_before_anything_is_sent(fake: FakePixiv) -> None:
    async with fake.client() as px:
        for what, kind, message in (
            ("https://www.pixiv.net/users/90000001", None, "not a work or a novel.*users"),
            (NovelRef(7), "illust", "this is a novel.*for works"),
            (WorkRef(7), "novel", "this is a work.*for novels"),
            (-1, None, "-1 is no id"),
            (True, None, "no id"),
        ):
            with pytest.raises(InvalidArgument, match=message):
                px.crawl.comments(what, kind)  # type: ignore[arg-type]
    assert fake.log == []
