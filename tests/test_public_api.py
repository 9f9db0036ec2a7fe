"""The public names, what importing them costs, and which part may know which."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import pickle
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
from support.each import for_each

import pixivkit
from pixivkit import REGISTRY, Pixiv

ROOT = Path(pixivkit.__file__).parent


def modules() -> Iterator[str]:
    """Every module of the package, by its dotted name."""
    for file in sorted(ROOT.rglob("*.py")):
        words = file.relative_to(ROOT.parent).with_suffix("").parts
        yield ".".join(words[:-1] if words[-1] == "__init__" else words)


MODULES = list(modules())


@functools.cache
def imports(module: str) -> frozenset[str]:
    """What *module* imports, wherever in it: modules, or names in them."""
    path = ROOT.parent.joinpath(*module.split("."))
    is_package = path.is_dir()
    source = (path / "__init__.py" if is_package else path.with_suffix(".py")).read_text("utf-8")
    package = module if is_package else module.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            words = package.split(".")
            above = ".".join(words[: len(words) - node.level + 1]) if node.level else ""
            home = ".".join(part for part in (above, node.module) if part)
            found.add(home)
            # Only of a package may a name be another module.
            found |= {f"{home}.{alias.name}" for alias in node.names} & set(MODULES)
    return frozenset(found)


def within(module: str, *parts: str) -> bool:
    """Whether *module* is one of *parts*, or inside of it."""
    return any(module == part or module.startswith(f"{part}.") for part in parts)


def ours(module: str) -> list[str]:
    return sorted(one for one in imports(module) if within(one, "pixivkit"))


def run(program: str) -> str:
    """What *program* prints in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


class TestNames:
    @for_each("name", pixivkit.__all__)
    def test_each_is_there(self, name: str) -> None:
        assert getattr(pixivkit, name) is not None

    def test_they_are_sorted_and_named_once(self) -> None:
        assert len(set(pixivkit.__all__)) == len(pixivkit.__all__)
        assert sorted(pixivkit.__all__) == dir(pixivkit)

    def test_any_other_is_an_attribute_error(self) -> None:
        with pytest.raises(AttributeError, match="'pixivkit' has no attribute 'Pixif'"):
            _ = pixivkit.Pixif  # type: ignore[attr-defined]

    @for_each("name", pixivkit.errors.__all__)
    def test_errors_are_there_by_name(self, name: str) -> None:
        assert issubclass(getattr(pixivkit.errors, name), pixivkit.PixivError)

    def test_every_module_with_public_names_has_them(self) -> None:
        for name in MODULES:
            if within(name, "pixivkit.models", "pixivkit.app", "pixivkit.web"):
                module = importlib.import_module(name)
                for public in getattr(module, "__all__", ()):
                    assert hasattr(module, public), f"{name}.{public}"


class TestImporting:
    HEAVY = ("httpx", "aiohttp", "anyio", "attrs", "cattrs", "orjson", "trio", "asyncio")

    def test_the_package_brings_nothing_along(self) -> None:
        program = f"import sys, pixivkit; print([m for m in {self.HEAVY} if m in sys.modules])"
        assert run(program) == "[]"

    def test_endpoints_and_models_need_no_http_library(self) -> None:
        program = (
            "import sys; from pixivkit import REGISTRY, Call, Pages, structure; "
            "structure('app.illust.detail', {'illust': {'id': 1}}); "
            "print([m for m in ('httpx', 'aiohttp') if m in sys.modules])"
        )
        assert run(program) == "[]"

    def test_a_call_loads_its_own_resource_and_models(self) -> None:
        """With many more endpoints, the first call costs the same."""
        program = (
            "import sys; from pixivkit import AccessToken, Pixiv; "
            "px = Pixiv(app=AccessToken('a')); repr(px.app), dir(px.web); "
            "px.app.ugoira.metadata(1); px.call('web.ranking'); "
            "print(*sorted(m for m in sys.modules if m.startswith("
            "('pixivkit.app.', 'pixivkit.web.', 'pixivkit.models.'))))"
        )
        assert run(program).split() == [
            *("pixivkit.app.resource", "pixivkit.app.sources", "pixivkit.app.ugoira"),
            *("pixivkit.models.app", "pixivkit.models.app.ugoira", "pixivkit.models.base"),
            *("pixivkit.models.display", "pixivkit.models.web", "pixivkit.models.web.ranking"),
            *("pixivkit.web.ranking", "pixivkit.web.resource", "pixivkit.web.sources"),
        ]

    def test_the_registry_is_complete_for_whoever_reads_it(self) -> None:
        program = "from pixivkit import REGISTRY; print(len(REGISTRY), len([*REGISTRY]))"
        built_in = [n for n, e in REGISTRY.items() if within(e.declaration.__module__, "pixivkit")]
        assert run(program).split() == [str(len(built_in))] * 2

    def test_a_name_of_pixivkit_cannot_be_taken_before_it_is_loaded(self) -> None:
        program = (
            "from pixivkit import APP, Api, Auth, Call, get\n"
            "try:\n"
            "    class Mine(Api, base=APP, resource='ugoira', auth=Auth.NONE):\n"
            "        @get('/mine')\n"
            "        def metadata(self) -> Call[object]: ...\n"
            "except TypeError as exc: print(exc)"
        )
        assert run(program).startswith("declared twice: app.ugoira.metadata, in pixivkit.app.")

    def test_a_call_that_travels_loads_its_endpoint_where_it_arrives(self) -> None:
        data = pickle.dumps(Pixiv().app.ugoira.metadata(7))
        program = f"import pickle; print(pickle.loads({data!r}).request.endpoint.name)"
        assert run(program) == "app.ugoira.metadata"

    @pytest.mark.parametrize("name", ["Call", "Pixiv", "Spelling", "errors", "structure"])
    def test_any_name_may_be_the_first(self, name: str) -> None:
        """No circle of imports depends on where one enters it."""
        assert run(f"from pixivkit import {name}; print('fine')") == "fine"


def signatures(value: Any) -> Iterator[tuple[str, str]]:
    """The annotations in the signatures that *value* shows, as text."""
    if inspect.isclass(value):
        for name, text in inspect.get_annotations(value).items():
            if not name.startswith("_"):
                yield f"{value.__name__}.{name}", str(text)
        members: dict[str, Any] = dict(vars(value))
        for name, member in members.items():
            if name.startswith("_") and name not in ("__init__", "__call__", "__aenter__"):
                continue
            member = member.fget if isinstance(member, property) else member
            member = getattr(member, "__func__", member)
            if inspect.isfunction(member):
                yield from signatures(member)
    elif inspect.isfunction(value):
        for name, text in inspect.get_annotations(value).items():
            yield f"{value.__qualname__}({name})", str(text)


@for_each("name", pixivkit.__all__)
def test_no_name_of_the_http_library_is_in_a_public_signature(name: str) -> None:
    shown = dict(signatures(getattr(pixivkit, name)))
    assert {
        where: text
        for where, text in shown.items()
        if "httpx" in text.lower() or "aiohttp" in text.lower()
    } == {}


FLOORS = (
    "basics",
    "structuring",
    "declaration",
    "calls",
    "http",
    "account",
    "waiting",
    "sending",
    "running",
)
"""The packages of the core, the lowest first: each knows those below it, and none above."""

CORE = [module for module in MODULES if within(module, "pixivkit._core")]
_PURE = (
    *("basics.docstrings", "basics.japan_time", "basics.json_text", "basics.lazy_exports"),
    *("basics.secret", "basics.suggest", "structuring", "declaration", "calls"),
    *("account.cookies", "account.credentials", "account.hosts", "account.profile"),
    "waiting.retry",
)
PURE = {
    *(m for m in CORE if within(m, *(f"pixivkit._core.{name}" for name in _PURE))),
    "pixivkit.pixiv_url",
    "pixivkit.pixiv_url.read",
    "pixivkit.pixiv_url.refs",
}
HTTP_LIBRARIES = {
    "httpx": {"pixivkit._core.http.httpx_backend", "pixivkit.testing"},
    "httpcore": {
        "pixivkit._core.http.httpcore_backend",
        "pixivkit._core.http.network",
        "pixivkit._core.http.tls",
    },
    "aiohttp": {"pixivkit._core.http.aiohttp_backend"},
}
CLIENT_USERS = (
    "pixivkit.cli",
    "pixivkit.testing",
    "pixivkit.pytest_plugin",
    "pixivkit.login",
    "pixivkit.pool",
    "pixivkit.cluster.home_client",
    "pixivkit.synchronous",
)


class TestArrows:
    """Who may know whom: read from the import statements, wherever they stand."""

    def test_the_reader_of_imports_reads_them(self) -> None:
        assert "pixivkit._core.declaration.paging" in imports("pixivkit.app.search")
        assert "pixivkit.app.search" in imports("pixivkit.app")
        assert "pixivkit.errors" in imports("pixivkit")
        assert set(MODULES) >= PURE

    @pytest.mark.parametrize("library", HTTP_LIBRARIES)
    def test_http_libraries_stay_in_their_modules(self, library: str) -> None:
        users = {m for m in MODULES if any(within(one, library) for one in imports(m))}
        assert {m for m in users if not within(m, *HTTP_LIBRARIES[library])} == set()

    @for_each("module", sorted(PURE))
    def test_pure_modules_do_no_input_or_output(self, module: str) -> None:
        outside = {one.partition(".")[0] for one in imports(module)} - {"pixivkit"}
        others = outside - set(sys.stdlib_module_names)
        assert others <= {"attrs", "cattrs", "orjson"}
        assert not outside & {"asyncio", "socket", "ssl", "subprocess", "threading", "logging"}
        known = {*PURE, "pixivkit.errors", "pixivkit.models.base", "pixivkit.models.display"}
        assert [one for one in ours(module) if one not in known] == []

    @pytest.mark.parametrize("floor", FLOORS)
    def test_stairs_of_the_core_lead_down(self, floor: str) -> None:
        below = [f"pixivkit._core.{one}" for one in FLOORS[: FLOORS.index(floor) + 1]]
        modules = [m for m in CORE if m.startswith(f"pixivkit._core.{floor}.")]
        known = (*below, "pixivkit.errors", "pixivkit.models")
        up = {m: [one for one in ours(m) if not within(one, *known)] for m in modules}
        assert {m: ones for m, ones in up.items() if ones} == {}
        assert 1 <= len(modules) <= 12

    def test_every_module_of_the_core_is_on_a_floor(self) -> None:
        floors = {f"pixivkit._core.{floor}" for floor in FLOORS}
        assert {m for m in CORE if not within(m, *floors)} == {"pixivkit._core"}

    def test_the_core_has_no_circles(self) -> None:
        TopologicalSorter({module: set(ours(module)) - {module} for module in CORE}).prepare()

    @for_each("module", CORE)
    def test_the_core_knows_no_endpoint(self, module: str) -> None:
        results = ("pixivkit.models.base", "pixivkit.models.display")
        known = ("pixivkit._core", "pixivkit.errors", *results)
        assert [one for one in ours(module) if not within(one, *known)] == []

    @for_each("module", [m for m in MODULES if within(m, "pixivkit.app", "pixivkit.web")])
    def test_declarations_know_the_pure_core_and_models(self, module: str) -> None:
        own = "pixivkit.app" if within(module, "pixivkit.app") else "pixivkit.web"
        for one in ours(module):
            assert one in PURE or within(one, "pixivkit.models", "pixivkit.parameters", own)

    def test_shared_parameters_know_what_annotations_say(self) -> None:
        assert ours("pixivkit.parameters") == ["pixivkit._core.declaration.arguments"]

    @for_each("module", [m for m in MODULES if within(m, "pixivkit.models")])
    def test_models_know_each_other(self, module: str) -> None:
        known = ("pixivkit.models", "pixivkit._core.basics.lazy_exports")
        assert [one for one in ours(module) if not within(one, *known)] == []

    def test_errors_know_nothing(self) -> None:
        assert ours("pixivkit.errors") == []

    def test_hardly_anything_knows_the_client(self) -> None:
        users = {module for module in MODULES if "pixivkit.client" in imports(module)}
        assert {m for m in users if m != "pixivkit" and not within(m, *CLIENT_USERS)} == set()

    def test_nothing_that_is_installed_always_needs_an_extra(self) -> None:
        extras = ("pixivkit.cli", "pixivkit.testing")
        doors = ("pixivkit", "pixivkit.__main__", "pixivkit.pytest_plugin")
        users = {
            module
            for module in MODULES
            if module not in doors and not within(module, *extras)
            for one in ours(module)
            if within(one, *extras)
        }
        assert users == set()

    def test_the_modules_of_the_fake_know_each_other_one_way(self) -> None:
        fake = [module for module in MODULES if within(module, "pixivkit.testing")]
        TopologicalSorter(
            {module: set(ours(module)) - {module, "pixivkit.testing"} for module in fake}
        ).prepare()
