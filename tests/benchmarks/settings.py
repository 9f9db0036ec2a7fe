"""How thorough a run is, and where it keeps things."""

from __future__ import annotations

from pathlib import Path

import attrs

PROJECT = Path(__file__).parents[2]


@attrs.frozen(kw_only=True)
class Settings:
    """
    Attributes:
        quick: Whether to measure just enough to see that everything works.
        venvs: Folder of the virtual environments of the rivals; kept from run to run.
        rounds: How often everything is measured, interleaved.
    """

    quick: bool
    venvs: Path
    rounds: int

    def count(self, thorough: int, quick: int) -> int:
        """How many of something: *thorough*, or *quick* in a quick run."""
        return quick if self.quick else thorough

    @property
    def window(self) -> float:
        """Seconds that requests are counted for, each time: the machine changes its mind soon."""
        return 0.2

    @property
    def concurrencies(self) -> tuple[int, ...]:
        """How many requests are under way at once."""
        return (1, 16, 100, 400)
