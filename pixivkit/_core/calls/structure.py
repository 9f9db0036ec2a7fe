"""Structure JSON of replies as models and back, and pages whose items do not all fit."""

from __future__ import annotations

import contextlib
import typing
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import attrs

from ...errors import DecodeError
from ...models.base import Model, Step, format_path
from ...models.display import BoundedRepr
from ..declaration.envelope import payload, payload_path
from ..structuring.converter import converter, from_json, from_json_leniently
from ..structuring.field_types import is_union
from ..structuring.misfits import misfits_of
from ..structuring.model_fields import model_fields
from ..structuring.structure_errors import Problems, StructureError, type_name

if TYPE_CHECKING:
    from ..declaration.endpoint import Endpoint
    from .misfit_policy import MisfitPolicy
    from .request import Request


@attrs.frozen
class Broken(BoundedRepr):
    """
    An item of a page that lacks its required fields, such as its id.

    Attributes:
        raw: The item as pixiv sent it.
    """

    raw: object
    _kind: Any = attrs.field(repr=False, alias="kind")
    _path: str = attrs.field(repr=False, alias="path")
    _step: Step = attrs.field(repr=False, alias="step")
    _endpoint: str = attrs.field(repr=False, alias="endpoint")

    @property
    def error(self) -> DecodeError:
        """The error of the item, made when it is first read."""
        path = self._path + format_path([self._step])
        problems = Problems()
        with contextlib.suppress(StructureError, RecursionError):
            from_json_leniently(self._kind, self.raw, problems)
        return _error(problems, path, self._endpoint)


@attrs.frozen
class StructuredPage:
    """The body of a page, its items, and the items that could not be structured."""

    body: Any
    items: list[Any]
    broken: list[Broken]


def structure_as(
    kind: Any,
    value: object,
    *,
    path: str = "$",
    endpoint: str = "",
    core: Sequence[str] = (),
    policy: MisfitPolicy | None = None,
) -> Any:
    """
    Structure JSON as *kind*; values that do not fit are kept in `Model.misfits`.

    Args:
        kind: The type.
        value: The JSON.
        path: Where it is in what was stored or sent, for people.
        endpoint: Name of the endpoint it is from.
        core: Keys that lead down to something without which it is not *kind*.
        policy: Reports values that do not fit, or makes them an error.

    Raises:
        DecodeError: It does not fit; the error says where.
    """
    try:
        return from_json(kind, value)
    except (StructureError, RecursionError):
        pass
    problems, fits, made = Problems(), False, None
    with contextlib.suppress(StructureError, RecursionError):
        made = from_json_leniently(kind, value, problems, core)
        fits = True
    # Raised here, so that no exception which holds the value hangs on it.
    if not fits or (problems.count and policy is not None and policy.strict):
        raise _error(problems, path, endpoint)
    if problems.count and policy is not None:
        policy.report(endpoint, path, problems)
    return made


def _error(problems: Problems, path: str, endpoint: str) -> DecodeError:
    return DecodeError(problems.format(path), endpoint=endpoint or None, more=problems.more)


def structure_reply(request: Request, json: object, policy: MisfitPolicy | None = None) -> Any:
    """
    Structure the body of a reply to *request* as the type that its endpoint declares.

    Args:
        request: What was asked for.
        json: The body, envelope included.
        policy: Reports values that do not fit, or makes them an error.

    Raises:
        DecodeError: It does not fit; the error says where.
    """
    endpoint = request.endpoint
    value = payload(endpoint, json)
    if endpoint.pick:
        value = _picked(endpoint, value)
    return structure_as(
        endpoint.response_for(request.arguments) if endpoint.variants else endpoint.response,
        value,
        path=payload_path(endpoint),
        endpoint=endpoint.name,
        core=endpoint.paging.items.split(".") if endpoint.paging else (),
        policy=policy,
    )


def _picked(endpoint: Endpoint, value: object) -> object:
    if not isinstance(value, (dict, Mapping)):
        path = payload_path(endpoint).removesuffix(f".{endpoint.pick}")
        problem = f"{path}: expected dict, got {type_name(value)}"
    elif endpoint.pick not in value:
        problem = f"{payload_path(endpoint)}: missing"
    else:
        return cast("Mapping[str, object]", value)[endpoint.pick]
    raise DecodeError([problem], endpoint=endpoint.name)


def structure_page(
    request: Request, json: object, policy: MisfitPolicy | None = None
) -> StructuredPage:
    """
    Structure the body of a page as its type; items that do not fit are set aside.

    Args:
        request: What was asked for.
        json: The body, envelope included.
        policy: Reports values that do not fit, or makes them an error.

    Raises:
        DecodeError: It is not a page; the error says where.
    """
    endpoint = request.endpoint
    assert endpoint.paging is not None
    *above, last = endpoint.paging.items.split(".")
    body = structure_reply(request, json, policy)
    holder = body
    for key in above:
        holder = None if holder is None else _field(holder, key)
    if holder is None:
        return StructuredPage(body, [], [])
    return StructuredPage(
        body, _items(holder, last, endpoint.item), _broken(endpoint, holder, last)
    )


def _field(model: Model, key: str) -> Any:
    name = next(field.name for field in model_fields(type(model)) if field.key == key)
    return getattr(model, name)


def _items(holder: Model, key: str, item: Any) -> list[Any]:
    found = _field(holder, key)
    if found is None:
        return []
    named = isinstance(found, dict)
    values = cast("list[Any]", [*cast("dict[Any, Any]", found).values()] if named else found)
    # A list may mix works with what is none, such as ad slots.
    return [one for one in values if isinstance(one, item)]


def _broken(endpoint: Endpoint, holder: Model, key: str) -> list[Broken]:
    misfits = misfits_of(holder)
    if not misfits:
        return []
    assert endpoint.paging is not None
    kind = _element_kind(next(f.kind for f in model_fields(type(holder)) if f.key == key))
    path = f"{payload_path(endpoint)}.{endpoint.paging.items}"
    return [
        Broken(raw, kind, path, steps[1], endpoint.name)
        for steps, raw in misfits.items()
        if len(steps) == 2 and steps[0] == key
    ]


def _element_kind(kind: Any) -> Any:
    """Return the declared type of the elements of a list or map, which may be None instead."""
    if is_union(kind):
        kind = next(arg for arg in typing.get_args(kind) if arg is not type(None))
    return typing.get_args(kind)[-1]


def unstructure(model: object) -> Any:
    """
    Turn a model back into pixiv's JSON.

    Every leaf that pixiv sent is at its place again, whether it fitted or not; fields that it
    left out are there with their defaults. Dates are ISO 8601 with their offset, ids are numbers.
    """
    return converter.unstructure(model)
