"""``python -m pixivkit.cli``: the same as the command ``pixivkit``."""

from __future__ import annotations

from . import main

main()
