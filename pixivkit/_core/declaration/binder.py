"""Bind the arguments of a call to a signature."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

_MISSING: Final = inspect.Parameter.empty

Bound: TypeAlias = tuple[list[object], Iterable[int]]
"""A value for each parameter, given or by default; and the places of those that were given."""

Binder: TypeAlias = Callable[[tuple[object, ...], Mapping[str, object]], Bound]
"""Raises TypeError where the arguments do not fit the signature."""


def compile_binder(name: str, signature: inspect.Signature) -> Binder:
    """
    Do what `inspect.Signature.bind` does, at a fraction of its cost.

    Args:
        name: What is called, for errors.
        signature: Without parameters that stand for any number of arguments.
    """
    parameters = list(signature.parameters.values())
    defaults = tuple(p.default for p in parameters)
    places = {p.name: n for n, p in enumerate(parameters) if p.kind is not p.POSITIONAL_ONLY}
    needed = [number for number, default in enumerate(defaults) if default is _MISSING]
    positions = sum(p.kind is not p.KEYWORD_ONLY for p in parameters)
    enough = max(needed, default=-1) + 1

    def bind(args: tuple[object, ...], kwargs: Mapping[str, object]) -> Bound:
        count = len(args)
        bound = [*args, *defaults[count:]]
        if not kwargs and enough <= count <= positions:
            return bound, range(count)
        given = list(range(count))
        fits = count <= positions
        for key, value in kwargs.items():
            place = places.get(key, -1)
            if place < count:
                fits = False
                break
            bound[place] = value
            given.append(place)
        for place in needed:
            if bound[place] is _MISSING:
                fits = False
        if not fits:
            try:
                signature.bind(*args, **kwargs)
            except TypeError as exc:
                msg = f"{name}: {exc}"
                raise TypeError(msg) from None
        return bound, sorted(given)

    return bind
