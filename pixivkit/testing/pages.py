"""Pages of pixiv's site that programs read: the one with the CSRF token, and the login."""

from __future__ import annotations

import html
from urllib.parse import urlencode

import orjson

from .credentials import Credentials
from .messages import Answer, ReceivedRequest, answer
from .refusals import Refusal

__all__ = ["login_redirect", "site_page"]


def site_page(credentials: Credentials, received: ReceivedRequest) -> Answer:
    """
    A page with the CSRF token of the session, in JSON within JSON as pixiv has it.

    There is a token for somebody who is not logged in too.
    """
    try:
        credentials.refuse_bots(received.headers)
    except Refusal as refusal:
        return answer(refusal.status, refusal.body, refusal.headers)
    session = credentials.session_of(received.headers)
    user = credentials.world.users[credentials.sessions[session]] if session else None
    state: dict[str, object] = {
        "api": {"token": credentials.csrf_token(session), "services": {}, "oneSignalAppId": ""},
        "userData": {"self": {"id": str(user.id), "name": user.name}} if user else None,
    }
    preloaded = orjson.dumps(state).decode()
    data = {"props": {"pageProps": {"serverSerializedPreloadedState": preloaded}}, "page": "/"}
    script = orjson.dumps(data).decode().replace("<", "\\u003c")
    title = html.escape("pixiv (a fake)")
    page = (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body>"
        f'<script id="__NEXT_DATA__" type="application/json">{script}</script></body></html>'
    )
    return answer(200, page, {"x-userid": str(user.id)} if user else {})


def login_redirect(credentials: Credentials, received: ReceivedRequest) -> Answer:
    """Log in at once: lead to the app, with a code for the challenge in the query."""
    query = dict(received.query)
    if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
        return answer(400, "no code challenge")
    code = credentials.new_login_code(query["code_challenge"])
    target = "pixiv://account/login?" + urlencode({"code": code, "via": "login"})
    return answer(302, "", {"location": target})
