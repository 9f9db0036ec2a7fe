"""Keep values that did not fit a model, and put them back when it is unstructured."""

from __future__ import annotations

from typing import Any, TypeAlias, cast

from ...models.base import Beside, Model, Step

Misfits: TypeAlias = dict[tuple[Step, ...], object]
"""What did not fit a model, as it came, by the steps from there."""


def keep(model: Model, extra: dict[str, object], misfits: Misfits) -> None:
    """Store unknown keys and misfits in a new *model*."""
    kept = Beside(extra, misfits) if misfits else extra or None
    model._extra = kept  # pyright: ignore[reportPrivateUsage]


def misfits_of(model: Model) -> Misfits:
    """Return the misfits of *model*."""
    kept = model._extra  # pyright: ignore[reportPrivateUsage]
    return kept.misfits if isinstance(kept, Beside) else {}


def put_back(plain: dict[str, object], model: Model) -> None:
    """Put the misfits of *model* into *plain*, its unstructured JSON."""
    for steps, raw in misfits_of(model).items():
        level: Any = plain
        for step in steps[:-1]:
            level = level[_key_of(level, step)]
        last = steps[-1]
        if isinstance(level, list):
            # They are in the order of their places, so that earlier ones are there again.
            cast("list[object]", level).insert(cast("int", last), raw)
        else:
            level[_key_of(level, last)] = raw


def _key_of(level: Any, step: Step) -> Any:
    """Return the key that *level* has for *step*, which may have become a number."""
    if isinstance(level, list) or step in level:
        return step
    return next((key for key in level if str(key) == step), str(step))
