"""What imports cost, each in a new process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .drivers import clean_environment
from .results import Bar, Section, Spread, Table
from .settings import PROJECT, Settings

_WORDS = """\
Processor time of the import alone, without the start of the interpreter, as a multiple of
`import httpx` in the same round; files are compiled. `import pixivkit` imports hardly anything:
names are imported when they are first used, so what a program pays in the end is in the rows below
it.
"""

_STATEMENTS = {
    "import httpx": "import httpx",
    "import pixivkit": "import pixivkit",
    "from pixivkit import Pixiv": "from pixivkit import Pixiv",
    "the same, and a first call made": (
        "from pixivkit import AccessToken, Pixiv;"
        "Pixiv(app=AccessToken('token')).app.illust.detail(1)"
    ),
    "import pydantic": "import pydantic; pydantic.BaseModel",
    "import aiohttp": "import aiohttp",
}


def run(settings: Settings) -> Section:
    """Measure in turns."""
    times: dict[str, list[float]] = {name: [] for name in _STATEMENTS}
    for number in range(settings.count(15, 3) + 1):
        for name, statement in _STATEMENTS.items():
            seconds = seconds_of(statement)
            if number:  # The first round compiles.
                times[name].append(seconds)
    ratios = {name: Spread.ratio(own, times["import httpx"]) for name, own in times.items()}
    rows = [[f"`{name}`", str(ratio)] for name, ratio in ratios.items() if name != "import httpx"]
    bars = [
        Bar("import pixivkit against import httpx", "<= 1.3", ratios["import pixivkit"]),
        Bar(
            "from pixivkit import Pixiv against import httpx",
            "<= 1.3",
            ratios["from pixivkit import Pixiv"],
        ),
    ]
    return Section("Importing", _WORDS, [Table("", ["", "against `import httpx`"], rows)], bars)


def seconds_of(statement: str, folder: Path = PROJECT) -> float:
    """Processor time of *statement* in a new process, which imports what is in *folder*."""
    code = f"import time; t = time.process_time(); {statement}; print(time.process_time() - t)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=folder, env=clean_environment()
    )
    return float(done.stdout)
