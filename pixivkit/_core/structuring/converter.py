"""
The cattrs converter and its rules.

* Unknown keys are kept (`Model.extra`), unknown words of an enumeration are kept as they are.
* A missing or null field takes its default; only a field without one is missed.
* A wrong type raises; what can be saved then is for `lenient`. Nothing is coerced, but for what
  PHP does: digit strings where a number is meant, ``0``, ``1`` and the words ``true`` and
  ``false`` where a bool is, ``[]`` for an empty object, and ``[]``, ``{}``, ``false`` and ``""``
  for nothing.
* Types of users are what their hooks make of them.
"""

from __future__ import annotations

import datetime as dt
import functools
import typing
from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

from cattrs import BaseValidationError, Converter

from ...models.base import Model
from .field_types import is_model, is_union, literal_base
from .lenient import Hook, Hooks, Location, nested_hook
from .misfits import put_back
from .model_fields import model_fields
from .model_readers import ModelReaders
from .nested_hooks import ListHook, MapHook, union_hook
from .scalar_hooks import SCALAR_HOOKS, anything
from .structure_errors import Problems, StructureError

_DOES_NOT_FIT = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, BaseValidationError,
)  # fmt: skip


class _Converter(Converter):
    def register_structure_hook(self, cl: Any, func: Any = None) -> Any:
        if typing.get_origin(cl) is None:
            return super().register_structure_hook(cl, func)
        # cattrs would look at a union after our own hooks, and knows no generic types here.
        return self.register_structure_hook_func(lambda kind: kind == cl, func)


converter: Final[Converter] = _Converter()
"""
The cattrs converter that makes models of JSON and JSON of models. Teach it types of your own:

    pixivkit.converter.register_structure_hook(Rating, lambda value, kind: kind.parse(value))
    pixivkit.converter.register_unstructure_hook(Rating, str)

They can then be types of fields of your models, and of replies of your endpoints, alone or in
lists, maps and unions. Hooks may be registered at any time, also for types that have one.

A hook that raises `ValueError`, `TypeError`, `LookupError`, `AttributeError` or
`ArithmeticError` says that the value does not fit: it is a misfit like any other. All else that
it raises is raised unchanged. null where a field is of such a type means that there is none; every
other value is for the hook to judge.

To structure, call `pixivkit.structure`: the converter itself knows nothing of misfits.
"""


def hook_for(kind: Any) -> Hook:
    """Return the structure hook of *kind*."""
    return _checked(converter.get_structure_hook(kind), kind)


@functools.cache
def _checked(hook: Hook, kind: Any) -> Hook:
    """Wrap *hook* so that it raises a `StructureError` where the value does not fit."""
    if nested_hook(hook) is not None or hook is anything:
        return hook
    derived = hook in SCALAR_HOOKS.values()
    if derived and (kind in SCALAR_HOOKS or not isinstance(kind, type)):
        return hook
    name = getattr(kind, "__name__", str(kind))

    def checked(value: Any, _: Any) -> Any:
        try:
            made = hook(value, kind)
            # A class such as an `enum.StrEnum` has the hook of what it is derived from.
            return kind(made) if derived else made
        except _DOES_NOT_FIT:
            pass
        # Raised here, so that no exception which holds the value hangs on it.
        raise StructureError(name, value)

    return checked


def _register(applies: Callable[[Any], bool], make: Callable[[Any, Hooks], Hook]) -> None:
    def factory(kind: Any) -> Hook:
        return make(kind, hook_for)

    converter.register_structure_hook_factory(applies, factory)


for _scalar, _hook in SCALAR_HOOKS.items():
    converter.register_structure_hook(_scalar, _hook)
converter.register_structure_hook_func(lambda kind: kind is object or kind is Any, anything)
# Enumerations are open: words that pixiv adds later are kept.
_register(lambda k: typing.get_origin(k) is Literal, lambda k, hooks: hooks(literal_base(k)))
_register(lambda k: typing.get_origin(k) is list, lambda k, hooks: ListHook(k, hooks).structure)
_register(lambda k: typing.get_origin(k) is dict, lambda k, hooks: MapHook(k, hooks).structure)
_register(is_model, lambda k, hooks: ModelReaders(k, hooks).structure)
_register(is_union, union_hook)


def _unstructure_model(model: Model) -> dict[str, object]:
    plain: dict[str, object] = {
        field.key: converter.unstructure(getattr(model, field.name))
        for field in model_fields(type(model))
    }
    plain.update(model.extra)
    put_back(plain, model)
    return plain


converter.register_unstructure_hook_func(is_model, _unstructure_model)
converter.register_unstructure_hook(dt.datetime, dt.datetime.isoformat)


def from_json(kind: Any, value: object) -> Any:
    """
    Structure JSON as *kind*.

    Raises:
        StructureError: It does not fit; what is wrong is for `from_json_leniently` to say.
    """
    return hook_for(kind)(value, kind)


def from_json_leniently(
    kind: Any, value: object, problems: Problems, core: Sequence[str] = ()
) -> Any:
    """
    Structure JSON as *kind*, without what does not fit.

    Args:
        kind: The type.
        value: The JSON.
        problems: Takes what does not fit.
        core: Keys that lead down to something without which the whole does not fit.

    Raises:
        StructureError: The whole does not fit.
        RecursionError: It is nested too deeply.
    """
    top = Location(problems, core)
    try:
        made = top.collect(hook_for(kind), value)
    except (StructureError, RecursionError) as exc:
        problems.collect(None, exc)
        raise
    if top.misfits:
        # There is no model around a list to keep them.
        raise StructureError
    return made
