"""What is generated, and what others rely on: in a copy of the project, with changes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]

DECLARED = '''
    @get("/v1/ugoira/more")
    def more(self, illust_id: int) -> Call[UgoiraMetadata]:
        """
        More about an ugoira.

        Args:
            illust_id: Id of the work.

        Returns:
            How it plays.
        """
        ...
'''


class Project:
    """A copy of the project that may be changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("docs", "pixivkit", "spec", "tools"):
            shutil.copytree(PROJECT / name, root / name)
        for name in ("README.md", "CHANGELOG.md"):
            shutil.copy(PROJECT / name, root / name)

    def replace(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text("utf-8")
        assert old in text
        (self.root / file).write_text(text.replace(old, new), "utf-8")

    def append(self, file: str, more: str) -> None:
        (self.root / file).write_text((self.root / file).read_text("utf-8") + more, "utf-8")

    def holds(self, file: str, line: str) -> bool:
        return line in (self.root / file).read_text("utf-8").splitlines()

    def generate(self, *options: str) -> tuple[bool, str]:
        """Whether it went well, and what it printed."""
        command = [sys.executable, "-m", "tools.generate", *options]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        assert not done.stderr, done.stderr
        return done.returncode == 0, done.stdout

    def tell(self, name: str) -> None:
        """Name what is gone in the changelog."""
        self.replace("CHANGELOG.md", "## Unreleased\n", f"## Unreleased\n\n`{name}` is gone.\n")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_everything_is_up_to_date(project: Project) -> None:
    assert project.generate("--check") == (True, "")


def test_an_endpoint_comes_by_itself(project: Project) -> None:
    project.append("pixivkit/app/ugoira.py", DECLARED)
    well, shown = project.generate("--check")
    assert not well
    assert "app.ugoira.more" in shown
    assert "nox -s generate" in shown

    assert project.generate() == (True, "")
    assert project.generate("--check") == (True, "")
    for name in ("spec/openapi.json", "spec/endpoints.md", "spec/requests.txt"):
        assert "app.ugoira.more" in (project.root / name).read_text("utf-8")
    assert project.holds(
        "spec/requests.txt", "app.ugoira.more(illust_id): query illust_id, required"
    )
    readme = "| `px.app.ugoira` | The frames of ugoira. | 2 |"
    assert project.holds("README.md", readme)


def test_a_resource_is_one_line_in_its_namespace(project: Project) -> None:
    source = (project.root / "pixivkit" / "app" / "ugoira.py").read_text("utf-8")
    made = source.replace("UgoiraApi", "MoviesApi").replace('"ugoira"', '"movies"')
    (project.root / "pixivkit" / "app" / "movies.py").write_text(made, "utf-8")
    project.replace(
        "pixivkit/app/__init__.py",
        "    novel: NovelApi\n",
        "    movies: MoviesApi\n    novel: NovelApi\n",
    )

    assert project.generate() == (True, "")
    assert project.holds("pixivkit/app/__init__.py", "    from .movies import MoviesApi")
    assert project.holds("spec/public-names.txt", "pixivkit.app.AppApi.movies")
    program = "from pixivkit import Pixiv; print(Pixiv().app.movies)"
    shown = subprocess.check_output([sys.executable, "-c", program], cwd=project.root, text=True)
    assert shown == "<app.movies: metadata>\n"


def test_a_model_is_exported_by_itself(project: Project) -> None:
    module = "pixivkit/models/app/ugoira.py"
    project.replace(module, '"UgoiraMetadata"', '"UgoiraExtra", "UgoiraMetadata"')
    project.append(
        module, '\n\n@attrs.define(kw_only=True)\nclass UgoiraExtra(Model):\n    """X."""\n'
    )
    assert project.generate() == (True, "")
    assert project.holds("spec/public-names.txt", "pixivkit.models.app.UgoiraExtra")


def test_two_models_of_an_api_cannot_have_one_name(project: Project) -> None:
    project.replace(
        "pixivkit/models/app/ugoira.py", '"UgoiraMetadata"', '"Illust", "UgoiraMetadata"'
    )
    done = subprocess.run(
        [sys.executable, "-m", "tools.generate"],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Illust is in illust and in ugoira" in done.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "name"),
    [
        pytest.param(
            "pixivkit/__init__.py",
            "    from .upload import Published\n",
            "",
            "pixivkit.Published",
            id="public name",
        ),
        pytest.param(
            "pixivkit/models/app/ugoira.py",
            "    delay: int",
            "    pause: int",
            "pixivkit.models.app.UgoiraFrame.delay",
            id="field",
        ),
        pytest.param(
            "pixivkit/app/ugoira.py",
            '"/v1/ugoira/metadata"',
            '"/v2/ugoira/metadata"',
            "app.ugoira.metadata",
            id="path",
        ),
        pytest.param(
            "pixivkit/app/ugoira.py",
            "illust_id: IllustId",
            "work_id: IllustId",
            "app.ugoira.metadata(illust_id)",
            id="parameter",
        ),
        pytest.param(
            "pixivkit/app/ugoira.py",
            "    def metadata",
            "    def how_it_plays",
            "app.ugoira.metadata",
            id="endpoint",
        ),
    ],
)
def test_what_goes_or_changes_is_refused_until_the_changelog_names_it(
    project: Project, file: str, old: str, new: str, name: str
) -> None:
    project.replace(file, old, new)
    well, shown = project.generate()
    assert not well
    assert f"gone or changed: {name}" in shown
    assert "CHANGELOG.md" in shown
    assert not project.generate("--check")[0]

    project.tell(name)
    assert project.generate() == (True, "")
    assert not project.holds("spec/public-names.txt", name)


def test_a_name_in_an_older_section_of_the_changelog_does_not_count(project: Project) -> None:
    project.replace("pixivkit/__init__.py", "    from .upload import Published\n", "")
    project.append("CHANGELOG.md", "\n## 0.0.1\n\n`pixivkit.Published` is gone.\n")
    well, _ = project.generate()
    assert not well
