"""The command lists the endpoints and runs a fake."""

import subprocess
import sys


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", "pixivkit", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


assert "app.illust.detail" in run("endpoints")
assert "pixiv" in run("demo")
