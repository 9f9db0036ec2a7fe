"""What every model has in common."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Literal

import attrs

__all__ = ["Model", "WebModel", "wire"]

_NOTHING_MORE: Mapping[str, object] = MappingProxyType({})


@attrs.define(kw_only=True)
class Model:
    """
    Base of every model: an attrs class with slots.

    A field without a default is one that pixiv has never left out; all others fall back to
    their defaults when a reply lacks them or says null.
    """

    wire_case: ClassVar[Literal["snake", "camel"]] = "snake"

    _extra: dict[str, object] | None = attrs.field(default=None, repr=False)

    @property
    def extra(self) -> Mapping[str, object]:
        """What pixiv sent under keys that no field knows, as it was sent."""
        return _NOTHING_MORE if self._extra is None else self._extra


@attrs.define(kw_only=True)
class WebModel(Model):
    """Base of the models of the web API: `user_name` is ``userName`` on the wire."""

    wire_case: ClassVar[Literal["snake", "camel"]] = "camel"


def wire(name: str, *, default: Any = attrs.NOTHING, factory: Any = None) -> Any:
    """
    A field whose *name* on the wire is not what the rule of its class makes of it.

    Args:
        name: The key in pixiv's JSON.
        default: The value where pixiv sends none.
        factory: Makes the default, for a mutable one.
    """
    if factory is not None:
        return attrs.field(factory=factory, metadata={"wire": name})
    return attrs.field(default=default, metadata={"wire": name})
