"""Replies that are pages: how the JSON in one is found."""

from __future__ import annotations

from typing import Protocol


class Reader(Protocol):
    """What a declaration names where the reply is a page that holds JSON, not JSON itself."""

    def read(self, page: str) -> object:
        """
        Return the JSON that *page* holds.

        Raises:
            ValueError: It holds none; says what was looked for, and quotes nothing.
        """
        ...

    def page(self, json: object) -> str:
        """Return a page that holds *json*, as the fake pixiv serves it."""
        ...
