"""Everything that an exception shows to those who look closely."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

TESTS = str(Path(__file__).parents[1])


def shown_by(error: BaseException) -> str:
    """
    All that can be read off *error*: texts, fields, pickle, what it came from, and the variables
    of all functions in its tracebacks, as `traceback.TracebackException` shows them.

    Functions of the tests themselves are left out: they know the secrets by right.
    """
    return "\n".join(_shown(error, set()))


def _shown(error: BaseException, seen: set[int]) -> Iterator[str]:
    if id(error) in seen:
        return
    seen.add(id(error))
    yield from (str(error), repr(error), repr(error.args), repr(vars(error)))
    yield repr(pickle.dumps(error))
    yield from _variables(error.__traceback__)
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for other in (error.__cause__, error.__context__, *inner):
        if other is not None:
            yield from _shown(other, seen)


def _variables(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        frame = trace.tb_frame
        if not frame.f_code.co_filename.startswith(TESTS):
            where = f"{frame.f_code.co_filename}:{trace.tb_lineno} {frame.f_code.co_name}"
            yield from (
                f"{where} {name} = {_repr(value)}" for name, value in frame.f_locals.items()
            )
        trace = trace.tb_next


def _repr(value: object) -> str:
    try:
        return repr(value)
    except AttributeError:
        return "made by half"
