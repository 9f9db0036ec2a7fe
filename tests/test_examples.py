"""The examples in `spec/examples`: written by us, and exactly what the models say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from pixivkit import structure, unstructure
from pixivkit._core.structure import structure_page
from pixivkit.conformance import check_body
from pixivkit.registry import REGISTRY, Endpoint
from pixivkit.stored import request_for_reply

FILES = sorted((Path(__file__).parents[1] / "spec" / "examples").glob("*.json"))

pytestmark = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def read(file: Path) -> tuple[Endpoint, dict[str, object], Any]:
    """The endpoint, the arguments that choose the type of the reply, and the reply."""
    body: Any = orjson.loads(file.read_bytes())
    if file.stem in REGISTRY:
        return REGISTRY[file.stem], {}, body
    name, _, variant = file.stem.rpartition(".")
    return REGISTRY[name], {variant: True}, body


def test_it_fits_without_a_rest(file: Path) -> None:
    report = check_body(*read(file))
    assert report.error is None
    assert report.unknown == []
    assert report.lost == []
    assert report.ok


def test_a_list_has_items(file: Path) -> None:
    endpoint, arguments, body = read(file)
    # Lists of `object` are those of which nobody has seen an item.
    if endpoint.paging and endpoint.item is not object:
        page = structure_page(request_for_reply(endpoint, arguments), body)
        assert page.items
        assert page.broken == []


def test_there_and_back_is_stable(file: Path) -> None:
    """What a cache stores again after reading it is the same."""
    endpoint, arguments, body = read(file)
    model = structure(endpoint.name, body, **arguments)
    stored = orjson.loads(orjson.dumps(unstructure(model), option=orjson.OPT_NON_STR_KEYS))
    if endpoint.pick:
        stored = {endpoint.pick: stored}
    if endpoint.envelope:
        stored = {endpoint.envelope: stored}
    assert structure(endpoint.name, stored, **arguments) == model
