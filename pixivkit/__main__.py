"""``python -m pixivkit``: the same as the command ``pixivkit``."""

from __future__ import annotations

from .cli import main

main()
