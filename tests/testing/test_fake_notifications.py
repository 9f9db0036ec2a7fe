"""Notifications of the fake: what others did with what the account has posted."""

from __future__ import annotations

import pytest

from pixivkit.errors import NotFound
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio


async def test_bookmarks_and_followers_are_told_newest_first() -> None:
    fake = FakePixiv(works=0)
    work, novel = fake.add_illust(user=fake.account), fake.add_novel(user=fake.account)
    readers = [fake.add_user(name=name) for name in ("Aoi", "Ren & Co.", "Sora")]
    fake.follow(fake.account, by=readers[0])
    for reader in readers:
        fake.bookmark(work, by=reader)
    fake.bookmark(novel, by=readers[1])
    fake.bookmark(novel, by=readers[2], private=True)
    fake.bookmark(work)
    async with fake.client() as px:
        told = [one async for one in px.app.notification.list()]
        assert [(one.type, one.target_url) for one in told] == [
            (7, f"pixiv://novels/{novel.id}"),
            (7, f"pixiv://illusts/{work.id}"),
            (8, f"pixiv://users/{readers[0].id}"),
        ]
        texts = [one.content.text for one in told if one.content]
        assert texts[0].startswith("<b>Ren &amp; Co.</b>")
        assert [one.view_more is not None for one in told] == [False, True, False]
        several = [one async for one in px.app.notification.view_more(told[1].id)]
        assert len(several) == 3
        with pytest.raises(NotFound):
            await px.app.notification.view_more(told[0].id).first()


async def test_what_is_taken_back_is_told_no_more() -> None:
    fake = FakePixiv(works=0)
    work = fake.add_illust(user=fake.account)
    reader = fake.add_user(name="Aoi")
    fake.bookmark(work, by=reader)
    fake.world.unbookmark(reader.id, work.id)
    async with fake.client() as px:
        assert [one async for one in px.app.notification.list()] == []
