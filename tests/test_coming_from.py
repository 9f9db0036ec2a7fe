"""The methods of other clients, and what takes their place here: ``spec/clients``."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
import types
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from rivals.environments import RIVALS
from support.each import for_each

import pixivkit
import pixivkit.client
from pixivkit import REGISTRY, Pixiv, RefreshToken
from pixivkit._core.http.httpx_backend import HttpxBackend
from pixivkit.errors import NotFound
from pixivkit.testing import FakeClock, FakePixiv
from tools.generate.clients import Method, OtherClient, read_clients

ROOT = Path(__file__).parents[1]
CLIENTS = read_clients(ROOT)
METHODS = [(client, method) for client in CLIENTS for method in client.methods]


def label(case: tuple[OtherClient, Method]) -> str:
    return f"{case[0].name} {case[1].name}"


def resolve(name: str) -> object:
    """
    What a name of a table is: on a client, in a module, or a parameter.

    Raises:
        LookupError: There is nothing of that name.
    """
    path, _, parameter = name.removesuffix(")").partition("(")
    first, *parts = path.split(".")
    found: Any = Pixiv() if first == "px" else importlib.import_module(first)
    for part in parts:
        if isinstance(found, types.ModuleType) and not hasattr(found, part):
            found = importlib.import_module(f"{found.__name__}.{part}")
        elif part in getattr(found, "__annotations__", {}) and not hasattr(found, part):
            found = found.__annotations__[part]
        else:
            found = getattr(found, part)
    if parameter and parameter not in inspect.signature(found).parameters:
        raise LookupError(name)
    return found


@for_each("client, method", METHODS, label)
def test_what_takes_its_place_is_there(client: OtherClient, method: Method) -> None:
    del client
    assert method.here or method.differs, "neither a name nor a reason"
    for name in method.here:
        if name.startswith(("px.app.", "px.web.")):
            assert name.removeprefix("px.") in REGISTRY
        resolve(name)
    for name in re.findall(r"`(px\.[^`]+)`", method.differs):
        resolve(name)


@for_each("client, method", METHODS, label)
def test_arguments_are_told_apart(client: OtherClient, method: Method) -> None:
    del client
    if not (method.renames or method.sends):
        return
    assert method.endpoint is not None
    params = {param.name for param in method.endpoint.params} | {""}
    theirs = {argument.name for argument in method.read_arguments()}
    assert {*method.renames} <= theirs
    assert {*method.renames.values(), *method.sends} <= params


@for_each("client", CLIENTS, lambda client: client.name)
def test_nothing_is_said_twice(client: OtherClient) -> None:
    """A request that is written down is another than ours."""
    for method in client.methods:
        endpoint = method.endpoint
        if method.request and endpoint:
            assert method.request != f"{endpoint.method} {endpoint.path}", method.name


def test_every_client_is_run() -> None:
    assert {rival.name for rival in RIVALS} == {client.name for client in CLIENTS}


def blocks() -> Iterable[tuple[str, str]]:
    for client in CLIENTS:
        yield client.name, textwrap.dedent(client.head["here"]).strip()


@pytest.mark.anyio
@pytest.mark.parametrize("block", [block for _, block in blocks()], ids=[n for n, _ in blocks()])
async def test_how_things_are_done_here(
    block: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = FakePixiv(works=150, users=12)
    clock = FakeClock()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        pixivkit.client, "DefaultBackend", lambda **_: HttpxBackend(fake.transport)
    )
    monkeypatch.setattr(pixivkit.client, "SystemClock", lambda: clock)
    told: list[object] = []
    scope = {
        "NotFound": NotFound,
        "Pixiv": Pixiv,
        "RefreshToken": RefreshToken,
        "TOKEN": fake.refresh_token,
        "WORK": next(
            work.id for work in fake.world.works.values()
            if work.user_id == fake.account and not work.sanity_limited
        ),
        "print": told.append,
    }  # fmt: skip

    code = compile(block, "coming-from", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    await types.FunctionType(code, scope)()

    assert told
    assert [file for file in (tmp_path / "pictures").rglob("*") if file.is_file()]
