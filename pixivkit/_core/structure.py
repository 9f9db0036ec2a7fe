"""JSON of replies to models and back, and pages whose items do not all fit."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import attrs

from ..errors import DecodeError
from ..models.base import Model
from .converter import CONVERTER, from_json, locate
from .envelope import payload, payload_path
from .mismatch import Mismatch, type_name
from .model_hook import is_union, model_fields

if TYPE_CHECKING:
    from .call import Request
    from .endpoint import Endpoint


@attrs.frozen
class Broken:
    """
    An item of a page that could not be structured.

    Attributes:
        raw: The item as pixiv sent it.
    """

    raw: object
    _kind: Any = attrs.field(repr=False, alias="kind")
    _holder: str = attrs.field(repr=False, alias="holder")
    _step: int | str = attrs.field(repr=False, alias="step")
    _endpoint: str = attrs.field(repr=False, alias="endpoint")

    @property
    def error(self) -> DecodeError:
        """What is wrong with it; found out when it is asked for."""
        path = f"{self._holder}[{self._step!r}]"
        return _what_is_wrong(self._kind, self.raw, path, self._endpoint)


@attrs.frozen
class StructuredPage:
    """The body of a page, its items, and what could not be structured."""

    body: Any
    items: list[Any]
    broken: list[Broken]


def structure_as(kind: Any, value: object, *, path: str = "$", endpoint: str | None = None) -> Any:
    """
    Turn JSON into *kind*.

    Raises:
        DecodeError: It does not fit; the error says where, starting at *path*.
    """
    try:
        return from_json(kind, value)
    except (Mismatch, RecursionError):
        raise _what_is_wrong(kind, value, path, endpoint) from None


def _what_is_wrong(kind: Any, value: object, path: str, endpoint: str | None) -> DecodeError:
    """Say why *value* did not become *kind*."""
    try:
        locate(kind, value)
    except Mismatch as exc:
        return DecodeError(exc.spell(path), endpoint=endpoint, more=exc.more)
    except RecursionError:
        pass
    return DecodeError([f"{path}: nested too deeply"], endpoint=endpoint)


def structure_reply(request: Request, json: object) -> Any:
    """Turn the body of a reply to *request* into the type that its endpoint declares."""
    kind, value = _declared(request, json)
    endpoint = request.endpoint
    return structure_as(kind, value, path=payload_path(endpoint), endpoint=endpoint.name)


def _declared(request: Request, json: object) -> tuple[Any, object]:
    """The type that the body of a reply to *request* becomes, and what becomes of that type."""
    endpoint = request.endpoint
    value = payload(endpoint, json)
    if endpoint.pick:
        value = _picked(endpoint, value)
    kind = endpoint.response_for(request.arguments) if endpoint.variants else endpoint.response
    return kind, value


def _picked(endpoint: Endpoint, value: object) -> object:
    if not isinstance(value, (dict, Mapping)):
        path = payload_path(endpoint).removesuffix(f".{endpoint.pick}")
        problem = f"{path}: expected dict, got {type_name(value)}"
    elif endpoint.pick not in value:
        problem = f"{payload_path(endpoint)}: missing"
    else:
        return cast("Mapping[str, object]", value)[endpoint.pick]
    raise DecodeError([problem], endpoint=endpoint.name)


def structure_page(request: Request, json: object) -> StructuredPage:
    """Turn the body of a page into its type; items that do not fit are set aside."""
    endpoint = request.endpoint
    assert endpoint.paging is not None
    where = endpoint.paging.items.split(".")
    kind, value = _declared(request, json)
    broken: list[Broken] = []
    try:
        body = from_json(kind, value)
    except (Mismatch, RecursionError):
        good, broken = _set_aside(request, json, where)
        body = structure_reply(request, good)
    return StructuredPage(body, _items(body, where, endpoint.item), broken)


def _items(body: object, where: list[str], item: Any) -> list[Any]:
    found: Any = body
    for key in where:
        fields = model_fields(cast("Model", found).__class__)
        found = next(getattr(found, field.name) for field in fields if field.wire == key)
        if found is None:
            return []
    named = isinstance(found, dict)
    values = cast("list[Any]", [*cast("dict[Any, Any]", found).values()] if named else found)
    # A list may mix works with what is none, such as ad slots.
    return [one for one in values if isinstance(one, item)]


def _set_aside(request: Request, json: object, where: list[str]) -> tuple[object, list[Broken]]:
    """Return *json* without the items that do not fit, and those items."""
    endpoint = request.endpoint
    keys = [*([endpoint.envelope] if endpoint.envelope else []), *where]
    path = ".".join(["$", *keys])
    outer: list[tuple[dict[str, object], str]] = []
    level = json
    for key in keys:
        if not isinstance(level, dict):
            return json, []
        outer.append((cast("dict[str, object]", level), key))
        level = cast("dict[str, object]", level).get(key)
    kind = _element_kind(endpoint.response, where)
    broken: list[Broken] = []

    def fits(step: int | str, raw: object) -> bool:
        try:
            from_json(kind, raw)
        except (Mismatch, RecursionError):
            broken.append(Broken(raw, kind, path, step, endpoint.name))
            return False
        return True

    good: object
    if isinstance(level, list):
        values = cast("list[object]", level)
        good = [raw for i, raw in enumerate(values) if fits(i, raw)]
    elif isinstance(level, dict):
        named = cast("dict[str, object]", level)
        good = {key: raw for key, raw in named.items() if fits(key, raw)}
    else:
        return json, []
    for holder, key in reversed(outer):
        good = {**holder, key: good}
    return good, broken


def _element_kind(kind: Any, where: list[str]) -> Any:
    """The declared type of one item at the end of the path *where* in *kind*."""
    for key in where:
        if is_union(kind):
            kind = next(arg for arg in typing.get_args(kind) if arg is not type(None))
        kind = next(f.kind for f in model_fields(kind) if f.wire == key)
    if is_union(kind):
        kind = next(arg for arg in typing.get_args(kind) if arg is not type(None))
    return typing.get_args(kind)[-1]


def unstructure(model: object) -> Any:
    """
    Turn a model back into JSON as pixiv spells it.

    Every leaf that pixiv sent is at its place again; fields that it left out are there with
    their defaults. Dates are ISO 8601 with their offset, ids are numbers.
    """
    return CONVERTER.unstructure(model)
