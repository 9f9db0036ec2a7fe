"""Long waits on the command line, and Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pixivkit.testing import FakePixiv, Server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")


def command(server: Server, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "pixivkit.cli", "call", *arguments, "--server", server.url]


def environment(fake: FakePixiv, settings: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PIXIV_REFRESH_TOKEN": fake.refresh_token,
        "XDG_CONFIG_HOME": str(settings),
        "COLUMNS": "100",
    }


def limited(fake: FakePixiv) -> None:
    headers = {"retry-after": "65"}
    fake.fail_next("app.illust.detail", status=429, headers=headers, times=9)


def test_a_long_wait_is_a_line_on_standard_error_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    fake = FakePixiv(works=3)
    limited(fake)
    with fake.serve() as server:
        process = subprocess.Popen(
            command(server, "app.illust.detail", "illust_id=1"),
            env=environment(fake, tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        assert (
            process.stderr.readline()
            == "pixivkit: waiting 65 s: pixiv limits requests to the App API\n"
        )
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=300)
    assert process.returncode == 130
    assert out == ""
    assert err == "pixivkit: interrupted\n"


def test_on_a_terminal_it_is_counted_down(tmp_path: Path) -> None:
    fake = FakePixiv(works=3)
    limited(fake)
    primary, terminal = os.openpty()
    with fake.serve() as server:
        process = subprocess.Popen(
            command(server, "app.illust.detail", "illust_id=1"),
            env=environment(fake, tmp_path),
            stdout=subprocess.PIPE,
            stderr=terminal,
        )
        os.close(terminal)
        shown = ""
        # On a busy machine seconds may be left out.
        while len(set(re.findall(r"\d:\d\d left", shown))) < 2:
            shown += os.read(primary, 4096).decode()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=300)
    os.close(primary)
    assert process.returncode == 130
    assert "pixiv limits requests to the App API: 1:0" in shown


def test_ctrl_c_ends_a_command_that_waits_for_an_answer(tmp_path: Path) -> None:
    """A name is looked up, or an answer waited for, in a way that cannot be cancelled."""
    fake = FakePixiv(works=3)
    program = (
        "import time, anyio, anyio.to_thread\n"
        "from pixivkit.cli.waiting import run\n"
        "def wait():\n"
        "    print('begun', flush=True)\n"
        "    time.sleep(600)\n"
        "async def stuck():\n"
        "    await anyio.wait_all_tasks_blocked()\n"  # Ctrl-C is listened for
        "    await anyio.to_thread.run_sync(wait)\n"
        "run(stuck)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment(fake, tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=300)
    assert process.returncode == 130
