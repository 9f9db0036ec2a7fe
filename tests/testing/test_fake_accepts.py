"""What pixiv accepts, the fake accepts: other clients' spellings, and pixiv's own URLs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest

from pixivkit.app.oauth import CLIENT_ID, CLIENT_SECRET
from pixivkit.testing import FakePixiv, generate_world
from pixivkit.testing.world import JST

pytestmark = pytest.mark.anyio

APP = "https://app-api.pixiv.net"
WEB = "https://www.pixiv.net"
TOKEN = "https://oauth.secure.pixiv.net/auth/token"


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=150, users=12)


@pytest.fixture
async def http(fake: FakePixiv) -> AsyncIterator[httpx.AsyncClient]:
    """A program that is not pixivkit, logged in to both APIs."""
    transport = httpx.ASGITransport(cast("Any", fake.application))
    headers = {
        "user-agent": "Mozilla/5.0",
        "authorization": f"Bearer {fake.credentials.new_access_token(fake.account)}",
        "cookie": f"PHPSESSID={fake.session_cookie}",
        "referer": f"{WEB}/",
    }
    async with httpx.AsyncClient(transport=transport, headers=headers) as client:
        yield client


# The token endpoint


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"get_secure_url": "1"},
        {"get_secure_url": "true"},
        {"get_secure_url": "false"},
        {"device_token": "pixiv"},
        {"include_policy": "true"},
        {"include_policy": "1"},
        {"include_policy": "0", "get_secure_url": "0", "device_token": ""},
        {
            "client_id": "KzEZED7aC0vird8jWyHM38mXjNTY",
            "client_secret": "W9JZoJe00qPvJsiyCGT3CCtC6ZUtdpKpzMbNlUGP",
        },
    ],
    ids=str,
)
async def test_tokens_are_given_to_every_client(
    http: httpx.AsyncClient, fake: FakePixiv, more: dict[str, str]
) -> None:
    form = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "grant_type": "refresh_token",
        "refresh_token": fake.refresh_token,
        **more,
    }
    reply = await http.post(TOKEN, data=form)
    assert reply.status_code == 200, reply.text
    assert reply.json()["access_token"] in fake.credentials.access_tokens


async def test_a_code_is_redeemed_with_get_secure_url_as_well(
    http: httpx.AsyncClient, fake: FakePixiv
) -> None:
    form = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "grant_type": "authorization_code",
        "code": fake.login_code,
        "code_verifier": "verifier",
        "redirect_uri": f"{APP}/web/v1/users/auth/pixiv/callback",
        "include_policy": "1",
        "get_secure_url": "true",
    }
    assert (await http.post(TOKEN, data=form)).status_code == 200


async def test_the_secret_of_another_client_is_refused(
    http: httpx.AsyncClient, fake: FakePixiv
) -> None:
    form = {
        "client_id": "KzEZED7aC0vird8jWyHM38mXjNTY",
        "client_secret": CLIENT_SECRET,
        "grant_type": "refresh_token",
        "refresh_token": fake.refresh_token,
    }
    reply = await http.post(TOKEN, data=form)
    assert (reply.status_code, reply.json()["error"]) == (400, "invalid_client")


# Parameters and Referers


@pytest.mark.parametrize(
    "target",
    [
        "/v1/search/illust?word=a&include_translated_tags_results=true&offset=30",
        "/v1/search/illust?word=a&target=partial_match_for_tags",
    ],
)
async def test_parameters_of_pixivs_own_urls_and_of_other_clients(
    http: httpx.AsyncClient, target: str
) -> None:
    assert (await http.get(APP + target)).status_code == 200


async def test_the_web_api_takes_what_its_own_pages_add(http: httpx.AsyncClient) -> None:
    assert (await http.get(f"{WEB}/ajax/user/extra?lang=ja&version=abc")).status_code == 200


async def test_they_are_taken_where_pixiv_takes_them_only(http: httpx.AsyncClient) -> None:
    for target in ("/v1/illust/ranking?target=x", "/v1/illust/ranking?lang=en"):
        assert (await http.get(APP + target)).status_code == 400


async def test_a_lenient_fake_ignores_what_it_does_not_know(
    http: httpx.AsyncClient, fake: FakePixiv
) -> None:
    target = "/v1/illust/ranking?colour=red&mode=day"
    assert (await http.get(APP + target)).status_code == 400
    fake.strict = False
    assert (await http.get(APP + target)).status_code == 200
    wrong = await http.get(f"{APP}/v1/illust/ranking?mode=sideways")
    assert wrong.status_code == 400, "what is known and wrong is refused all the same"


@pytest.mark.parametrize(
    ("referer", "status"),
    [
        (WEB, 200),
        (f"{WEB}/", 200),
        (f"{WEB}/artworks/1", 200),
        (APP, 200),
        ("https://www.pixiv.net.evil.example/", 403),
        ("https://evil.example/https://www.pixiv.net/", 403),
        ("https://[", 403),
        ("", 403),
    ],
)
async def test_referers_are_pixivs_with_and_without_the_last_slash(
    http: httpx.AsyncClient, fake: FakePixiv, referer: str, status: int
) -> None:
    headers = {"referer": referer}
    url = next(iter(fake.world.works.values())).original_url()
    for asked in (f"{WEB}/ajax/user/extra", url):
        assert (await http.get(asked, headers=headers)).status_code == status


async def test_a_lenient_fake_needs_a_referer_for_images_only(
    http: httpx.AsyncClient, fake: FakePixiv
) -> None:
    fake.strict = False
    headers = {"referer": ""}
    url = next(iter(fake.world.works.values())).original_url()
    assert (await http.get(f"{WEB}/ajax/user/extra", headers=headers)).status_code == 200
    assert (await http.get(url, headers=headers)).status_code == 403


async def test_the_settings_page_holds_the_csrf_token(
    http: httpx.AsyncClient, fake: FakePixiv
) -> None:
    page = (await http.get(f"{WEB}/settings/account")).text
    found = re.search(r'token\\":\\"([0-9a-f]{32})', page)
    assert found is not None
    assert found[1] == fake.csrf_token
    assert fake.count("web.page") == 1


# Where there is nothing


async def test_a_gone_user_has_the_id_0_and_no_works(
    http: httpx.AsyncClient, fake: FakePixiv
) -> None:
    body = (await http.get(f"{APP}/v1/user/illusts?user_id=1")).json()
    assert (body["user"]["id"], body["illusts"], body["next_url"]) == (0, [], None)
    async with fake.client() as px:
        page = await px.app.user.illusts(1).first()
    assert page.body.user is not None
    assert page.body.user.id == 0


@pytest.mark.parametrize("date", ["2026-06-20", "2030-01-01", "2007-09-12"])
async def test_a_day_without_a_ranking_is_an_empty_page(fake: FakePixiv, date: str) -> None:
    async with fake.client() as px:
        page = await px.app.illust.ranking(date=date).first()
        assert (page.items, page.body.next_url) == ([], None)
        assert (await px.app.illust.ranking(date="2026-06-19").first()).items


# The time of the world


def test_the_world_of_tests_stays_as_it_is() -> None:
    assert FakePixiv(works=20, users=2).world.now.date() == dt.date(2026, 6, 20)


@pytest.mark.parametrize(
    "now",
    [
        dt.datetime(2031, 1, 1, 0, 30, 0, 5, tzinfo=JST),
        dt.datetime(2030, 12, 31, 15, 30, tzinfo=dt.UTC),
        dt.datetime(2031, 1, 1, 0, 30),
    ],
    ids=["Japan", "UTC", "no zone"],
)
async def test_a_world_of_another_day_has_the_ranking_of_the_day_before(
    now: dt.datetime,
) -> None:
    fake = FakePixiv(works=40, users=3, now=now)
    async with fake.client() as px:
        assert (await px.app.illust.ranking(date="2030-12-31").first()).items
        assert (await px.web.ranking(date="20301231").first()).items
        assert not (await px.app.illust.ranking(date="2031-01-01").first()).items
    newest = fake.world.newest()[0].date
    assert (newest.utcoffset(), newest.microsecond) == (dt.timedelta(hours=9), 0)


def test_the_same_seed_and_day_make_the_same_world() -> None:
    day = dt.datetime(2031, 1, 1, tzinfo=JST)
    assert generate_world(1, 30, 3, now=day).works == generate_world(1, 30, 3, now=day).works
