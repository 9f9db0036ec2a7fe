"""Mixed faults, against the fake pixiv on a socket."""

from __future__ import annotations

import sys
from collections import Counter

import attrs

from pixivkit.testing import FakePixiv
from pixivkit.testing.faults import FaultKind, FaultPlan, evenly

from .drivers import Driver, driving
from .results import Section, Spread, Table
from .settings import Settings
from .venvs import FAST, PLAIN

_SHARE = 0.1
_KINDS: tuple[FaultKind, ...] = (
    "status_502",
    "status_503",
    "reset_unhandled",
    "reset_unanswered",
    "reset_midway",
    "invalid_grant",
)
_WORDS = """\
`illust.detail` against the fake pixiv, where one request in ten fails ({kinds}), as a part of the
calls a second without faults; waits between attempts are cut to hundredths of a second. The fake
is slower than its clients and runs beside them, so this is about what faults cost, and about what
becomes of the calls: {ends}.
"""


def run(settings: Settings) -> Section:
    """Measure with and without faults, in turns."""
    fake = FakePixiv(works=100)
    rows: list[list[str]] = []
    ends: Counter[str] = Counter()
    with fake.serve() as server:
        for client in (FAST, PLAIN):
            own = attrs.evolve(client, script="drive_faults")
            with driving(own, settings.venvs, server.url) as driver:
                row = [client.name]
                for concurrency in settings.concurrencies:
                    sys.stderr.write(f"faults: {client.name}, {concurrency} at once\n")
                    row.append(str(_ratio(fake, driver, settings, concurrency, ends)))
                rows.append(row)
    said = ", ".join(f"{number} {end}" for end, number in ends.most_common())
    words = _WORDS.format(kinds=", ".join(_KINDS), ends=said)
    columns = [
        "with faults against without",
        *(f"{one} at once" for one in settings.concurrencies),
    ]
    return Section("Mixed faults", words, [Table("", columns, rows)])


def _ratio(
    fake: FakePixiv, driver: Driver, settings: Settings, concurrency: int, ends: Counter[str]
) -> Spread:
    """Calls a second with faults against without; *ends* is told what became of the former."""
    count = min(settings.count(300, 100), 50 * concurrency)
    rates: dict[bool, list[float]] = {False: [], True: []}
    for number in range(max(2, settings.rounds // 2)):
        for faulty in (False, True):
            often = {"app.illust.*": evenly(_SHARE, _KINDS)}
            fake.plan = FaultPlan(often, seed=number) if faulty else None
            fake.log.clear()
            told = driver.order(
                token=fake.refresh_token,
                ids=sorted(fake.world.works)[:50],
                count=count,
                concurrency=concurrency,
            )
            rates[faulty].append(count / float(told["seconds"]))
            if faulty:
                ends.update(told["ends"])
    return Spread.ratio(rates[True], rates[False])
