"""
JSON that does not fit everywhere: what can be made of it, and all that is wrong.

The readers of `model_hook` stop at the first thing that does not fit. This walk comes after
them. A value that does not fit leaves its field at the default, and the nearest model keeps it as
it came; so it does with an element of a list or map. A model without its core, which are the
fields that have no default, does not fit itself.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Sequence
from typing import Any, cast

from ..models.base import MapKey, Model, Step
from .converter import choose, dict_in, hook_for, list_in, takes_null
from .kinds import is_model, is_union, nothing_for
from .misfits import Misfits, keep
from .mismatch import Mismatch, Place, Problems
from .model_hook import Hook, ModelField, Readers, model_fields, needed_keys


def structure_carefully(
    kind: Any, value: object, problems: Problems, core: Sequence[str] = ()
) -> Any:
    """
    Turn JSON into *kind*, without what does not fit.

    Args:
        kind: The type.
        value: The JSON.
        problems: Takes what does not fit.
        core: Keys that lead down to something without which the whole does not fit.

    Raises:
        Mismatch: The whole does not fit.
    """
    misfits: Misfits = {}
    try:
        made = _Walk(problems).make(kind, value, None, misfits, (), core)
    except Mismatch as exc:
        problems.take(None, exc)
        raise
    if misfits:
        # There is no model around a list to keep them.
        raise Mismatch
    return made


class _Walk:
    """
    One walk. Its methods make *value*, which is at *place*, into a type.

    What does not fit goes into *misfits* of the nearest model; *steps* lead there from the model.
    """

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def make(
        self,
        kind: Any,
        value: Any,
        place: Place,
        misfits: Misfits,
        steps: tuple[Step, ...],
        core: Sequence[str] = (),
    ) -> Any:
        if is_union(kind):
            kind = choose(kind, value)
        hook = hook_for(kind)
        if is_model(kind):
            readers = getattr(hook, "__self__", None)
            if isinstance(readers, Readers):
                return self._model(kind, readers, value, place, core)
        elif typing.get_origin(kind) is list:
            return self._list(kind, value, place, misfits, steps)
        elif typing.get_origin(kind) is dict:
            return self._dict(kind, value, place, misfits, steps)
        return hook(value, kind)

    def _model(
        self, model: Any, readers: Readers, value: Any, place: Place, core: Sequence[str]
    ) -> Model:
        if value.__class__ is not dict and value != []:
            raise Mismatch("dict", value)
        json = cast("dict[str, object]", value or {})
        missing = [key for key in needed_keys(model) if json.get(key) is None]
        for key in missing:
            self._problems.add((place, key), "missing")
        hopeless = bool(missing)
        if hopeless and self._problems.full:
            raise Mismatch
        fields = _fields_by_key(model)
        bare: dict[str, object] = {}
        fitting: list[tuple[str, Any]] = []
        misfits: Misfits = {}
        for key, raw in json.items():
            field = fields.get(key)
            if field is None:
                bare[key] = raw
                continue
            if raw is None or (not field.required and nothing_for(field.kind)(raw)):
                continue
            inner = core[1:] if core and core[0] == key else None
            there = (place, key)
            try:
                made = self.make(field.kind, raw, there, misfits, (key,), inner or ())
            except Mismatch as exc:
                self._problems.take(there, exc)
                misfits[(key,)] = raw
                hopeless = hopeless or field.required or inner is not None
            else:
                fitting.append((field.name, made))
                if field.required:
                    bare[key] = raw
        if hopeless:
            raise Mismatch
        made = readers.any_shape(bare)
        for name, part in fitting:
            setattr(made, name, part)
        if misfits:
            keep(made, misfits)
        return cast("Model", made)

    def _list(
        self, kind: Any, value: Any, place: Place, misfits: Misfits, steps: tuple[Step, ...]
    ) -> list[Any]:
        (item,) = typing.get_args(kind)
        hook = hook_for(item)
        made: list[Any] = []
        for index, raw in enumerate(list_in(value)):
            try:
                made.append(self._element(item, hook, raw, place, misfits, steps, index))
            except Mismatch:
                misfits[(*steps, index)] = raw
        return made

    def _dict(
        self, kind: Any, value: Any, place: Place, misfits: Misfits, steps: tuple[Step, ...]
    ) -> dict[Any, Any]:
        key_kind, item = typing.get_args(kind)
        key_hook, hook = (hook_for(one) for one in (key_kind, item))
        made: dict[Any, Any] = {}
        for name, raw in dict_in(value).items():
            if raw is None and not takes_null(item):
                continue
            step = MapKey(name)
            try:
                key = key_hook(name, key_kind)
            except Mismatch as exc:
                self._problems.take((place, step), Mismatch(f"{exc.expected} as its key", name))
                misfits[(*steps, step)] = raw
                continue
            try:
                made[key] = self._element(item, hook, raw, place, misfits, steps, step)
            except Mismatch:
                misfits[(*steps, step)] = raw
        return made

    def _element(
        self,
        kind: Any,
        hook: Hook,
        raw: object,
        place: Place,
        misfits: Misfits,
        steps: tuple[Step, ...],
        step: Step,
    ) -> Any:
        """Make one of many, most of which fit: with its hook, and with care where that fails."""
        try:
            try:
                return hook(raw, kind)
            except Mismatch as exc:
                if exc.expected and exc.value is raw:
                    raise
            return self.make(kind, raw, (place, step), misfits, (*steps, step))
        except Mismatch as exc:
            self._problems.take((place, step), exc)
            raise
        except RecursionError:
            self._problems.add((place, step), "nested too deeply")
            raise Mismatch from None


@functools.cache
def _fields_by_key(model: Any) -> dict[str, ModelField]:
    return {field.key: field for field in model_fields(model)}
