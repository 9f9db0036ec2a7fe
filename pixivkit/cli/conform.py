"""``pixivkit conform``: check recorded replies against the declarations."""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from .._core.basics.suggest import did_you_mean
from ..conformance import FileReport, check_manifest
from ..errors import InvalidArgument
from ..registry import REGISTRY
from .output import Output

_STYLES = {
    "ok": "green",
    "unknown": "yellow",
    "misfit": "yellow",
    "lost": "red",
    "failed": "bold red",
    "undeclared": "dim",
}


@click.command(short_help="Check recorded replies against the models.")
@click.argument("manifest", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of reports.")
@click.option(
    "--strict",
    is_flag=True,
    help="Misfits, unknown keys, and requests that no endpoint is declared for fail too.",
)
@click.option("--only", default="", metavar="PREFIX", help="Only endpoints with such a name.")
def conform(manifest: Path, as_json: bool, strict: bool, only: str) -> None:
    """
    Check recorded replies: does each become a model, and is nothing lost?

    MANIFEST is a CSV file with the columns `file` (relative to it) and `endpoint` (METHOD
    host/path?query). The exit status is 1 if any file fails or loses a value. A misfit is a value
    that is not of the type of its field: the field goes without it, and the model keeps it.
    """
    if not any(name.startswith(only) for name in REGISTRY):
        msg = f"--only: no endpoint is called {only!r}{did_you_mean(only, _name_prefixes())}"
        raise click.UsageError(msg)
    output = Output()
    counts: Counter[str] = Counter()
    reports: list[FileReport] = []
    try:
        for report in check_manifest(manifest):
            if not (report.endpoint or "").startswith(only):
                continue
            counts[_state(report)] += 1
            if as_json:
                reports.append(report)
            else:
                _show(output, report)
    except (InvalidArgument, UnicodeDecodeError, OSError, csv.Error) as exc:
        raise click.UsageError(f"{manifest}: {exc}") from None
    if as_json:
        output.json([_plain(one) for one in reports])
    else:
        summary = [f"{counts[state]} {state}" for state in _STYLES if counts[state]]
        output.line("total", counts.total(), *summary, style="bold")
    bad = counts["failed"] + counts["lost"]
    if strict:
        bad += counts["misfit"] + counts["unknown"] + counts["undeclared"]
    if bad:
        sys.exit(1)


def _name_prefixes() -> set[str]:
    """Return the names of all endpoints, and of the APIs and resources they are in."""
    words = [name.split(".") for name in REGISTRY]
    return {".".join(some[:length]) for some in words for length in range(1, len(some) + 1)}


def _plain(report: FileReport) -> dict[str, object]:
    return {
        "file": report.file,
        "request": report.request,
        "endpoint": report.endpoint,
        "ok": _state(report) in ("ok", "unknown", "misfit"),
        "error": report.error,
        "misfits": report.misfits,
        "unknown": report.unknown,
        "lost": report.lost,
    }


def _state(report: FileReport) -> str:
    if report.error is not None:
        return "failed"
    if report.endpoint is None:
        return "undeclared"
    if report.lost:
        return "lost"
    if report.misfits:
        return "misfit"
    return "unknown" if report.unknown else "ok"


def _show(output: Output, report: FileReport) -> None:
    state = _state(report)
    cells = [report.request if report.endpoint is None else report.endpoint, report.file]
    if report.error is not None:
        cells.append(report.error)
    output.line(state, *cells, style=_STYLES[state])
    findings = (
        ("misfit", report.misfits),
        ("unknown-key", report.unknown),
        ("lost-value", report.lost),
    )
    for label, paths in findings:
        for path, count in _counted(paths).items():
            where = cells[:2] if output.plain else []
            output.line(label, *where, path, *([f"{count} times"] if count > 1 else []))


def _counted(paths: Iterable[str]) -> Counter[str]:
    """Count *paths*; the same path in every item of a list is one."""
    return Counter(re.sub(r"\[\d+\]", "[]", path) for path in paths)
