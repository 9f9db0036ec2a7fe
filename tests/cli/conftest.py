"""No command of a test sees the settings of whoever runs it."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of settings, empty, and no login in the environment."""
    for name in ("PIXIVKIT_HOSTS", "PIXIVKIT_STORE", "PIXIV_REFRESH_TOKEN", "PIXIV_PHPSESSID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return tmp_path / "settings"
