"""Ctrl-C ends what a script waits for, at once and cleanly."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("interrupted.py")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("kind", ["run", "each", "bulk", "downloads", "entered"])
def test_what_is_under_way_is_cancelled(kind: str, backend: str, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-W", "error", str(SCRIPT), kind, backend, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as child:
        assert child.stdout is not None
        said: list[str] = []
        for line in child.stdout:
            said.append(line.strip())
            if said[-1] == "waiting":
                child.send_signal(signal.SIGINT)

    assert (child.returncode, said) == (0, ["waiting", "cancelled", "interrupted [] []"])
    assert all(path.stat().st_size for path in folder.iterdir())
