"""What pixivkit itself gets for a method of another client, and whether that is the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, cast

import attrs

from pixivkit import Endpoint, Pages, Pixiv
from pixivkit.registry import REGISTRY
from tools.generate.clients import Method, our_name

from .facts import Facts

_LISTS: Final = (
    "illusts", "novels", "user_previews", "users", "comments", "bookmark_tags", "trend_tags",
)  # fmt: skip
_ONES: Final = ("illust", "novel", "user")
_SAID: Final[Mapping[str, Mapping[str, object]]] = {
    # Its own defaults are enumerations, which it spells `IllustType.illust` on Python 3.11.
    "ILLUST.recommended": {"type": "illust"},
    "USER.illusts": {"type": "illust"},
    # An id that is not given is sent empty.
    "ILLUST.related": {"seed_ids": 140000002},
    "Illust.related": {"seed_id": 140000002},
}
"""Arguments that some methods do not work without, and the reason is theirs."""


def endpoint_of(method: Method) -> Endpoint:
    """The endpoint that a method asks: that of its path, where several take its place."""
    asked = method.request.partition(" ")[2]
    for name in method.here:
        endpoint = REGISTRY.get(name.removeprefix("px."))
        if endpoint is not None and endpoint.path == asked:
            return endpoint
    assert method.endpoint is not None
    return method.endpoint


@attrs.frozen
class Arguments:
    """
    What a method is called with.

    Attributes:
        theirs: By its own names; what has a default is left out.
        ours: The same for the endpoint here, defaults of the method included.
        on: Id of the model that it is a method of; 0 for none.
    """

    theirs: Mapping[str, object]
    ours: Mapping[str, object]
    on: int


def arguments_of(method: Method, facts: Facts) -> Arguments:
    """What to call a method with, and its endpoint."""
    endpoint = endpoint_of(method)
    known = facts.arguments(endpoint.name)
    theirs: dict[str, object] = dict(_SAID.get(method.name, {}))
    ours: dict[str, object] = dict(method.sends)
    params = {param.name: param for param in endpoint.params}
    for argument in method.read_arguments():
        param = params.get(our_name(method, argument, endpoint))
        if param is None:
            continue
        if param.required:
            ours[param.name] = known[param.name]
            # The one that takes a bool takes it as text.
            theirs[argument.name] = "false" if known[param.name] is False else known[param.name]
        elif argument.name in theirs:
            told = theirs[argument.name]
            ours[param.name] = [told] if param.default == () else told
        elif argument.default is not None:
            given = argument.default
            ours[param.name] = {"true": True, "false": False}.get(str(given).lower(), given)
    missing = [name for name, param in params.items() if param.required and name not in ours]
    implied = {name: known[name] for name in missing}
    on: object = (
        facts.novel if method.name.startswith("Novel.") else next(iter(implied.values()), 0)
    )
    return Arguments(theirs, ours | implied, cast("int", on))


async def replies_here(px: Pixiv, endpoint: Endpoint, arguments: Mapping[str, Any]) -> list[Any]:
    """What pixiv replies to a call: its first page and the second, of a list."""
    call = px.call(endpoint.name, **arguments)
    if not isinstance(call, Pages):
        return [(await px.send(call.request)).json]
    found: list[Any] = []
    async for page in call.pages():
        assert page.reply is not None
        found.append(page.reply.json)
        if len(found) == 2:
            break
    return found


def ids_of(reply: Mapping[str, Any]) -> list[object]:
    """The ids in a reply, in order; names of tags, and the frames of an ugoira."""
    if "text" in reply:
        return [reply["id"]]
    if "body" in reply:
        return [item["id"] for item in reply["body"]]
    for name in _LISTS:
        if name in reply:
            return [_id(item) for item in reply[name]]
    for name in _ONES:
        if name in reply:
            return [reply[name]["id"]]
    if "ugoira_metadata" in reply:
        return [len(reply["ugoira_metadata"]["frames"])]
    return []


def _id(item: Mapping[str, Any]) -> object:
    named = item.get("id") or item.get("name") or item.get("tag")
    return named or item["user"]["id"]


def without_addresses(reply: Mapping[str, Any]) -> Mapping[str, Any]:
    """A reply without the address of the next page, which repeats what was sent."""
    return {name: value for name, value in reply.items() if name != "next_url"}


async def _is_bookmarked(px: Pixiv, facts: Facts) -> bool:
    return bool((await px.app.illust.detail(facts.illust)).is_bookmarked)


async def _novel_is_bookmarked(px: Pixiv, facts: Facts) -> bool:
    return bool((await px.app.novel.detail(facts.novel)).is_bookmarked)


async def _is_followed(px: Pixiv, facts: Facts) -> bool:
    return bool((await px.app.user.detail(facts.other)).user.is_followed)


async def _shows_ai(px: Pixiv, _: Facts) -> bool:
    return bool((await px.app.user.ai_show_settings()).show_ai)


async def _before(px: Pixiv, endpoint: str, facts: Facts) -> None:
    """Make what a write is to change the opposite of what it makes it."""
    match endpoint.removeprefix("app."):
        case "illust.bookmark_add":
            await px.app.illust.bookmark_add(facts.illust)
            await px.app.illust.bookmark_delete(facts.illust)
        case "illust.bookmark_delete":
            await px.app.illust.bookmark_add(facts.illust)
        case "novel.bookmark_add":
            await px.app.novel.bookmark_add(facts.novel)
            await px.app.novel.bookmark_delete(facts.novel)
        case "novel.bookmark_delete":
            await px.app.novel.bookmark_add(facts.novel)
        case "user.follow_add":
            await px.app.user.follow_delete(facts.other)
        case "user.follow_delete":
            await px.app.user.follow_add(facts.other)
        case _:
            await px.app.user.edit_ai_show_settings(show_ai=True)


_Look = Callable[[Pixiv, Facts], Awaitable[bool]]
_EFFECTS: Final[Mapping[str, tuple[_Look, bool]]] = {
    "app.illust.bookmark_add": (_is_bookmarked, True),
    "app.illust.bookmark_delete": (_is_bookmarked, False),
    "app.novel.bookmark_add": (_novel_is_bookmarked, True),
    "app.novel.bookmark_delete": (_novel_is_bookmarked, False),
    "app.user.follow_add": (_is_followed, True),
    "app.user.follow_delete": (_is_followed, False),
    "app.user.edit_ai_show_settings": (_shows_ai, False),
}


async def ready_for(px: Pixiv, endpoint: Endpoint, facts: Facts) -> bool:
    """Whether *endpoint* is a write; if so, what it changes is made to differ before."""
    if endpoint.name not in _EFFECTS:
        return False
    await _before(px, endpoint.name, facts)
    look, wanted = _EFFECTS[endpoint.name]
    assert await look(px, facts) is not wanted, endpoint.name
    return True


async def has_changed(px: Pixiv, endpoint: Endpoint, facts: Facts) -> bool:
    """Whether a write has done what it is for."""
    look, wanted = _EFFECTS[endpoint.name]
    return await look(px, facts) is wanted
