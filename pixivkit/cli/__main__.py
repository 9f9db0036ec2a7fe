"""``python -m pixivkit.cli``: the same as ``pixivkit``."""

from __future__ import annotations

from . import main

main()
