"""Two endpoints on one path."""

from __future__ import annotations

from typing import Any

import openapi_spec_validator
import pytest

from own_endpoints.frames import FRAMES, FrameApi
from pixivkit.openapi import export
from pixivkit.testing import FakePixiv


@pytest.mark.anyio
async def test_the_fake_tells_them_apart() -> None:
    examples = {"frames.frame.wooden": ["oak"], "frames.frame.metal": [{"id": 1, "title": "tin"}]}
    fake = FakePixiv(works=0, users=2, examples=examples)
    async with fake.client() as px:
        frames = FrameApi(px)
        assert await frames.wooden(3) == ["oak"]
        assert [one.title for one in await frames.metal(3, "grey")] == ["tin"]
    assert [fake.count(name) for name in examples] == [1, 1]


def test_openapi_has_one_operation_that_takes_and_brings_what_either_does() -> None:
    document: Any = export(FRAMES)
    openapi_spec_validator.validate(document)
    operation = document["paths"]["/frame"]["get"]
    assert operation["x-pixivkit-names"] == ["frames.frame.metal", "frames.frame.wooden"]
    assert operation["summary"] == "The frames of metal; or the frames of wood"
    assert operation["description"].count("NotFound") == 2
    parameters = {one["name"]: one for one in operation["parameters"]}
    required = {name: one["required"] for name, one in parameters.items()}
    assert required == {"width": True, "color": False, "kind": True}
    kinds = [one["enum"] for one in parameters["kind"]["schema"]["anyOf"]]
    assert kinds == [["metal"], ["wood"]]
    reply = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert [one["type"] for one in reply["anyOf"]] == ["array", "array"]
