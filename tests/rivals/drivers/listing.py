"""``listing.py PACKAGE [LABEL=]MODULE:CLASS...``: print the public methods of classes, as JSON."""

import enum
import importlib
import importlib.metadata
import inspect
import json
import sys


def argument(parameter):
    """An argument as it is written in a ``def``, without its annotation."""
    stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}
    name = stars.get(parameter.kind, "") + parameter.name
    if parameter.default is parameter.empty:
        return name
    default = parameter.default
    if isinstance(default, enum.Enum):
        default = default.value
    plain = default is None or isinstance(default, (str, bool, int, float))
    return f"{name}={default!r}" if plain else f"{name}=..."


def methods(kind, listed):
    """The public methods of a class and of its bases in the package, but those that are listed."""
    package = kind.__module__.partition(".")[0]
    for name in sorted(dir(kind)):
        value = inspect.getattr_static(kind, name)
        value = getattr(value, "fget", None) or getattr(value, "__func__", value)
        home = getattr(value, "__module__", None) or ""
        if name.startswith("_") or not inspect.isfunction(value) or not home.startswith(package):
            continue
        if value in listed:
            continue
        listed.add(value)
        parameters = inspect.signature(value).parameters.values()
        yield name, ", ".join(argument(p) for p in parameters if p.name not in ("self", "cls"))


def main():
    package, *classes = sys.argv[1:]
    found, listed = {}, set()
    for described in classes:
        label, _, path = described.rpartition("=")
        module, _, name = path.partition(":")
        for method, arguments in methods(getattr(importlib.import_module(module), name), listed):
            found[f"{label}.{method}" if label else method] = arguments
    json.dump({"version": importlib.metadata.version(package), "methods": found}, sys.stdout)


main()
