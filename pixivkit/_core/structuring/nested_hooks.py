"""Structure hooks of lists, maps and unions."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator
from typing import Any, cast

from ...models.base import MapKey
from .field_types import is_model, json_class, nothing_for, says_nothing, union_members
from .lenient import Hook, Hooks, Location, NestedHook
from .model_fields import distinguishing_keys
from .structure_errors import StructureError


class ListHook(NestedHook):
    """Structures lists."""

    def __init__(self, kind: Any, hooks: Hooks) -> None:
        (item,) = typing.get_args(kind)
        self.item: Hook = hooks(item)

    def structure(self, value: Any, _: Any) -> list[Any]:
        item = self.item
        return [item(one, None) for one in _list_in(value)]

    def collect(self, value: Any, at: Location) -> list[Any]:
        return [made for _, made in at.each(self.item, enumerate(_list_in(value)))]


class MapHook(NestedHook):
    """Structures maps: objects whose keys are data."""

    def __init__(self, kind: Any, hooks: Hooks) -> None:
        key_kind, value_kind = typing.get_args(kind)
        self._key = hooks(key_kind)
        self._value = hooks(value_kind)
        # Else null says that there is none.
        self._nullable = value_kind in (object, Any) or type(None) in typing.get_args(value_kind)

    def structure(self, value: Any, _: Any) -> dict[Any, Any]:
        key, inner = self._key, self._value
        return {key(k, None): inner(v, None) for k, v in self._entries(value)}

    def collect(self, value: Any, at: Location) -> dict[Any, Any]:
        keys: dict[MapKey, Any] = {}

        def with_keys() -> Iterator[tuple[MapKey, object]]:
            for name, raw in self._entries(value):
                step = MapKey(name)
                try:
                    keys[step] = self._key(name, None)
                except StructureError as exc:
                    at.keep_misfit(step, raw, StructureError(f"{exc.expected} as its key", name))
                else:
                    yield step, raw

        return {keys[step]: made for step, made in at.each(self._value, with_keys())}

    def _entries(self, value: object) -> Iterable[tuple[str, object]]:
        entries = _dict_in(value).items()
        return entries if self._nullable else [one for one in entries if one[1] is not None]


class OptionalHook(NestedHook):
    """Structures values that stand for null as None, and others with the hook *inner*."""

    def __init__(self, kind: Any, inner: Hook) -> None:
        self.inner = inner
        self._nothing = nothing_for(kind)

    def structure(self, value: Any, _: Any) -> Any:
        if value is None or (not value and self._nothing(value)):
            return None
        return self.inner(value, None)

    def collect(self, value: Any, at: Location) -> Any:
        return None if self._nothing(value) else at.collect(self.inner, value)


class UnionHook(NestedHook):
    """Structures one of several types: the first that fits the class and keys of the value."""

    def __init__(self, kinds: list[Any], hooks: Hooks) -> None:
        self.first: Hook = hooks(kinds[0])
        self._kinds = kinds
        self._by_class: dict[type, list[tuple[tuple[str, ...], Hook]]] = {}
        for kind in kinds:
            needed = distinguishing_keys(kind) if is_model(kind) else ()
            self._by_class.setdefault(json_class(kind), []).append((needed, hooks(kind)))

    def structure(self, value: Any, _: Any) -> Any:
        return self._choose(value)(value, None)

    def collect(self, value: Any, at: Location) -> Any:
        return at.collect(self._choose(value), value)

    def _choose(self, value: Any) -> Hook:
        for needed, hook in self._by_class.get(value.__class__, ()):
            for key in needed:
                if key not in value:
                    break
            else:
                return hook
        names = [getattr(kind, "__name__", str(kind)) for kind in self._kinds]
        raise StructureError(" or ".join(names), value)


def union_hook(kind: Any, hooks: Hooks) -> Hook:
    """Make the hook of a union."""
    members = union_members(kind)
    others = [one for one in members if one is not type(None)]
    hook = hooks(others[0]) if len(others) == 1 else UnionHook(others, hooks).structure
    return OptionalHook(kind, hook).structure if len(others) < len(members) else hook


def _list_in(value: object) -> list[object]:
    if value.__class__ is list:
        return cast("list[object]", value)
    if says_nothing(value):
        return []
    raise StructureError("list", value)


def _dict_in(value: object) -> dict[str, object]:
    if value.__class__ is dict:
        return cast("dict[str, object]", value)
    if says_nothing(value):
        return {}
    raise StructureError("dict", value)
