"""JSON to classes, against other libraries with the same classes or classes of the same shape."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import orjson
from cattrs.preconf.orjson import make_converter

from pixivkit._core.structure import structure_as
from pixivkit.models.app import UserIllustPage

from . import workloads
from .results import Bar, Section, Spread, Table
from .settings import Settings
from .shapes import as_pydantic, as_struct
from .timing import Times, in_turns

_WORDS = """\
A page of 30 works. From bytes: JSON is decoded as well, by orjson for pixivkit and cattrs, by
themselves for msgspec and pydantic. From dicts: JSON was decoded before. pixivkit keeps unknown
keys, forgives what PHP does, and names the path of what is wrong; cattrs, pydantic and msgspec run
as they come. CPU time, garbage collection included.
"""

OURS = "pixivkit"
MSGSPEC = "msgspec, the same classes"
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
        Bar("structuring a page from bytes, against msgspec into the same classes", "<= 2",
            _ratio(from_bytes, MSGSPEC)),
        Bar("structuring a page from dicts, against msgspec into the same classes", "<= 2",
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


def _from_bytes(raw: bytes) -> dict[str, Callable[[], object]]:
    plain, terse = make_converter(), make_converter(detailed_validation=False)
    same = msgspec.json.Decoder(UserIllustPage)
    struct = msgspec.json.Decoder(as_struct(UserIllustPage))
    model = as_pydantic(UserIllustPage)
    return {
        OURS: lambda: structure_as(UserIllustPage, orjson.loads(raw)),
        MSGSPEC: lambda: same.decode(raw),
        STRUCT: lambda: struct.decode(raw),
        PYDANTIC: lambda: model.model_validate_json(raw),
        CATTRS: lambda: plain.structure(orjson.loads(raw), UserIllustPage),
        CATTRS_TERSE: lambda: terse.structure(orjson.loads(raw), UserIllustPage),
    }


def _from_dicts(raw: bytes) -> dict[str, Callable[[], object]]:
    page = orjson.loads(raw)
    plain, terse = make_converter(), make_converter(detailed_validation=False)
    struct, model = as_struct(UserIllustPage), as_pydantic(UserIllustPage)
    return {
        OURS: lambda: structure_as(UserIllustPage, page),
        MSGSPEC: lambda: msgspec.convert(page, UserIllustPage),
        STRUCT: lambda: msgspec.convert(page, struct),
        PYDANTIC: lambda: model.model_validate(page),
        CATTRS: lambda: plain.structure(page, UserIllustPage),
        CATTRS_TERSE: lambda: terse.structure(page, UserIllustPage),
    }
