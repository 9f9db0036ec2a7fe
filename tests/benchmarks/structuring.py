"""JSON to classes, against other libraries with the same classes or classes of the same shape."""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable
from typing import Any

import msgspec
import orjson
from cattrs.preconf.orjson import make_converter

from pixivkit._core.calls.structure import structure_as
from pixivkit._core.structuring.converter import hook_for
from pixivkit._core.structuring.field_types import is_model, is_union, nothing_for
from pixivkit._core.structuring.lenient import Hook
from pixivkit._core.structuring.misfits import keep
from pixivkit._core.structuring.model_fields import model_fields
from pixivkit._core.structuring.nested_hooks import ListHook, MapHook, union_hook
from pixivkit.models.app import UserIllustList
from pixivkit.models.base import Model

from . import workloads
from .results import Bar, Section, Spread, Table
from .settings import Settings
from .shapes import as_attrs, as_pydantic, as_struct
from .timing import Times, in_turns

_WORDS = """\
A page of 30 works. From bytes: JSON is decoded as well, by orjson for pixivkit and cattrs, by
themselves for msgspec and pydantic. From dicts: JSON was decoded before. pixivkit keeps unknown
keys, forgives what PHP does, and names the path of what is wrong; cattrs, pydantic and msgspec run
as they come. CPU time, garbage collection included.
"""

OURS = "pixivkit"
UNCOMPILED = "pixivkit without compiled readers"
MSGSPEC = "msgspec, attrs classes of the same shape"
STRUCT = "msgspec, Struct classes of the same shape"
PYDANTIC = "pydantic v2, models of the same shape"
CATTRS = "cattrs as it comes, the same classes"
CATTRS_TERSE = "cattrs without detailed validation, the same classes"


def run(settings: Settings) -> Section:
    """Measure from bytes and from dicts."""
    raw = workloads.page()
    seconds = settings.window
    from_bytes = in_turns(_from_bytes(raw), rounds=settings.rounds, seconds=seconds)
    from_dicts = in_turns(_from_dicts(raw), rounds=settings.rounds, seconds=seconds)
    decode = in_turns({"": lambda: orjson.loads(raw)}, rounds=settings.rounds, seconds=seconds)
    bars = [
        Bar("structuring a page from bytes, against msgspec into attrs classes", "<= 2",
            _ratio(from_bytes, MSGSPEC)),
        Bar("structuring a page from dicts, against msgspec into attrs classes", "<= 2",
            _ratio(from_dicts, MSGSPEC)),
        Bar("structuring a page from bytes: pydantic's time against ours", ">= 2",
            Spread.ratio(from_bytes[PYDANTIC], from_bytes[OURS])),
        Bar("structuring a page from dicts: pydantic's time against ours", ">= 2",
            Spread.ratio(from_dicts[PYDANTIC], from_dicts[OURS])),
        Bar("structuring a page from bytes, against the fastest typed decoder (msgspec, Struct)",
            "<= 3", _ratio(from_bytes, STRUCT)),
    ]  # fmt: skip
    rows = [
        [name, str(_ratio(from_bytes, name)), str(_ratio(from_dicts, name))]
        for name in from_bytes
        if name != OURS
    ]
    rows.append(["orjson, decoding alone", str(Spread.ratio(from_bytes[OURS], decode[""])), "–"])
    columns = ["pixivkit's time as a multiple of that of", "from bytes", "from dicts"]
    return Section("Structuring", _WORDS, [Table("", columns, rows)], bars)


def _ratio(times: Times[str], name: str) -> Spread:
    return Spread.ratio(times[OURS], times[name])


@functools.cache
def uncompiled(kind: Any) -> Hook:
    """The hook of *kind* with the rules of pixivkit, and a loop over the fields of models."""
    if is_model(kind):
        return _loop(kind)
    if is_union(kind):
        return union_hook(kind, uncompiled)
    made_of_others = {list: ListHook, dict: MapHook}.get(typing.get_origin(kind))
    return made_of_others(kind, uncompiled).structure if made_of_others else hook_for(kind)


def _loop(model: type[Model]) -> Hook:
    fields = model_fields(model)
    known = {field.key for field in fields}

    @functools.cache  # not before all models are there
    def parts() -> list[tuple[str, str, Hook, Callable[[object], bool], Callable[[], Any]]]:
        return [
            (field.name, field.key, uncompiled(field.kind), nothing_for(field.kind), field.default)
            for field in fields
        ]

    def structure(json: Any, _: Any) -> Model:
        made = model.__new__(model)
        for name, key, hook, nothing, default in parts():
            value = json.get(key)
            missing = value is None or (not value and nothing(value))
            setattr(made, name, default() if missing else hook(value, None))
        keep(made, {key: json[key] for key in json if key not in known}, {})
        return made

    return structure


def _from_bytes(raw: bytes) -> dict[str, Callable[[], object]]:
    plain, terse = make_converter(), make_converter(detailed_validation=False)
    plain_attrs = msgspec.json.Decoder(as_attrs(UserIllustList))
    struct = msgspec.json.Decoder(as_struct(UserIllustList))
    model, loop = as_pydantic(UserIllustList), uncompiled(UserIllustList)
    return {
        OURS: lambda: structure_as(UserIllustList, orjson.loads(raw)),
        UNCOMPILED: lambda: loop(orjson.loads(raw), None),
        MSGSPEC: lambda: plain_attrs.decode(raw),
        STRUCT: lambda: struct.decode(raw),
        PYDANTIC: lambda: model.model_validate_json(raw),
        CATTRS: lambda: plain.structure(orjson.loads(raw), UserIllustList),
        CATTRS_TERSE: lambda: terse.structure(orjson.loads(raw), UserIllustList),
    }


def _from_dicts(raw: bytes) -> dict[str, Callable[[], object]]:
    page = orjson.loads(raw)
    plain, terse = make_converter(), make_converter(detailed_validation=False)
    struct, model = as_struct(UserIllustList), as_pydantic(UserIllustList)
    plain_attrs = as_attrs(UserIllustList)
    loop = uncompiled(UserIllustList)
    return {
        OURS: lambda: structure_as(UserIllustList, page),
        UNCOMPILED: lambda: loop(page, None),
        MSGSPEC: lambda: msgspec.convert(page, plain_attrs),
        STRUCT: lambda: msgspec.convert(page, struct),
        PYDANTIC: lambda: model.model_validate(page),
        CATTRS: lambda: plain.structure(page, UserIllustList),
        CATTRS_TERSE: lambda: terse.structure(page, UserIllustList),
    }
