"""The fake on a socket: addresses of its own, and pixiv's Host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pixivkit.testing import FakePixiv, Server


@pytest.fixture(scope="module")
def fake() -> FakePixiv:
    return FakePixiv(works=120, users=6)


@pytest.fixture(scope="module")
def server(fake: FakePixiv) -> Iterator[Server]:
    with fake.serve(own_urls=True) as server:
        yield server


@pytest.fixture
def bearer(fake: FakePixiv) -> dict[str, str]:
    return {"authorization": f"Bearer {fake.credentials.new_access_token(fake.account)}"}


# Addresses of its own


def test_answers_name_the_served_addresses(server: Server, bearer: dict[str, str]) -> None:
    reply = httpx.get(f"{server.hosts.app}/v1/illust/ranking", headers=bearer)
    page = reply.json()
    assert page["next_url"].startswith(f"{server.hosts.app}/v1/illust/ranking?")
    assert "pximg.net" not in reply.text
    user = page["illusts"][0]["user"]
    assert user["profile_image_urls"]["medium"].startswith(f"{server.hosts.images}/")


def test_both_apis_do(server: Server, fake: FakePixiv) -> None:
    work = fake.world.newest()[0]
    headers = {"user-agent": "Mozilla/5.0", "referer": "https://www.pixiv.net/"}
    reply = httpx.get(f"{server.hosts.web}/ajax/illust/{work.id}", headers=headers)
    assert reply.json()["body"]["urls"]["original"].startswith(f"{server.hosts.images}/img-")


@pytest.mark.anyio
async def test_a_client_follows_and_downloads_them(
    server: Server, fake: FakePixiv, tmp_path: Path
) -> None:
    async with server.client() as px:
        found = [work.id async for work in px.app.user.illusts(fake.account)]
        assert found == [work.id for work in fake.world.works_of(fake.account, fake.user)]
        assert len(found) > 30
        picture = next(w for w in fake.world.newest() if w.kind == "illust" and not w.x_restrict)
        files = await px.download(px.app.illust.detail(picture.id), tmp_path)
    assert len(files) == picture.page_count


def test_addresses_are_pixivs_where_it_is_not_asked_otherwise(
    fake: FakePixiv, bearer: dict[str, str]
) -> None:
    with fake.serve() as plain:
        reply = httpx.get(f"{plain.hosts.app}/v1/illust/ranking", headers=bearer)
    assert reply.json()["next_url"].startswith("https://app-api.pixiv.net/v1/illust/ranking?")
    assert "127.0.0.1" not in reply.text


# Pixiv's Host


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("app-api.pixiv.net", "/app/v1/illust/ranking"),
        ("app-api.pixiv.net:443", "/app/v1/illust/ranking"),
        ("app-api.pixiv.net", "/v1/illust/ranking"),
        ("127.0.0.1", "/app/v1/illust/ranking"),
    ],
)
def test_the_app_api_is_found_with_either_host(
    server: Server, bearer: dict[str, str], host: str, address: str
) -> None:
    reply = httpx.get(f"{server.url}{address}", headers={**bearer, "host": host})
    assert reply.status_code == 200


def test_every_part_is_found_with_pixivs_host(server: Server, fake: FakePixiv) -> None:
    work = fake.world.newest()[0]
    browser = {"user-agent": "Mozilla/5.0", "referer": "https://www.pixiv.net/"}
    picture = work.original_url().removeprefix("https://i.pximg.net")
    for host, address in (
        ("www.pixiv.net", f"{server.hosts.web}/ajax/illust/{work.id}"),
        ("www.pixiv.net", f"{server.hosts.web}/"),
        ("i.pximg.net", f"{server.hosts.images}{picture}"),
    ):
        reply = httpx.get(address, headers={**browser, "host": host})
        assert reply.status_code == 200, address
    before = fake.count("oauth.auth.token_refresh")
    for address in (f"{server.hosts.oauth}/auth/token", f"{server.hosts.app}/auth/token"):
        # The second is where pixivpy3 asks a mirror of the App API for a token.
        form = {"grant_type": "refresh_token"}
        httpx.post(address, data=form, headers={"host": "oauth.secure.pixiv.net"})
    assert fake.count("oauth.auth.token_refresh") == before + 2


def test_the_login_of_the_app_stays_where_it_is(server: Server, fake: FakePixiv) -> None:
    query = "code_challenge=c&code_challenge_method=S256&client=pixiv-android"
    for address in (f"{server.url}/web/v1/login", f"{server.hosts.app}/web/v1/login"):
        reply = httpx.get(f"{address}?{query}", headers={"host": "app-api.pixiv.net"})
        assert reply.status_code == 302
    assert fake.count("app.login") == 2
