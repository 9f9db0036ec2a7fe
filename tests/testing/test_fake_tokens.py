"""The token endpoint of the fake: what renewals do, and how they can be made to fail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest

from pixivkit import AccessToken, Pixiv, errors
from pixivkit.app.oauth import CLIENT_ID, CLIENT_SECRET, AuthApi
from pixivkit.testing import FakePixiv

pytestmark = pytest.mark.anyio

TOKEN = "oauth.auth.token_refresh"
BLOCK_PAGE = "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>"


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=5, users=2)


@pytest.fixture
async def http(fake: FakePixiv) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(cast("Any", fake.application))
    async with httpx.AsyncClient(transport=transport) as client:
        yield client


async def ask(
    http: httpx.AsyncClient, fake: FakePixiv, **changes: str
) -> httpx.Response:  # fmt: skip
    """Ask for an access token as programs do that are not pixivkit."""
    form = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "grant_type": "refresh_token",
        "refresh_token": fake.refresh_token,
        **changes,
    }
    return await http.post("https://oauth.secure.pixiv.net/auth/token", data=form)


# Renewals


async def test_older_access_tokens_stay_good_unless_a_renewal_voids_them(fake: FakePixiv) -> None:
    first = fake.credentials.new_access_token(fake.account)
    async with fake.client(app=AccessToken(first)) as px, fake.client() as other:
        await other.app.upload.novel_covers()
        await px.app.upload.novel_covers()

        fake.void_older_tokens = True
        await AuthApi(other).token_refresh(fake.refresh_token)
        with pytest.raises(errors.AuthError, match="invalid_grant"):
            await px.app.upload.novel_covers()


async def test_a_renewal_voids_nothing_of_other_accounts(fake: FakePixiv) -> None:
    fake.void_older_tokens = True
    somebody = next(user for user in fake.world.users if user != fake.account)
    theirs = fake.credentials.new_access_token(somebody)
    async with Pixiv(transport=fake.transport) as px:
        await AuthApi(px).token_refresh(fake.refresh_token)
    assert theirs in fake.credentials.access_tokens


async def test_a_login_voids_older_tokens_as_well(fake: FakePixiv) -> None:
    fake.void_older_tokens = True
    older = fake.credentials.new_access_token(fake.account)
    async with Pixiv(transport=fake.transport) as px:
        newer = await AuthApi(px).token_code(fake.login_code, "verifier")
    assert older not in fake.credentials.access_tokens
    assert newer.access_token in fake.credentials.access_tokens


# Failures


async def test_the_token_endpoint_fails_as_often_as_ordered(
    http: httpx.AsyncClient, fake: FakePixiv
) -> None:
    fake.fail_next(TOKEN, status=503, times=2)
    statuses = [(await ask(http, fake)).status_code for _ in range(3)]
    assert statuses == [503, 503, 200]
    assert fake.count(TOKEN) == 3


async def test_a_refusal_of_the_token_endpoint_has_its_own_shape(
    http: httpx.AsyncClient, fake: FakePixiv
) -> None:
    fake.fail_next(TOKEN, status=400)
    reply = await ask(http, fake)
    assert (reply.json()["has_error"], reply.json()["error"]) == (True, "invalid_grant")


@pytest.mark.parametrize("name", [TOKEN, "web.page"])
@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (403, BLOCK_PAGE, {"cf-mitigated": "challenge"}),
        (200, BLOCK_PAGE, {}),
        (200, b"", {}),
        (200, "", {}),
    ],
    ids=["block page", "a page for an answer", "no bytes", "no text"],
)
async def test_block_pages_and_empty_bodies_can_be_ordered(
    http: httpx.AsyncClient,
    fake: FakePixiv,
    name: str,
    status: int,
    body: str | bytes,
    headers: dict[str, str],
) -> None:
    fake.fail_next(name, status=status, body=body, headers=headers)
    if name == TOKEN:
        reply = await ask(http, fake)
    else:
        browser = {"user-agent": "Mozilla/5.0", "cookie": f"PHPSESSID={fake.session_cookie}"}
        reply = await http.get("https://www.pixiv.net/", headers=browser)
    assert (reply.status_code, reply.content) == (
        status,
        body if isinstance(body, bytes) else body.encode(),
    )
    assert reply.headers["content-type"].startswith(
        "text/html" if isinstance(body, str) else "application/octet-stream"
    )
    assert {key: reply.headers[key] for key in headers} == headers


async def test_a_client_takes_a_page_in_place_of_a_token_for_a_block(fake: FakePixiv) -> None:
    headers = {"cf-mitigated": "challenge"}
    fake.fail_next(TOKEN, status=403, body=BLOCK_PAGE, headers=headers, times=9)
    async with fake.client() as px:
        with pytest.raises(errors.BlockedByCloudflare):
            await AuthApi(px).token_refresh(fake.refresh_token)
