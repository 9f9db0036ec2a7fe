"""Turn calls into a Ray Data set: workers send them, and their rows stay on the nodes."""

from __future__ import annotations

import asyncio
import importlib
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from .._core.basics.extras import needs
from .._core.calls.call import Page, Prepared
from ..bulk import Failed, Outcome
from ..errors import InvalidArgument
from ..models.base import Model
from ..sinks.parquet import arrow_schema, column_values
from ..sinks.row import Row, row_of
from . import engine
from .account import Account
from .answers import HomeSettings

__all__ = ["dataset_of"]

_CALLS_PER_BATCH: Final = 256


def dataset_of(
    calls: Iterable[Prepared[Any]],
    accounts: Sequence[Account],
    settings: HomeSettings,
    *,
    limit: int,
    workers: int,
) -> Any:
    """Return the set; see `Cluster.dataset`."""
    engine.ray()
    with needs("parquet", "Cluster.dataset"):
        data: Any = importlib.import_module("ray.data")
    packed: list[dict[str, bytes]] = []
    for call in calls:
        if not call.endpoint.idempotent:
            msg = "a data set may be read more than once: send this with px.account(...)"
            raise InvalidArgument(msg, endpoint=call.endpoint.name)
        packed.append({"call": pickle.dumps(call)})
    return data.from_items(packed).map_batches(
        _Rows,
        fn_constructor_args=(list(accounts), settings, limit),
        batch_size=_CALLS_PER_BATCH,
        batch_format="pyarrow",
        compute=data.ActorPoolStrategy(size=workers),
        num_cpus=0.5,
    )


class _Rows:
    """A worker that sends calls through the homes, and makes rows of what they bring."""

    def __init__(self, accounts: Sequence[Account], settings: HomeSettings, limit: int) -> None:
        self._accounts = accounts
        self._settings = settings
        self._limit = limit
        self._arrow: Any = importlib.import_module("pyarrow")
        fields = [*arrow_schema(self._arrow), self._arrow.field("error", self._arrow.string())]
        self._schema: Any = self._arrow.schema(fields)

    def __call__(self, batch: Any) -> Any:
        calls = [pickle.loads(one) for one in batch["call"].to_pylist()]
        rows = asyncio.run(self._fetched(calls))
        return self._arrow.Table.from_pylist(rows, schema=self._schema)

    async def _fetched(self, calls: Sequence[Prepared[Any]]) -> list[dict[str, object]]:
        from .session import Cluster

        settings = self._settings
        cluster = Cluster(
            self._accounts,
            hosts=settings.hosts,
            idle=settings.idle,
            app_profile=settings.app_profile,
        )
        rows: list[dict[str, object]] = []
        async with cluster as px:
            async for outcome in px.bulk(calls, limit=self._limit):
                rows += _rows_of(outcome)
        return rows


def _rows_of(outcome: Outcome[Any]) -> Iterator[dict[str, object]]:
    endpoint = outcome.call.endpoint.name
    if isinstance(outcome, Failed):
        row = Row(kind="failed", model="", endpoint=endpoint, json=_said(outcome.call))
        yield {**column_values(row), "error": str(outcome.error)}
        return
    for model in _models_of(outcome.value):
        row = row_of(model, endpoint=endpoint, fetched_at=outcome.fetched_at)
        yield {**column_values(row), "error": None}


def _models_of(value: object) -> Sequence[Model]:
    # Of a page nothing is known but that it has items.
    page: Any = value
    items: object = page.items if isinstance(value, Page) else value
    several = cast("Sequence[object]", items) if isinstance(items, Sequence) else [items]
    return [one for one in several if isinstance(one, Model)]


def _said(call: Prepared[Any]) -> Mapping[str, str]:
    return {"call": repr(call.request)}
