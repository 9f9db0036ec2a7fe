"""One test for many cases, such as all endpoints: what grows with them stays few tests."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

MOST_SHOWN = 5
"""How many failures of a test are shown whole; of the others the case is named."""


def for_each(
    parameter: str, cases: Sequence[T], label: Callable[[T], str] = str
) -> Callable[[Any], Any]:
    """
    Make a test, or each test of a class, one that runs for all *cases* and tells all that fail.

    Fixtures are those of one test: what a case changes in them, the next one sees.

    Args:
        parameter: The parameter that takes the case; several, parted by commas, take its parts.
        cases: The cases.
        label: What a case is called.
    """
    names = parameter.split(", ")

    def given(case: Any) -> dict[str, Any]:
        return dict(zip(names, case if len(names) > 1 else (case,), strict=True))

    def decorate(test: Any) -> Any:
        if inspect.isclass(test):
            for name, member in list(vars(test).items()):
                if name.startswith("test_"):
                    setattr(test, name, decorate(member))
            return test

        @functools.wraps(test)
        async def run_async(*args: Any, **kwargs: Any) -> None:
            failed: dict[str, Exception] = {}
            for case in cases:
                try:
                    await test(*args, **kwargs, **given(case))
                except Exception as exc:
                    failed[label(case)] = exc
            _tell(failed, len(cases))

        @functools.wraps(test)
        def run(*args: Any, **kwargs: Any) -> None:
            failed: dict[str, Exception] = {}
            for case in cases:
                try:
                    test(*args, **kwargs, **given(case))
                except Exception as exc:
                    failed[label(case)] = exc
            _tell(failed, len(cases))

        made: Any = run_async if inspect.iscoroutinefunction(test) else run
        signature = inspect.signature(test)
        others = [one for name, one in signature.parameters.items() if name not in names]
        made.__signature__ = signature.replace(parameters=others)
        return made

    return decorate


def _tell(failed: dict[str, Exception], count: int) -> None:
    """Raise what *failed*, of so many cases, by name."""
    assert count
    for name, exc in failed.items():
        exc.add_note(f"with {name}")
    if failed:
        shown = list(failed.values())[:MOST_SHOWN]
        raise ExceptionGroup(f"{len(failed)} of {count} fail: {', '.join(failed)}", shown)
