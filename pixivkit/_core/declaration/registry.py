"""The registry of all endpoints by name, loaded when they are first looked up."""

from __future__ import annotations

import copyreg
import functools
import importlib
import inspect
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, Final

from .endpoint import Endpoint

_NAMESPACES: Final = {"app": "AppApi", "web": "WebApi"}
_OAUTH: Final = {"oauth.auth": "pixivkit.app.oauth"}


class Registry(MutableMapping[str, Endpoint]):
    """
    Every declared endpoint, by its name.

    Those of pixivkit are loaded when somebody looks: one with its resource, by its name; all of
    them for whoever counts or iterates. They come resource by resource, in the order of the names,
    and those of a resource as they were declared.
    """

    def __init__(self) -> None:
        self._declared: dict[str, Endpoint] = {}
        self._revision = 0

    @property
    def revision(self) -> int:
        """Another number whenever an endpoint was declared or taken away; loads nothing."""
        return self._revision

    def __getitem__(self, name: str) -> Endpoint:
        if name not in self._declared and isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            module = _modules_by_resource().get(_resource(name))
            if module is not None:
                importlib.import_module(module)
        return self._declared[name]

    def __setitem__(self, name: str, endpoint: Endpoint) -> None:
        self._declared[name] = endpoint
        self._revision += 1

    def __delitem__(self, name: str) -> None:
        del self._declared[name]
        self._revision += 1

    def __iter__(self) -> Iterator[str]:
        _load_all()
        return iter(sorted(self._declared, key=_resource))

    def __len__(self) -> int:
        _load_all()
        return len(self._declared)

    def __repr__(self) -> str:
        return f"<registry of {len(self)} endpoints>"


REGISTRY: Final = Registry()
"""Every declared endpoint by name: those of pixivkit, and those of every `Api` class so far."""


def _resource(name: str) -> str:
    """Return the first two words of the name of an endpoint."""
    return ".".join(name.split(".")[:2])


@functools.cache
def _modules_by_resource() -> dict[str, str]:
    """Return the modules that declare pixivkit's endpoints, by the names of their resources."""
    modules = dict(_OAUTH)
    for api, namespace in _NAMESPACES.items():
        package = f"pixivkit.{api}"
        names = resources_of(getattr(importlib.import_module(package), namespace))
        modules |= {f"{api}.{name}": f"{package}.{name}" for name in names}
    return modules


@functools.cache
def _load_all() -> None:
    for module in _modules_by_resource().values():
        importlib.import_module(module)


def resources_of(api: type[Any]) -> dict[str, str]:
    """Return the names of the resources of the namespace *api*, and those of their classes."""
    return inspect.get_annotations(api)


def _reduce(endpoint: Endpoint) -> tuple[Callable[[str, str], Endpoint], tuple[str, str]]:
    """Pickle an endpoint by its name: both processes have the declarations."""
    return _restore, (endpoint.declaration.__module__, endpoint.name)


def _restore(module: str, name: str) -> Endpoint:
    importlib.import_module(module)
    return REGISTRY[name]


copyreg.pickle(Endpoint, _reduce)
