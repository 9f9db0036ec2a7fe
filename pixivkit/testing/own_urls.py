"""The addresses of a served fake in place of pixiv's, in what it answers."""

from __future__ import annotations

from typing import Any, Final

import attrs

from .messages import Answer, ASGIApp

__all__ = ["OWN_URL", "answer_with", "with_own_urls"]

OWN_URL: Final = "pixivkit.url"
"""The key of the scope that holds where the fake is served, where it is to say so."""

_PARTS: Final = {
    b'"https://app-api.pixiv.net/': "app",
    b'"https://i.pximg.net/': "images",
    b'"https://s.pximg.net/': "images",
}
"""How addresses begin in JSON: those of further pages, and those of pictures."""


def with_own_urls(application: ASGIApp, url: str) -> ASGIApp:
    """Let *application* answer with addresses below *url*."""

    async def run(scope: Any, receive: Any, send: Any) -> None:
        await application({**scope, OWN_URL: url}, receive, send)

    return run


def answer_with(url: str, made: Answer) -> Answer:
    """
    Replace the addresses of further pages and of pictures in an answer.

    Args:
        url: Where the fake is served, without a slash at the end.
        made: The answer; one that is no JSON stays as it is.
    """
    if not made.headers.get("content-type", "").startswith("application/json"):
        return made
    body = made.body
    for beginning, part in _PARTS.items():
        body = body.replace(beginning, f'"{url}/{part}/'.encode())
    return attrs.evolve(made, body=body)
