"""Without an extra, everything else works, and what needs it says which one to install."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

BLOCK = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing())
"""

IN_TESTING = ("starlette", "python_multipart", "uvicorn")


def run_without(missing: Sequence[str], program: str, *arguments: str) -> tuple[int, str, str]:
    """The exit status and the output of *program*, with packages that are not installed."""
    done = subprocess.run(
        [sys.executable, "-c", BLOCK.format(names=set(missing)) + program, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
    )
    return done.returncode, done.stdout, done.stderr


def raised(missing: str, program: str) -> str:
    """What *program* raises, as ``name of the class: words``."""
    caught = "\n".join(
        [
            "try:",
            *(f"    {line}" for line in program.splitlines()),
            "except Exception as exc:",
            "    print(f'{type(exc).__name__}: {exc}')",
        ]
    )
    status, said, trouble = run_without([missing], caught)
    assert status == 0, trouble
    return said.strip()


def test_all_is_every_other_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    others = ",".join(sorted(extras.keys() - {"all"}))
    assert extras["all"] == [f"pixivkit-async[{others}]"]


def test_each_is_used_alone() -> None:
    """`nox -s extras` installs each extra alone and runs its script."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    scripts = {path.stem for path in (ROOT / "tests" / "release" / "extras").glob("*.py")}
    assert scripts == set(project["optional-dependencies"])


class TestParts:
    @pytest.mark.parametrize("missing", IN_TESTING)
    def test_the_fake(self, missing: str) -> None:
        assert raised(missing, "import pixivkit.testing") == (
            f"MissingExtra: pixivkit.testing needs {missing}: "
            "pip install 'pixivkit-async[testing]'"
        )

    def test_telemetry(self) -> None:
        said = raised("opentelemetry", "import pixivkit.telemetry")
        assert said.startswith("MissingExtra: pixivkit.telemetry needs opentelemetry")
        assert "pip install 'pixivkit-async[telemetry]'" in said

    def test_parquet(self) -> None:
        said = raised(
            "pyarrow",
            "import anyio\n"
            "from pixivkit.sinks import Parquet\n"
            "async def enter():\n"
            "    async with Parquet('works.parquet'): pass\n"
            "anyio.run(enter)",
        )
        assert "pip install 'pixivkit-async[parquet]'" in said

    def test_pictures_of_ugoira(self) -> None:
        said = raised(
            "PIL",
            "import anyio\n"
            "from pixivkit.ugoira import export\n"
            "anyio.run(export, 'none.zip', [], 'none.gif')",
        )
        assert said == (
            "MissingExtra: the export of an ugoira needs PIL: pip install 'pixivkit-async[images]'"
        )

    def test_the_keyring(self) -> None:
        said = raised("keyring", "from pixivkit import KeyringTokenStore as K; K()")
        assert said.startswith("TokenStoreError: ")
        assert "pip install 'pixivkit-async[keyring]'" in said

    def test_socks(self) -> None:
        said = raised(
            "socksio",
            "import anyio\n"
            "from pixivkit import Pixiv\n"
            "async def send():\n"
            "    async with Pixiv(proxy='socks5://127.0.0.1:1') as px:\n"
            "        await px.web.illust.detail(1)\n"
            "anyio.run(send)",
        )
        assert said.startswith("InvalidArgument: ")
        assert "pip install 'pixivkit-async[socks]'" in said

    def test_it_is_an_import_error_of_the_tree(self) -> None:
        program = (
            "from pixivkit.errors import PixivError\n"
            "try:\n"
            "    import pixivkit.testing\n"
            "except ImportError as exc:\n"
            "    print(isinstance(exc, PixivError), exc.extra, exc.name)\n"
        )
        assert run_without(IN_TESTING, program)[1].split() == ["True", "testing", "starlette"]

    def test_what_is_broken_inside_of_an_extra_is_told_as_it_is(self) -> None:
        """Only the packages of the extra itself are missing for want of it."""
        said = raised("h11", "import pixivkit.testing.server")
        assert said == "ModuleNotFoundError: No module named 'h11'"


class TestCommand:
    MODULES = ("pixivkit", "pixivkit.cli")

    @pytest.mark.parametrize("module", MODULES)
    def test_it_is_a_module_as_well(self, module: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", module, "--version"],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("pixivkit, version ")

    @pytest.mark.parametrize("missing", ["click", "rich"])
    @pytest.mark.parametrize("module", MODULES)
    def test_without_its_extra_it_says_so(self, module: str, missing: str) -> None:
        program = f"import runpy; runpy.run_module({module!r}, run_name='__main__')"
        assert run_without([missing], program, "endpoints") == (
            1,
            "",
            f"pixivkit: the command needs {missing}: pip install 'pixivkit-async[cli]'\n",
        )

    @pytest.mark.parametrize("command", ["serve", "demo"])
    def test_what_needs_the_fake_says_so(self, command: str) -> None:
        program = "from pixivkit.cli import main; main()"
        status, said, trouble = run_without(IN_TESTING, program, command)
        assert (status, said) == (1, "")
        assert trouble == (
            "pixivkit: MissingExtra: pixivkit.testing needs starlette: "
            "pip install 'pixivkit-async[testing]'\n"
        )


class TestPlugin:
    TESTS = "def test_nothing(): pass\n\ndef test_pixiv(fake_pixiv): pass\n"

    def test_without_its_extra_only_its_fixtures_fail(self, tmp_path: Path) -> None:
        (tmp_path / "test_it.py").write_text(self.TESTS, "utf-8")
        program = "import pytest; pytest.main(sys.argv[1:])"
        plugins = ["-p", "no:pixivkit", "-p", "pixivkit.pytest_plugin", "-p", "no:cacheprovider"]
        _, said, _ = run_without(
            IN_TESTING, program, *plugins, "--rootdir", str(tmp_path), str(tmp_path)
        )
        assert "1 passed, 1 error" in said
        assert "pip install 'pixivkit-async[testing]'" in said

    def test_it_imports_next_to_nothing(self) -> None:
        """Every run of pytest loads it, in every project of the environment."""
        program = (
            "import pixivkit.pytest_plugin\n"
            "heavy = ('anyio', 'attrs', 'httpx', 'pixivkit.client', 'pixivkit.testing')\n"
            "print([name for name in heavy if name in sys.modules])"
        )
        assert run_without(IN_TESTING, program)[1].strip() == "[]"

    def test_it_is_what_pytest_finds(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        assert project["entry-points"]["pytest11"] == {"pixivkit": "pixivkit.pytest_plugin"}
