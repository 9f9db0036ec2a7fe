"""What a terminal gets, and what does not."""

from __future__ import annotations

import io

import pytest

from pixivkit.cli.output import Output


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _printed(monkeypatch: pytest.MonkeyPatch, stdout: io.StringIO) -> str:
    monkeypatch.setattr("sys.stdout", stdout)
    output = Output()
    output.table(("name", "title"), [("a", "[red]one[/red]\n\x1b[2Jtwo"), ("b", None)])
    output.line("step", "words", style="cyan", width=8)
    return stdout.getvalue()


@pytest.fixture(autouse=True)
def _colourful(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")


def test_a_terminal_gets_a_table_in_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = _printed(monkeypatch, _Terminal())
    assert "title" in printed
    assert "\x1b[36m" in printed
    assert "[red]one[/red] \\x1b[2Jtwo" in printed, "what pixiv says is not obeyed"


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[36m" not in _printed(monkeypatch, _Terminal())


def test_elsewhere_lines_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    printed = _printed(monkeypatch, io.StringIO())
    assert printed == "a\t[red]one[/red] \\x1b[2Jtwo\nb\t\nstep\twords\n"
