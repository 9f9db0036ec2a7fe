"""All endpoints by name, loaded when somebody asks for them."""

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

    def __getitem__(self, name: str) -> Endpoint:
        if name not in self._declared and isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            home = _homes().get(_resource(name))
            if home is not None:
                importlib.import_module(home)
        return self._declared[name]

    def __setitem__(self, name: str, endpoint: Endpoint) -> None:
        self._declared[name] = endpoint

    def __delitem__(self, name: str) -> None:
        del self._declared[name]

    def __iter__(self) -> Iterator[str]:
        self._load_all()
        return iter(sorted(self._declared, key=_resource))

    def __len__(self) -> int:
        self._load_all()
        return len(self._declared)

    def __repr__(self) -> str:
        return f"<registry of {len(self)} endpoints>"

    def _load_all(self) -> None:
        for home in _homes().values():
            importlib.import_module(home)


REGISTRY: Final = Registry()
"""Every declared endpoint by name: those of pixivkit, and those of every `Api` class so far."""


def _resource(name: str) -> str:
    """The first two words of the name of an endpoint."""
    return ".".join(name.split(".")[:2])


@functools.cache
def _homes() -> dict[str, str]:
    """The modules that declare pixivkit's endpoints, by the first two words of their names."""
    homes = dict(_OAUTH)
    for api, namespace in _NAMESPACES.items():
        package = f"pixivkit.{api}"
        names = resources_of(getattr(importlib.import_module(package), namespace))
        homes |= {f"{api}.{name}": f"{package}.{name}" for name in names}
    return homes


def resources_of(api: type[Any]) -> dict[str, str]:
    """The names of the resources of the namespace *api*, and those of their classes."""
    return inspect.get_annotations(api)


def _reduce(endpoint: Endpoint) -> tuple[Callable[[str, str], Endpoint], tuple[str, str]]:
    """Pickle an endpoint by its name: the declarations are at both ends of a call's journey."""
    return _restore, (endpoint.declaration.__module__, endpoint.name)


def _restore(module: str, name: str) -> Endpoint:
    importlib.import_module(module)
    return REGISTRY[name]


copyreg.pickle(Endpoint, _reduce)
