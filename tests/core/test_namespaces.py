"""What a prompt shows of namespaces: endpoints, and nothing of how they are made."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from toy_api import Server, ToyAppApi, nobody

from pixivkit import endpoint_of
from pixivkit.registry import AppApi, WebApi, built_in_endpoints

BUILT_IN = [endpoint.name for endpoint in built_in_endpoints()]


def resources(api: str) -> list[str]:
    return sorted({name.split(".")[1] for name in BUILT_IN if name.startswith(f"{api}.")})


def test_dir_lists_endpoints_only() -> None:
    app = AppApi(Server(nobody))
    assert dir(app) == resources("app")
    assert dir(app.ugoira) == ["metadata"]
    assert dir(WebApi(Server(nobody)).ranking) == ["__call__"]


def test_all_endpoints_are_found_that_way() -> None:
    server = Server(nobody)
    found = {
        endpoint_of(getattr(resource, name)).name
        for api in (AppApi(server), WebApi(server))
        for resource in (getattr(api, name) for name in dir(api))
        for name in dir(resource)
    }
    assert found == {name for name in BUILT_IN if not name.startswith("oauth.")}


def test_reprs_say_what_is_there() -> None:
    app, web = AppApi(Server(nobody)), WebApi(Server(nobody))
    assert repr(app) == f"<app: {', '.join(resources('app'))}>"
    assert repr(app.mute) == "<app.mute: edit, list>"
    assert repr(web.ranking) == "<web.ranking: (...)>"
    assert repr(ToyAppApi(Server(nobody))).startswith("<app.toy: either, listed, open, ")


def test_a_typing_mistake_is_answered_with_the_name() -> None:
    app: Any = AppApi(Server(nobody))
    with pytest.raises(AttributeError, match=r"app has no 'ilust'; did you mean 'illust'\?"):
        _ = app.ilust
    with pytest.raises(AttributeError, match=r"app\.illust has no 'detial'; .*'detail'"):
        _ = app.illust.detial
    with pytest.raises(AttributeError) as nothing:
        _ = app.zzz
    assert str(nothing.value) == "app has no 'zzz'"
    assert not hasattr(app.illust, "_repr_html_")


def test_they_copy() -> None:
    app = AppApi(Server(nobody))
    assert copy.copy(app.illust).detail(1) == app.illust.detail(1)
