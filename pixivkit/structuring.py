"""Structure JSON as models and back without a client, for caches and stored replies."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Mapping
from typing import Any, TypeVar, overload

from ._core.basics.suggest import did_you_mean
from ._core.calls.error_body import load_reply
from ._core.calls.misfit_policy import STRICT
from ._core.calls.request import Request
from ._core.calls.structure import structure_as, structure_reply, unstructure
from .errors import InvalidArgument
from .models.base import Model
from .registry import REGISTRY, Endpoint

__all__ = ["structure", "unstructure"]

M = TypeVar("M", bound=Model)

_FAMILIES = ("app", "web")


@overload
def structure(what: type[M], body: object, /, *, strict: bool = ...) -> M: ...
@overload
def structure(what: str, body: object, /, *, strict: object = ..., **arguments: object) -> Any: ...
# *strict* is an object there, so that the arguments a journal recorded can be unpacked beside it.
def structure(
    what: type[Model] | str, body: object, /, *, strict: object = False, **arguments: object
) -> Any:
    """
    Structure stored JSON as its model: a reply, or the output of `unstructure` or a sink.

    The result for a name is `Any`, because its type depends on the name: annotate it where you
    call this, or use `Call.parse`, which is typed.

    Args:
        what: A class of `pixivkit.models`; or the name of an endpoint, such as
            ``app.illust.detail``, whose reply *body* is; or the name of a model as sinks write
            it, such as ``app.Illust``.
        body: The JSON as pixiv sent it, envelope included where it is a reply; or its text, as
            `SQLite` and `Parquet` store it.
        strict: Whether anything that does not fit raises. By default it is left out and kept
            in `Model.misfits`, as a client does.
        arguments: Arguments of the call that choose the type of the reply, such as ``full=True``
            of ``web.user.detail``; all others may be left out.

    Returns:
        The model; for endpoints with pages that of the whole page. Items without their core are
        in the misfits of what holds them.

    Raises:
        InvalidArgument: No such endpoint or model; it says which one may be meant.
        DecodeError: The body does not have the declared shape; the error says where.
        ApiError: The body is an error of pixiv's, as awaiting the call would have raised it.
    """
    policy = STRICT if strict else None
    if isinstance(what, str) and (endpoint := REGISTRY.get(what)) is not None:
        json = load_reply(endpoint.name, body, endpoint.reader)
        return structure_reply(request_for_reply(endpoint, arguments), json, policy)
    model = _model(what) if isinstance(what, str) else what
    if arguments:
        msg = f"a model has no arguments such as {next(iter(arguments))}"
        raise InvalidArgument(msg)
    return structure_as(model, load_reply("", body), policy=policy)


def _model(name: str) -> type[Model]:
    """Return the model that sinks call *name*."""
    models = _models()
    if name not in models:
        msg = f"no endpoint is called {name!r}, nor is a model"
        raise InvalidArgument(msg + did_you_mean(name, [*REGISTRY, *models]))
    return models[name]


@functools.cache
def _models() -> dict[str, type[Model]]:
    """Return all models, by the names that sinks write."""
    modules = {name: importlib.import_module(f".models.{name}", __package__) for name in _FAMILIES}
    return {
        f"{family}.{name}": found
        for family, module in modules.items()
        for name, found in vars(module).items()
        if isinstance(found, type) and issubclass(found, Model)
    }


def request_for_reply(endpoint: Endpoint, arguments: Mapping[str, object]) -> Request:
    """Return a request with the arguments that matter for structuring a reply to it."""
    filled = tuple(
        arguments.get(param.name, None if param.required else param.default)
        for param in endpoint.params
    )
    return Request(endpoint, filled)
