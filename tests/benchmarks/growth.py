"""What more endpoints cost: pixivkit against a copy of it that has many more."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.generate.exports import LISTS

from .importing import seconds_of
from .results import Bar, Section, Spread, Table
from .settings import PROJECT, Settings

_RESOURCES = 26
_ENDPOINTS = 5
_MORE = 2 * _RESOURCES * _ENDPOINTS

_WORDS = f"""\
The processor time that a new process takes with {_MORE} more endpoints, in {2 * _RESOURCES} more
resources of the two APIs and with as many models of twelve fields, as a multiple of what it takes
without them in the same round. Resources, declarations and models are loaded when they are first
used; the whole registry loads all of them.
"""

_CALL = (
    "from pixivkit import AccessToken, Pixiv;Pixiv(app=AccessToken('token')).app.illust.detail(1)"
)
_STATEMENTS = {
    "from pixivkit import Pixiv": "from pixivkit import Pixiv",
    "the same, and a first call made": _CALL,
    "a first call by its name": "from pixivkit import Pixiv; Pixiv().call('web.ranking')",
    "the whole registry": "from pixivkit import REGISTRY; len(REGISTRY)",
}
_FLAT = list(_STATEMENTS)[:3]


def run(settings: Settings) -> Section:
    """Measure in turns."""
    with tempfile.TemporaryDirectory() as scratch:
        plain, grown = Path(scratch, "plain"), Path(scratch, "grown")
        for folder in (plain, grown):
            ignored = shutil.ignore_patterns("*.pyc")
            shutil.copytree(PROJECT / "pixivkit", folder / "pixivkit", ignore=ignored)
        _grow(grown)
        times: dict[tuple[str, Path], list[float]] = {}
        for number in range(settings.count(15, 3) + 1):
            for name, statement in _STATEMENTS.items():
                for folder in (plain, grown):
                    seconds = seconds_of(statement, folder)
                    if number:  # The first round compiles.
                        times.setdefault((name, folder), []).append(seconds)
    ratios = {name: Spread.ratio(times[name, grown], times[name, plain]) for name in _STATEMENTS}
    rows = [[f"`{name}`", str(ratio)] for name, ratio in ratios.items()]
    bars = [Bar(f"{name}, with {_MORE} more endpoints", "<= 1.05", ratios[name]) for name in _FLAT]
    columns = ["", f"with {_MORE} more endpoints"]
    return Section("Growth", _WORDS, [Table("", columns, rows)], bars)


def _grow(folder: Path) -> None:
    """Add resources to the copy of the project in *folder*."""
    for api in ("app", "web"):
        package = folder / "pixivkit" / api
        file = package / "__init__.py"
        lines = file.read_text("utf-8")
        for number in range(_RESOURCES):
            lines += f"    more{number}: More{number}Api\n"
            models = "\n".join(_models(api, number))
            (package.parent / "models" / api / f"more{number}.py").write_text(models, "utf-8")
            declarations = "\n".join(_declarations(api, number))
            (package / f"more{number}.py").write_text(declarations, "utf-8")
        file.write_text(lines, "utf-8")
    for name, make in LISTS.items():
        (folder / name).write_text(make(folder / name), "utf-8")


def _models(api: str, resource: int) -> Iterator[str]:
    names = [f"More{resource}Model{number}" for number in range(_ENDPOINTS)]
    base = "Model" if api == "app" else "WebModel"
    yield "from __future__ import annotations"
    yield f"import attrs\nfrom ..base import {base}\n__all__ = {names}"
    for name in names:
        yield f"@attrs.define(kw_only=True)\nclass {name}({base}):"
        yield '    """A model."""\n    id: int'
        yield from (f'    text_{number}: str = ""' for number in range(11))


def _declarations(api: str, resource: int) -> Iterator[str]:
    base = "AppResource" if api == "app" else "WebResource"
    yield "from __future__ import annotations"
    yield "from .._core.calls.call import Call\nfrom .._core.calls.declare import get"
    yield f"from ..models.{api} import more{resource}\nfrom .resource import {base}"
    yield f'class More{resource}Api({base}, resource="more{resource}"):\n    """More."""'
    for number in range(_ENDPOINTS):
        model = f"more{resource}.More{resource}Model{number}"
        yield f'    @get("/ajax/more{resource}/{number}")'
        yield f"    def get{number}(self, work_id: int, *, page: int = 1) -> Call[{model}]:"
        yield f'        """Thing number {number}."""'
