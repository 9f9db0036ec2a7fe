"""What is in a wheel and a source distribution: ``python -m tests.release.contents DIST``."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from pathlib import Path

PROJECT = Path(__file__).parents[2]
NEEDED = ("pixivkit/py.typed", "pixivkit/__init__.py", "pixivkit/cli/__init__.py")
UNWANTED = ("recorded/", "__pycache__", ".hypothesis", ".nox", ".venv", ".git/")


def examples() -> set[str]:
    """The names of the example files."""
    return {path.name for path in (PROJECT / "spec" / "examples").glob("*.json")}


def modules() -> set[str]:
    """The modules of the package, by their paths in it."""
    return {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "pixivkit").rglob("*.py")}


def check_wheel(names: set[str]) -> None:
    """All modules, types and examples, the licence, and nothing but the package."""
    (info,) = {name.partition("/")[0] for name in names if ".dist-info/" in name}
    assert f"{info}/licenses/LICENSE" in names
    assert f"{info}/entry_points.txt" in names
    assert {*NEEDED, *modules()} <= names
    assert {f"pixivkit/examples/{name}" for name in examples()} <= names
    assert {name.partition("/")[0] for name in names} == {"pixivkit", info}


def check_sdist(names: set[str]) -> None:
    """What is needed to build and to test it, and nothing that was recorded."""
    assert {*NEEDED, "LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml"} <= names
    assert {f"spec/examples/{name}" for name in examples()} <= names
    assert "tests/conftest.py" in names


def contents(wheel: Path) -> dict[str, bytes]:
    """The files of a wheel, but for the list of its files."""
    with zipfile.ZipFile(wheel) as archive:
        return {
            name: archive.read(name)
            for name in archive.namelist()
            if not name.endswith(".dist-info/RECORD")
        }


def main(dist: Path, again: Path) -> None:
    """
    Look at the files.

    Args:
        dist: A folder with a source distribution, and the wheel that was built from it.
        again: A folder with a wheel that was built from the checkout.
    """
    (wheel,), (sdist,), (other,) = dist.glob("*.whl"), dist.glob("*.tar.gz"), again.glob("*.whl")
    in_wheel = contents(wheel)
    check_wheel(set(in_wheel))
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    check_sdist(in_sdist)
    for name in {*in_wheel, *in_sdist}:
        assert not any(part in name for part in UNWANTED), name
    assert in_wheel == contents(other), "the source distribution builds another wheel"
    print(f"{wheel.name}: {len(in_wheel)} files; {sdist.name}: {len(in_sdist)} files")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
