"""The fake pixiv: the App API, tokens, and what it refuses."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any, cast

import httpx
import pytest

from pixivkit import REGISTRY, AccessToken, Auth, Pixiv, UploadFile, errors
from pixivkit.app.oauth import AuthApi
from pixivkit.testing import FakeClock, FakePixiv, generate_world
from pixivkit.testing.picture_files import make_picture
from pixivkit.testing.world import Work

pytestmark = pytest.mark.anyio

APP = "https://app-api.pixiv.net"
WEB = "https://www.pixiv.net"
BROWSER = {"user-agent": "Mozilla/5.0", "referer": f"{WEB}/"}


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=150, users=12)


@pytest.fixture
async def http(fake: FakePixiv) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(cast("Any", fake.application))
    async with httpx.AsyncClient(transport=transport) as client:
        yield client


@pytest.fixture
def bearer(fake: FakePixiv) -> dict[str, str]:
    return {"authorization": f"Bearer {fake.credentials.new_access_token(fake.account)}"}


@pytest.fixture
def session(fake: FakePixiv) -> dict[str, str]:
    return {**BROWSER, "cookie": f"PHPSESSID={fake.session_cookie}"}


def shown(fake: FakePixiv) -> Work:
    """A work of somebody else that everybody sees."""
    return next(
        work
        for work in fake.world.works.values()
        if work.user_id != fake.account
        and not (work.restrict or work.x_restrict or work.sanity_limited)
    )


def message(response: httpx.Response) -> str:
    return str(response.json()["error"]["message"])


# Worlds


def test_the_same_seed_makes_the_same_world() -> None:
    first, second, other = generate_world(3, 80), generate_world(3, 80), generate_world(4, 80)
    assert (first.users, first.works, first.comments) == (
        second.users,
        second.works,
        second.comments,
    )
    assert (first.bookmarks, first.follows, first.drafts) == (
        second.bookmarks,
        second.follows,
        second.drafts,
    )
    assert first.works != other.works
    assert FakePixiv(3, 5, 3).refresh_token == FakePixiv(3, 5, 3).refresh_token


@pytest.mark.parametrize("works", [0, 1, 700])
def test_a_world_has_as_many_works_as_asked_for(works: int) -> None:
    world = generate_world(1, works, 5)
    assert (len(world.works), len(world.users)) == (works, 5)
    newest = [work.date for work in world.newest(world.account)]
    assert newest == sorted(newest, reverse=True)


def test_what_is_done_to_a_world_is_read_back() -> None:
    world = generate_world(0, 30, 4)
    me, other = list(world.users)[:2]
    work = world.add_illust(other, "New", tags=["空"])
    assert world.works_of(other)[0] is work
    bookmark = world.bookmark(me, work.id, restrict=1, tags=["a"])
    assert world.bookmarks_of(me, restrict=1, tag="a") == [bookmark]
    assert world.bookmark(me, work.id).id == bookmark.id
    assert world.bookmark_count(work.id) == 1
    assert (world.like(me, work.id), world.like(me, work.id)) == (False, True)
    assert world.like_count(work.id) == 1
    world.follow(me, other)
    assert world.is_followed(world.users[me], other)
    assert world.unfollow(me, other)
    assert not world.unfollow(me, other)
    root = world.comment(me, work.id, "hello")
    reply = world.comment(other, work.id, "hi", parent_id=root.id)
    assert world.root_comments(work.id) == [root]
    assert world.replies_to(root.id) == [reply]
    world.delete_comment(root.id)
    assert world.comments_on(work.id) == []
    world.delete_illust(work.id)
    assert work not in world.works_of(other)
    assert world.unbookmark(me, work.id)


def test_search_takes_words_alternatives_and_exclusions() -> None:
    world = generate_world(0, 0, 2)
    first = world.add_illust(world.account_id, "Cat at sea", tags=["ねこ", "海辺"])
    second = world.add_illust(world.account_id, "Dog", tags=["いぬ", "海"])
    assert world.search("海") == [second, first]
    assert world.search("海", match="exact") == [second]
    assert world.search("ねこ OR いぬ") == [second, first]
    assert world.search("海 -いぬ") == [first]
    assert world.search("cat", match="text") == [first]


# The App API through a client


async def test_lists_page_to_their_end(fake: FakePixiv) -> None:
    world, user = fake.world, fake.user
    async with fake.client() as px:
        mine = [work.id async for work in px.app.user.illusts(fake.account)]
        assert mine == [work.id for work in world.works_of(fake.account, user)]
        assert len(mine) > 30
        found = [work.id async for work in px.app.search.illust("オリジナル")]
        assert found == [work.id for work in world.search("オリジナル", user)]
        assert len(found) > 60
        drafts = [d.novel_draft_id async for d in px.app.user.novel_draft_previews()]
        assert drafts == [draft.id for draft in world.drafts_of(fake.account)]
        assert len(drafts) > 30
    assert fake.count("app.search.illust") == -(-len(found) // 30)


async def test_kinds_of_works_of_a_user(fake: FakePixiv) -> None:
    async with fake.client() as px:
        manga = [work async for work in px.app.user.illusts(fake.account, type="manga")]
        assert {work.type for work in manga} == {"manga"}
        assert all(work.series for work in manga if not work.restrict)
        nobody = await px.app.user.illusts(1).first()
        assert nobody.items == []


async def test_search_narrows_and_sorts(fake: FakePixiv) -> None:
    async with fake.client() as px:
        oldest = [
            work async for work in px.app.search.illust("オリジナル", sort="date_asc")
        ]  # fmt: skip
        assert oldest == sorted(oldest, key=lambda work: work.id)
        best = [work async for work in px.app.search.illust("オリジナル", sort="popular_desc")]
        counts = [w.total_bookmarks or 0 for w in best if w.visible]
        assert counts == sorted(counts, reverse=True)
        some = [
            work
            async for work in px.app.search.illust(
                "オリジナル",
                ratio_pattern="portrait",
                start_date="2026-01-01",
                search_ai_type=1,
                bookmark_num_min=10,
            )
        ]
        assert some
        for work in some:
            if work.visible:
                assert work.height > work.width
                assert work.create_date is not None
                assert work.create_date.year == 2026
                assert work.total_bookmarks is not None and work.total_bookmarks >= 10
        fake.user.is_premium = False
        with pytest.raises(errors.PremiumRequired) as caught:
            await px.app.search.illust("猫", sort="popular_desc").first()
        assert "premium" in caught.value.user_message


async def test_an_uploaded_work_lives_and_is_deleted(fake: FakePixiv) -> None:
    pages = [make_picture("png", 300, 200, "a"), make_picture("jpg", 40, 50, "b")]
    async with fake.client(clock=FakeClock()) as px:
        published = await px.publish(
            px.app.upload.illust(
                "灯り",
                [UploadFile(pages[0], name="a.png"), pages[1]],
                caption="two pages",
                type="manga",
                tags=["空", "夜"],
                restrict="private",
                is_sexual=True,
            )
        )
        work = await px.app.illust.detail(published.illust_id)
        assert (work.title, work.caption, work.type) == ("灯り", "two pages", "manga")
        assert [tag.name for tag in work.tags] == ["空", "夜"]
        assert (work.width, work.height, work.page_count) == (300, 200, 2)
        assert (work.restrict, work.sanity_level) == (2, 4)
        assert [url.rpartition(".")[2] for url in work.original_urls] == ["png", "jpg"]
        first = await px.app.user.illusts(fake.account).first()
        assert first.items[0].id == work.id
        comment = await px.app.illust.comment_add(work.id, "すてき (heart)")
        reply = await px.app.illust.comment_add(
            work.id, "ありがとう", parent_comment_id=comment.id
        )
        assert reply.parent_comment is not None
        assert (reply.parent_comment.id, reply.parent_comment.has_replies) == (comment.id, True)
        stamp = await px.app.illust.comment_add(work.id, None, stamp_id=303)
        assert stamp.stamp is not None
        assert (stamp.comment, stamp.stamp.stamp_id) == ("", 303)
        assert (await px.app.illust.detail(work.id)).total_comments == 3
        await px.app.illust.comment_delete(comment.id)
        assert (await px.app.illust.detail(work.id)).total_comments == 1
        await px.app.illust.delete(work.id)
        with pytest.raises(errors.NotFound):
            await px.app.illust.detail(work.id)
    upload = next(one for one in fake.log if one.endpoint == "app.upload.illust")
    assert [file.content for file in upload.files] == pages
    assert upload.files[0].name == "a.png"
    assert [value for key, value in upload.fields if key == "tags[]"] == ["空", "夜"]


async def test_drafts_and_novels(fake: FakePixiv) -> None:
    async with fake.client() as px:
        made = await px.app.upload.novel_draft(
            "夜", "本文[newpage]次", cover_id=3, tags=["短編"], is_original=True, x_restrict="r18"
        )
        previews = await px.app.user.novel_draft_previews().first()
        assert previews.items[0].novel_draft_id == made.novel_draft_id
        assert previews.items[0].shortened_text == "本文[newpage]次"
        draft = await px.app.user.novel_draft_detail(made.novel_draft_id)
        assert (draft.title, draft.text, draft.cover_id) == ("夜", "本文[newpage]次", 3)
        assert (draft.tags, draft.is_original, draft.x_restrict) == (["短編"], 1, "r18")
        await px.app.user.novel_draft_delete(made.novel_draft_id)
        with pytest.raises(errors.NotFound):
            await px.app.user.novel_draft_detail(made.novel_draft_id)
        assert [cover.id for cover in await px.app.upload.novel_covers()] == list(range(12))
        novel = await px.app.upload.novel("夜", "本文")
        comment = await px.app.novel.comment_add(novel.novel_id, "よい")
        await px.app.novel.comment_delete(comment.id)
        await px.app.novel.delete(novel.novel_id)
        with pytest.raises(errors.NotFound):
            await px.app.novel.comment_add(novel.novel_id, "まだ")


async def test_ugoira_metadata(fake: FakePixiv) -> None:
    ugoira = next(w for w in fake.world.works.values() if w.kind == "ugoira")
    async with fake.client() as px:
        metadata = await px.app.ugoira.metadata(ugoira.id)
        assert [frame.delay for frame in metadata.frames] == ugoira.delays
        with pytest.raises(errors.NotFound):
            await px.app.ugoira.metadata(shown(fake).id if shown(fake).kind != "ugoira" else 1)


async def test_hidden_works_are_stubs(fake: FakePixiv) -> None:
    work = shown(fake)
    async with fake.client() as px:
        work.sanity_limited = True
        assert (await px.app.illust.detail(work.id)).availability == "sanity_limited"
        work.sanity_limited, work.restrict = False, 1
        fake.world.mypixiv.clear()
        assert (await px.app.illust.detail(work.id)).availability == "mypixiv_only"
        work.restrict, work.x_restrict, fake.user.shows_r18 = 0, 1, False
        assert (await px.app.illust.detail(work.id)).availability == "r18_limited"
        work.restrict = 2
        with pytest.raises(errors.NotFound):
            await px.app.illust.detail(work.id)


async def test_others_things_cannot_be_deleted(fake: FakePixiv) -> None:
    work = shown(fake)
    comment = fake.world.comment(work.user_id, work.id, "mine")
    async with fake.client() as px:
        with pytest.raises(errors.Restricted):
            await px.app.illust.delete(work.id)
        with pytest.raises(errors.Restricted):
            await px.app.illust.comment_delete(comment.id)
    assert comment.id in fake.world.comments


async def test_both_apis_show_the_same(fake: FakePixiv) -> None:
    work = shown(fake)
    fake.world.unbookmark(fake.account, work.id)
    async with fake.client() as px:
        before = await px.app.illust.detail(work.id)
        assert not before.is_bookmarked
        await px.web.illust.bookmark_add(work.id, tags=["後で"])
        after = await px.app.illust.detail(work.id)
        assert after.is_bookmarked
        assert before.total_bookmarks is not None
        assert after.total_bookmarks == before.total_bookmarks + 1
        comment = await px.app.illust.comment_add(work.id, "こんにちは")
        roots = await px.web.illust.comments_roots(work.id).first()
        assert roots.items[0].id == comment.id


# Tokens


async def test_tokens_expire_and_are_renewed_once(fake: FakePixiv) -> None:
    async with fake.client() as px:
        await px.app.upload.novel_covers()
        fake.expire_tokens()
        await px.gather([px.app.upload.novel_covers() for _ in range(10)])
    assert fake.count("oauth.auth.token_refresh") == 2


async def test_tokens_last_an_hour() -> None:
    clock = FakeClock()
    timed = FakePixiv(works=3, users=2, clock=clock)
    token = timed.credentials.new_access_token(timed.account)
    async with timed.client(app=AccessToken(token)) as px:
        await px.app.upload.novel_covers()
        clock.advance(3600)
        with pytest.raises(errors.AuthError, match="invalid_grant"):
            await px.app.upload.novel_covers()


async def test_refresh_tokens_rotate(fake: FakePixiv) -> None:
    fake.rotate_refresh_tokens = True
    async with Pixiv(transport=fake.transport) as px:
        token = await AuthApi(px).token_refresh(fake.refresh_token)
        assert token.refresh_token != fake.refresh_token
        with pytest.raises(errors.RefreshTokenInvalid, match="Invalid refresh token"):
            await AuthApi(px).token_refresh(fake.refresh_token)
        again = await AuthApi(px).token_refresh(token.refresh_token)
        assert again.user is not None
        assert again.user.id == fake.account


async def test_codes_are_good_once_and_for_their_verifier(fake: FakePixiv) -> None:
    digest = hashlib.sha256(b"verifier").digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    async with Pixiv(transport=fake.transport) as px:
        oauth = AuthApi(px)
        token = await oauth.token_code(
            fake.credentials.new_login_code(challenge), "verifier"
        )  # fmt: skip
        assert token.access_token in fake.credentials.access_tokens
        with pytest.raises(errors.RefreshTokenInvalid):
            await oauth.token_code(fake.credentials.new_login_code(challenge), "another")
        await oauth.token_code(fake.login_code, "anything")
        assert fake.count("oauth.auth.token_code") == 3
        with pytest.raises(errors.RefreshTokenInvalid, match="expired"):
            await oauth.token_code(fake.login_code, "anything")


async def test_the_login_leads_to_a_code(http: httpx.AsyncClient) -> None:
    query = {"code_challenge": "c", "code_challenge_method": "S256", "client": "pixiv-android"}
    reply = await http.get(f"{APP}/web/v1/login", params=query)
    assert reply.status_code == 302
    assert reply.headers["location"].startswith("pixiv://account/login?code=")


async def test_token_errors_are_pixivs(http: httpx.AsyncClient) -> None:
    url = "https://oauth.secure.pixiv.net/auth/token"
    reply = await http.post(url, data={"grant_type": "password"})
    assert reply.status_code == 400
    assert reply.json()["has_error"] is True
    assert reply.json()["errors"]["system"]["code"] == 1508


# Refusals


async def test_app_refuses_bad_bearers(http: httpx.AsyncClient, fake: FakePixiv) -> None:
    url = f"{APP}/v1/illust/detail?illust_id={shown(fake).id}"
    missing = await http.get(url)
    assert missing.status_code == 400
    assert message(missing).startswith("Error occurred at the OAuth process.")
    assert message(missing).endswith("invalid_request")
    wrong = await http.get(url, headers={"authorization": "Bearer nonsense"})
    assert (wrong.status_code, message(wrong).rsplit(" ", 1)[1]) == (400, "invalid_grant")
    assert set(wrong.json()["error"]) == {
        "user_message", "message", "reason", "user_message_details",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ("/v1/illust/detail", "illust_id"),
        ("/v1/illust/detail?illust_id=x", "illust_id"),
        ("/v1/illust/detail?illust_id=1&colour=red", "colour"),
        ("/v1/search/illust?word=a&sort=sideways", "sort"),
        ("/v1/search/illust?word=a&start_date=yesterday", "start_date"),
        ("/v1/search/illust?word=%20", "word"),
        ("/v1/search/illust?word=a&offset=5001", "offset"),
        ("/v1/user/illusts?user_id=1&offset=-1", "offset"),
        ("/v1/user/novel-draft-previews?offset=6000", "offset"),
    ],
)
async def test_app_refuses_bad_parameters(
    http: httpx.AsyncClient, bearer: Mapping[str, str], target: str, key: str
) -> None:
    reply = await http.get(APP + target, headers=bearer)
    assert reply.status_code == 400
    problems: dict[str, list[str]] = json.loads(message(reply))
    assert list(problems) == [key]
    if "5001" in target:
        assert problems == {"offset": ["offset must be no more than 5000"]}


async def test_app_refuses_wrong_methods_and_paths(
    http: httpx.AsyncClient, bearer: Mapping[str, str]
) -> None:
    for reply in (
        await http.post(f"{APP}/v1/illust/detail", headers=bearer, data={"illust_id": "1"}),
        await http.get(f"{APP}/v1/illust/delete?illust_id=1", headers=bearer),
        await http.get(f"{APP}/v9/nothing", headers=bearer),
        await http.get(f"{APP}/v1/illust/detail/", headers=bearer),
    ):
        assert reply.status_code == 404
        assert reply.json()["error"]["user_message"] == "Specified end-point doesn't exist"


async def test_web_refuses_bots_and_strangers(
    http: httpx.AsyncClient, session: dict[str, str], fake: FakePixiv
) -> None:
    url = f"{WEB}/ajax/user/extra"
    bot = await http.get(url, headers={**session, "user-agent": "python-httpx/0.28"})
    assert bot.status_code == 403
    assert "html" in bot.headers["content-type"]
    stranger = await http.get(url, headers=BROWSER)
    assert stranger.status_code == 401
    assert stranger.json()["error"] is True
    bare = {key: value for key, value in session.items() if key != "referer"}
    assert (await http.get(url, headers=bare)).status_code == 403
    known = await http.get(url, headers=session)
    assert known.headers["x-userid"] == str(fake.account)
    lost = await http.get(f"{WEB}/ajax/nothing", headers=session)
    assert (lost.status_code, lost.json()["error"]) == (404, True)
    odd = await http.get(f"{url}?colour=red", headers=session)
    assert (odd.status_code, odd.json()["message"]) == (400, "colour is unknown")
    assert (await http.get(f"{url}?lang=en", headers=session)).status_code == 200


async def test_web_writes_need_the_csrf_token_and_json(
    http: httpx.AsyncClient, session: dict[str, str], fake: FakePixiv
) -> None:
    url = f"{WEB}/ajax/illusts/like"
    body = {"illust_id": str(shown(fake).id)}
    missing = await http.post(url, headers=session, json=body)
    wrong = await http.post(url, headers={**session, "x-csrf-token": "0" * 32}, json=body)
    assert (missing.status_code, wrong.status_code) == (400, 403)
    assert "token" in missing.json()["message"]
    good = {**session, "x-csrf-token": fake.csrf_token}
    assert (await http.post(url, headers=good, data=body)).status_code == 400
    number = {"illust_id": shown(fake).id}
    assert (await http.post(url, headers=good, json=number)).status_code == 400
    assert (await http.post(url, headers=good, json=body)).json()["error"] is False


async def test_a_renewed_csrf_token_is_read_again(fake: FakePixiv) -> None:
    async with fake.client() as px:
        await px.web.illust.like(shown(fake).id)
        fake.credentials.renew_csrf()
        await px.web.illust.like(shown(fake).id)
    assert fake.count("web.page") == 2
    assert fake.count("web.illust.like") == 3


async def test_the_page_holds_the_token_as_json_in_json(
    http: httpx.AsyncClient, session: dict[str, str], fake: FakePixiv
) -> None:
    page = (await http.get(f"{WEB}/", headers=session)).text
    script = page.split('type="application/json">')[1].split("</script>")[0]
    state = json.loads(script)["props"]["pageProps"]["serverSerializedPreloadedState"]
    assert json.loads(state)["api"]["token"] == fake.csrf_token


# Every endpoint, faults, sockets


async def test_every_endpoint_refuses_who_is_not_logged_in(http: httpx.AsyncClient) -> None:
    for endpoint in REGISTRY.values():
        if endpoint.auth in (Auth.NONE, Auth.OPTIONAL):
            continue
        path = endpoint.path.format_map({param.name: "1" for param in endpoint.params})
        reply = await http.request(endpoint.method, endpoint.base.url + path, headers=BROWSER)
        assert reply.status_code == (400 if endpoint.auth is Auth.BEARER else 401), endpoint.name


async def test_failures_can_be_ordered(fake: FakePixiv) -> None:
    clock = FakeClock()
    async with fake.client(clock=clock) as px:
        fake.fail_next("app.illust.detail", status=429, headers={"retry-after": "7"})
        await px.app.illust.detail(shown(fake).id)
        assert sum(clock.slept) >= 7
        fake.fail_next("app.illust.detail", status=403)
        with pytest.raises(errors.Restricted):
            await px.app.illust.detail(shown(fake).id)
        fake.fail_next("app.illust.comment_add", status=500, body={"error": {"message": "x"}})
        with pytest.raises(errors.ServerError, match="x"):
            await px.app.illust.comment_add(shown(fake).id, "a")
        fake.fail_next("web.top.illust", status=503, times=2)
        await px.web.top.illust()
        assert fake.count("web.top.illust") == 3


async def test_middleware_is_around_every_answer(fake: FakePixiv) -> None:
    seen: list[str] = []

    def watch(inner: Any) -> Any:
        async def application(scope: Any, receive: Any, send: Any) -> None:
            seen.append(scope["pixivkit.received"].endpoint)
            await inner(scope, receive, send)

        return application

    fake.middleware.append(watch)
    async with fake.client() as px:
        await px.app.upload.novel_covers()
    assert seen == ["oauth.auth.token_refresh", "app.upload.novel_covers"]


async def test_it_is_served_on_a_socket(fake: FakePixiv) -> None:
    async with fake.serve() as server, server.client() as px:
        assert server.url.startswith("http://127.0.0.1:")
        found = [work.id async for work in px.app.search.illust("オリジナル")]
        assert found == [work.id for work in fake.world.search("オリジナル", fake.user)]
        published = await px.publish(px.app.upload.illust("絵", [make_picture("gif", 5, 6, "g")]))
        work = await px.app.illust.detail(published.illust_id)
        assert (work.width, work.height) == (5, 6)
        assert (await px.web.search.tag("a/b 100%")).tag == "a/b 100%"
    assert fake.log[-1].url.startswith(f"{server.url}/web/ajax/search/tags/a%2Fb")


def test_serving_works_without_a_loop_and_twice() -> None:
    fake = FakePixiv(works=3, users=2)
    for _ in range(2):
        with fake.serve() as server:
            reply = httpx.get(f"{server.url}/app/v1/illust/detail")
            assert reply.status_code == 400
            assert httpx.get(f"{server.url}/").status_code == 404
