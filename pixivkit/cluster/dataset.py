"""Turn calls into a Ray Data set: workers send them, and their rows stay on the nodes."""

from __future__ import annotations

import contextlib
import importlib
import itertools
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from .._core.basics.extras import needs
from .._core.calls.call import Page, Prepared
from ..bulk import Failed, Outcome
from ..errors import InvalidArgument
from ..models.base import Model
from ..session import Session
from ..sinks.parquet import arrow_schema, column_values
from ..sinks.row import Row, row_of
from ..synchronous import BlockingSession, blocking
from . import engine

__all__ = ["dataset_of"]

_CALLS_TOGETHER: Final = 128
_ROWS_TOGETHER: Final = 256


def dataset_of(
    calls: Iterable[Prepared[Any]],
    make_session: Callable[[], Session],
    *,
    limit: int,
    workers: int,
) -> Any:
    """
    Return the set; see `Cluster.dataset`.

    Args:
        calls: The calls.
        make_session: Makes the session of a worker; it has to pickle.
        limit: How many calls are under way at once in each worker.
        workers: How many workers there are.
    """
    engine.ray()
    with needs("parquet", "Cluster.dataset"):
        data: Any = importlib.import_module("ray.data")
    packed = [{"calls": some} for some in _packed(calls)]
    return data.from_items(packed).map_batches(
        _Rows,
        fn_constructor_args=(make_session, limit),
        batch_size=1,
        batch_format="pyarrow",
        compute=data.ActorPoolStrategy(size=workers),
        num_cpus=0.5,
    )


def _packed(calls: Iterable[Prepared[Any]]) -> Iterator[bytes]:
    """Pickle many calls at a time: they share most of what they are."""
    source = iter(calls)
    while some := list(itertools.islice(source, _CALLS_TOGETHER)):
        for call in some:
            if not call.endpoint.idempotent:
                msg = "a data set may be read more than once: send this with px.account(...)"
                raise InvalidArgument(msg, endpoint=call.endpoint.name)
        yield pickle.dumps(some)


class _Rows:
    """
    A worker that sends calls through the homes, and makes rows of what they bring.

    It has one session, which Ray Data closes by deleting the worker at the end of the set.
    """

    def __init__(self, make_session: Callable[[], Session], limit: int) -> None:
        self._limit = limit
        self._arrow: Any = importlib.import_module("pyarrow")
        fields = [*arrow_schema(self._arrow), self._arrow.field("error", self._arrow.string())]
        self._schema: Any = self._arrow.schema(fields)
        self._stack = contextlib.ExitStack()
        self._px: BlockingSession = self._stack.enter_context(blocking(make_session()))

    def __del__(self) -> None:
        self._stack.close()

    def __call__(self, batch: Any) -> Iterator[Any]:
        """Yield tables of rows as they come."""
        rows: list[dict[str, object]] = []
        for packed in batch["calls"].to_pylist():
            for outcome in self._px.each(self._px.bulk(pickle.loads(packed), limit=self._limit)):
                rows += _rows_of(outcome)
                if len(rows) >= _ROWS_TOGETHER:
                    yield self._table(rows)
                    rows = []
        yield self._table(rows)

    def _table(self, rows: Sequence[Mapping[str, object]]) -> Any:
        return self._arrow.Table.from_pylist(rows, schema=self._schema)


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
