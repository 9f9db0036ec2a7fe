"""The pytest plugin by another name, for ``pytest -p pixivkit.testing.plugin``."""

from __future__ import annotations

from ..pytest_plugin import (
    _no_real_pixiv,  # pyright: ignore[reportPrivateUsage]
    fake_pixiv,
    pixiv,
    pytest_configure,
)

__all__ = ["_no_real_pixiv", "fake_pixiv", "pixiv", "pytest_configure"]
