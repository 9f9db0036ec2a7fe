"""Pages of the models: each class with its fields, their types and their meaning."""

from __future__ import annotations

import inspect
import types
import typing
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import attrs

from pixivkit._core.structuring.model_fields import ModelField, model_fields
from pixivkit.models.base import Model
from pixivkit.openapi.docstrings import read_docstring
from pixivkit.registry import REGISTRY

from .markdown import code, table, toctree

__all__ = ["model_pages", "type_link"]

_APIS = {"app": "App API", "web": "Web API"}
_PLAIN = {"str": "text", **{name: name for name in ("int", "float", "bool", "datetime")}}


def model_pages() -> Mapping[str, str]:
    """Return a page for each module of models, and one that lists them."""
    modules: defaultdict[str, list[type[Model]]] = defaultdict(list)
    for model in _all_models():
        modules[_page(model)].append(model)
    pages = {f"models/{name}.md": _module_page(name, found) for name, found in modules.items()}
    index = (
        "# Models\n\nWhat replies become. Each is an attrs class; what none of its fields knows "
    )
    index += "is in `extra`, and `pixivkit.unstructure` gives back all that came.\n\n"
    return {**pages, "models/index.md": index + toctree(sorted(modules))}


def _all_models() -> list[type[Model]]:
    """Return every model that an endpoint leads to, by module and line."""
    found: dict[type[Model], None] = {}

    def collect(kind: Any) -> None:
        for inner in typing.get_args(kind):
            collect(inner)
        if isinstance(kind, type) and issubclass(kind, Model) and kind not in found:
            found[kind] = None
            for field in model_fields(kind):
                collect(field.kind)

    for _, endpoint in sorted(REGISTRY.items()):
        for kind in (endpoint.response, endpoint.item, *endpoint.variants.values()):
            collect(kind)
    return sorted(found, key=lambda model: (model.__module__, inspect.getsourcelines(model)[1]))


def _page(model: type[Model]) -> str:
    """Return the name of the page of *model*, such as ``app-illust``."""
    return "-".join(model.__module__.split(".")[2:])


def _anchor(model: type[Model]) -> str:
    return f"model-{_page(model)}-{model.__name__.lower()}"


def type_link(kind: Any) -> str:
    """Return *kind* in Markdown; models are links to their pages."""
    name: str = getattr(kind, "__name__", str(kind))
    if kind is types.NoneType or kind is None:
        return "None"
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return type_link(args[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(type_link(one) for one in args)
    if origin is typing.Literal:
        return ", ".join(code(str(one)) for one in args)
    if origin is list:
        return f"list of {type_link(args[0])}"
    if origin is dict:
        return f"map of {type_link(args[0])} to {type_link(args[1])}"
    if origin is tuple:
        return f"({', '.join(type_link(one) for one in args)})"
    if isinstance(kind, type) and issubclass(kind, Model):
        if kind.__module__.startswith("pixivkit.models."):
            return f"{{ref}}`{kind.__name__} <{_anchor(kind)}>`"
        return code(kind.__name__)
    return _PLAIN.get(name) or code(name)


def _module_page(name: str, models: list[type[Model]]) -> str:
    api, _, module = name.partition("-")
    title = f"# {_APIS.get(api, api)}: {module.replace('_', ' ').replace('-', ' ') or 'models'}"
    return "\n\n".join([title, *(_model(model) for model in models)]) + "\n"


def _model(model: type[Model]) -> str:
    doc = read_docstring(model.__doc__)
    meanings = _meanings(model)
    rows = [
        (
            f"{code(field.name)} {type_link(field.kind)}",
            f"{meanings.get(field.name, '')} {_key(field)}",
        )
        for field in model_fields(model)
    ]
    parts = [
        f"({_anchor(model)})=\n## {model.__name__}",
        doc.summary,
        doc.description,
        table(("field", "meaning"), rows),
        _properties(model),
    ]
    return "\n\n".join(filter(None, parts))


def _key(field: ModelField) -> str:
    return f"Pixiv's key: {code(field.key)}." if field.key != field.name else ""


def _meanings(model: type[Model]) -> dict[str, str]:
    """Return what the docstrings of *model* and its bases say of its fields."""
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if attrs.has(kind):
            found |= read_docstring(kind.__doc__).entries
    return found


def _properties(model: type[Model]) -> str:
    rows = [
        (code(name), " ".join((inspect.getdoc(member) or "").partition("\n\n")[0].split()))
        for name, member in inspect.getmembers(model)
        if isinstance(member, property)
        and not name.startswith("_")
        and name not in ("extra", "misfits")
    ]
    return table(("property", "meaning"), rows)
