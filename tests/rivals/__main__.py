"""``python -m rivals [CLIENT...]``: other people's clients against the fake pixiv."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import anyio

from pixivkit import Pixiv, RefreshToken, SessionCookie
from tools.generate.clients import OtherClient, read_clients

from . import gallery_dl
from .environments import RIVALS, Environment, Missing, Rival, environment_of
from .facts import Facts, find_facts
from .methods import Outcome, call_methods, compare_listing
from .proxy import Proxy, proxying
from .served import Served, serving

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Run what is asked for; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m rivals", description=__doc__)
    parser.add_argument("clients", nargs="*", metavar="CLIENT", help="all, if none is named")
    parser.add_argument("--venvs", type=Path, required=True, help="where they are installed")
    given = parser.parse_args()
    tables = {other.name: other for other in read_clients(ROOT)}
    asked: list[str] = given.clients or list(tables)
    outcomes = [
        outcome
        for rival in RIVALS
        if rival.name in asked
        for outcome in _run(rival, tables[rival.name], given.venvs.resolve())
    ]
    wide = max(len(one.method) for one in outcomes)
    for one in outcomes:
        mark = "FAILED " if one.failed else ""
        sys.stdout.write(f"{one.client:14} {one.method:{wide}} {mark}{one.told}\n")
    failed = sum(one.failed for one in outcomes)
    sys.stdout.write(f"{len(outcomes)} lines, {failed} failed\n")
    return 1 if failed or not outcomes else 0


def _run(rival: Rival, other: OtherClient, venvs: Path) -> Iterator[Outcome]:
    try:
        environment = environment_of(rival, venvs)
    except Missing as exc:
        yield Outcome(rival.name, "", f"left out: {exc}")
        return
    yield from compare_listing(other, environment.listing(other))
    with (
        serving() as served,
        tempfile.TemporaryDirectory(prefix="pixivkit-rivals-") as name,
        proxying(served.url, Path(name)) as proxy,
    ):
        yield from anyio.run(_ask, served, other, environment, proxy, Path(name))


async def _ask(
    served: Served, other: OtherClient, environment: Environment, proxy: Proxy, folder: Path
) -> list[Outcome]:
    async with Pixiv(
        app=RefreshToken(served.refresh_token),
        web=SessionCookie(served.session_cookie),
        hosts=served.hosts,
        pace=None,
    ) as px:
        facts: Facts = find_facts()
        variables = {
            **proxy.environment(),
            "PIXIV_REFRESH_TOKEN": served.refresh_token,
            "RIVALS_FOLDER": str(folder),
        }
        with environment.driving(variables) as driver:
            outcomes = await call_methods(px, other, driver, proxy, facts)
        if other.name == "gallery-dl":
            outcomes += await gallery_dl.run(px, served, environment, proxy, folder, facts)
        return outcomes


if __name__ == "__main__":
    sys.exit(main())
