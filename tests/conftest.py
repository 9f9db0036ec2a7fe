"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

pytest_plugins = ["secrets_watch"]

# A project of its own: tests/testing/test_example_project.py runs its tests.
collect_ignore = ["example_project"]

# The same examples each time, however busy the machine is.
hypothesis.settings.register_profile(
    "tests",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("tests")


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Every asynchronous test runs on both backends."""
    return str(request.param)


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees the logins and settings of whoever runs it."""
    for name in ("PIXIVKIT_HOSTS", "PIXIVKIT_STORE", "PIXIV_REFRESH_TOKEN", "PIXIV_PHPSESSID"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path_factory.getbasetemp() / "no-settings"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))


@pytest.fixture(scope="session")
def catalogue() -> Path:
    """The catalogue of endpoints, which is not part of the project; skips without it."""
    default = Path(__file__).parents[2] / "shared" / "catalogue"
    file = Path(os.environ.get("PIXIVKIT_CATALOGUE", default)) / "endpoints.csv"
    if not file.is_file():
        pytest.skip("the catalogue is not here; set PIXIVKIT_CATALOGUE to its folder")
    return file


@pytest.fixture(scope="session")
def recorded() -> Path:
    """The folder of recorded replies, which is not part of the project; skips without it."""
    default = Path(__file__).parents[2] / "shared" / "recorded"
    folder = Path(os.environ.get("PIXIVKIT_RECORDED", default))
    if not (folder / "MANIFEST.csv").is_file():
        pytest.skip("recorded replies are not here; set PIXIVKIT_RECORDED to their folder")
    return folder
