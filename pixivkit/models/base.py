"""The base classes of models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Literal, TypeAlias

import attrs

from .display import BoundedRepr

__all__ = ["Beside", "MapKey", "Model", "Step", "WebModel", "alias", "format_path"]

_NOTHING_MORE: Mapping[str, object] = MappingProxyType({})

Step: TypeAlias = str | int
"""A step into JSON: the key of a field, the index of an element, or a `MapKey`."""


class MapKey(str):
    """A key of an object whose keys are data, such as ids."""

    __slots__ = ()


def format_path(steps: Iterable[Step], *, general: bool = False) -> str:
    """
    Format *steps* as the rest of a path, such as ``.illusts[3].user``.

    Args:
        steps: The steps.
        general: Whether the elements of lists and maps are all formatted as ``[]``.
    """
    return "".join(
        f".{step}"
        if isinstance(step, str) and not isinstance(step, MapKey)
        else "[]"
        if general
        else f"[{step!r}]"
        for step in steps
    )


@attrs.define
class Beside:
    """
    Unknown keys and misfits of a model, where it has both or misfits.

    Attributes:
        extra: What came under keys that no field knows.
        misfits: What did not fit, as it came, by the steps from the model.
    """

    extra: dict[str, object]
    misfits: dict[tuple[Step, ...], object]


@attrs.frozen
class _Frozen:
    """The attributes that attrs adds to a frozen class."""


_REFUSES = _Frozen.__setattr__


@attrs.define(kw_only=True)
class Model(BoundedRepr):
    """
    Base of every model: an attrs class with slots.

    A field without a default is one that pixiv has never left out; all others fall back to
    their defaults when a reply lacks them, says null, or holds what does not fit. Texts, lists and
    models are empty then. A number or a bool is None, since 0 or False would be taken for an
    answer, but for sizes and places that are never 0, such as `width` or `rank`.
    """

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        if cls.__setattr__ is _REFUSES:
            msg = (
                f"{cls.__qualname__}: a model cannot be frozen, since it is filled field by "
                "field: declare it with @attrs.define(kw_only=True)"
            )
            raise TypeError(msg)

    wire_case: ClassVar[Literal["snake", "camel"]] = "snake"
    distinguishing_keys: ClassVar[tuple[str, ...]] = ()
    """Keys that distinguish its objects from others, where a field holds one or the other."""

    # One slot for both: next to no reply has a misfit.
    _extra: dict[str, object] | Beside | None = attrs.field(default=None, repr=False)

    @property
    def extra(self) -> Mapping[str, object]:
        """Values under keys without a field, as pixiv sent them."""
        kept = self._extra
        if kept is None:
            return _NOTHING_MORE
        return kept.extra if isinstance(kept, Beside) else kept

    @property
    def misfits(self) -> Mapping[str, object]:
        """
        Values that do not fit the type of their field, as pixiv sent them.

        By its key on the wire, such as ``title``, or by its place in what the field holds, such as
        ``tags[3]`` and ``works['12']``. The field has its default, the list or map goes without
        the element; `pixivkit.unstructure` puts all of it back.
        """
        kept = self._extra
        if not isinstance(kept, Beside):
            return _NOTHING_MORE
        return {format_path(steps).removeprefix("."): raw for steps, raw in kept.misfits.items()}


@attrs.define(kw_only=True)
class WebModel(Model):
    """Base of the models of the web API: `user_name` is ``userName`` on the wire."""

    wire_case: ClassVar[Literal["snake", "camel"]] = "camel"


def alias(name: str, *, default: Any = attrs.NOTHING, factory: Any = None) -> Any:
    """
    Define a field whose *name* on the wire does not follow the rule of its class.

    Args:
        name: The key in pixiv's JSON.
        default: The value where pixiv sends none.
        factory: Makes the default, for a mutable one.
    """
    if factory is not None:
        return attrs.field(factory=factory, metadata={"alias": name})
    return attrs.field(default=default, metadata={"alias": name})
