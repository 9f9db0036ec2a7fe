"""docs/guides/own-endpoints.md: its modules are the tested ones, and its snippets run."""

from __future__ import annotations

import ast
import types
from pathlib import Path
from typing import Any

import pytest
from support.snippets import snippets

import pixivkit.client
from own_endpoints.gallery import GALLERY
from own_endpoints.test_gallery import KEY
from pixivkit._core.http.httpx_backend import HttpxBackend
from pixivkit.testing import FakePixiv

DOCUMENT = Path(__file__).parents[2] / "docs" / "guides" / "own-endpoints.md"
BLOCKS = [
    # The package that the modules are in here is the tests' own affair.
    block.replace("from gallery import", "from own_endpoints.gallery import")
    for block in snippets(DOCUMENT)
]
MODULES = [Path(__file__).with_name(name) for name in ("gallery.py", "test_gallery.py")]
SNIPPETS = [block for block in BLOCKS if "async with Pixiv(" in block]


def test_the_modules_are_those_of_the_tests() -> None:
    assert [block for block in BLOCKS if block not in SNIPPETS] == [
        module.read_text("utf-8") for module in MODULES
    ]


@pytest.mark.anyio
@pytest.mark.parametrize("block", SNIPPETS, ids=range(len(SNIPPETS)))
async def test_the_snippets_run(
    block: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = FakePixiv(
        examples={"gallery.print.detail": {"data": {"id": 1}}},
        logins={GALLERY: {"X-Api-Key": KEY}},
    )
    monkeypatch.setenv("GALLERY_KEY", KEY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        pixivkit.client, "DefaultBackend", lambda **_: HttpxBackend(fake.transport)
    )
    code = compile(block, DOCUMENT.name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    scope: dict[str, Any] = {"os": __import__("os")}

    await types.FunctionType(code, scope)()

    assert {one.endpoint.split(".")[0] for one in fake.log} == {"gallery"}


def test_only_public_names_are_used() -> None:
    imported = {
        (node.module, name.name)
        for block in BLOCKS
        for node in ast.walk(ast.parse(block))
        if isinstance(node, ast.ImportFrom) and node.module
        for name in node.names
    }
    homes = {home for home, _ in imported if home.startswith("pixivkit")}
    assert homes == {"pixivkit", "pixivkit.errors", "pixivkit.testing"}
    for home, name in imported:
        if home in homes:
            assert name in __import__(home, fromlist=["__all__"]).__all__
