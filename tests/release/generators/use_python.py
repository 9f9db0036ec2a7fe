"""
Use the client that openapi-python-client generates: a work, a page of a search, a write.

Arguments: the address of a ``pixivkit serve``, its refresh token and the value of its PHPSESSID.
"""

import sys

from pixiv_client import AuthenticatedClient, Client
from pixiv_client.api.app_illust import app_illust_bookmark_add, app_illust_detail
from pixiv_client.api.app_search import app_search_illust
from pixiv_client.api.oauth_auth import oauth_auth_token_code
from pixiv_client.api.web_illust import web_illust_detail
from pixiv_client.models import (
    AppError,
    AppIllustBookmarkAddBody,
    AppIllustBookmarkAddBodyRestrict,
    AppIllustDetailResponse200,
    AppIllustIllustSearchList,
    AppTokenToken,
    OauthAuthTokenCodeBodyType1,
    WebIllustDetailResponse200,
    WebIllustIllustDetail,
)

server, refresh_token, session = sys.argv[1:]
agent = {"User-Agent": "Mozilla/5.0"}

# The client sends no form whose model is one of several: this one is sent by hand.
body = OauthAuthTokenCodeBodyType1(refresh_token=refresh_token)
answer = (
    Client(base_url=f"{server}/oauth", headers=agent)
    .get_httpx_client()
    .post("/auth/token", data=body.to_dict())
)
token = oauth_auth_token_code._parse_response(client=Client(base_url=server), response=answer)
assert isinstance(token, AppTokenToken), token
assert isinstance(token.access_token, str)
app = AuthenticatedClient(base_url=f"{server}/app", token=token.access_token, headers=agent)

page = app_search_illust.sync(client=app, word="風景")
assert isinstance(page, AppIllustIllustSearchList), page
assert page.illusts
print(len(page.illusts), "works of a search")
work = next(one for one in page.illusts if not one.is_bookmarked)

detail = app_illust_detail.sync(client=app, illust_id=work.id)
assert isinstance(detail, AppIllustDetailResponse200), detail
assert detail.illust.title == work.title
print("App API:", detail.illust.title)

assert not detail.illust.is_bookmarked
app_illust_bookmark_add.sync(
    client=app,
    body=AppIllustBookmarkAddBody(
        illust_id=work.id, restrict=AppIllustBookmarkAddBodyRestrict.PUBLIC
    ),
)
detail = app_illust_detail.sync(client=app, illust_id=work.id)
assert isinstance(detail, AppIllustDetailResponse200), detail
assert detail.illust.is_bookmarked
print("bookmarked")

missing = app_illust_detail.sync(client=app, illust_id=1)
assert isinstance(missing, AppError), missing

web = AuthenticatedClient(
    base_url=f"{server}/web",
    # Writes need the CSRF token of the session; reading does not look at it.
    token="the-csrf-token",
    prefix="",
    auth_header_name="x-csrf-token",
    headers=agent,
    cookies={"PHPSESSID": session},
)
shown = web_illust_detail.sync(client=web, illust_id=work.id)
assert isinstance(shown, WebIllustDetailResponse200), shown
assert isinstance(shown.body, WebIllustIllustDetail), shown.body
assert shown.body.title == work.title
print("web API:", shown.body.title)
