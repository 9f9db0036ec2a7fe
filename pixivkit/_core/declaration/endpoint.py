"""
Endpoints as data.

A method of an `Api` class declares an endpoint; what it declares becomes an `Endpoint` here,
and everything else (requests, models, the command line, OpenAPI, the fake pixiv) reads it.
"""

from __future__ import annotations

import enum
import functools
import inspect
import re
import string
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import urlsplit

import attrs

from ...errors import InvalidArgument
from ..basics.docstrings import with_arguments
from .argument_types import ArgumentType, Choice, File, ListOf, read_annotation
from .arguments import Spelling
from .binder import Binder, compile_binder
from .checks import Check, compile_check
from .paging import Paging
from .reader import Reader

Method: TypeAlias = Literal["GET", "POST"]
Body: TypeAlias = Literal["form", "multipart", "json"]
Place: TypeAlias = Literal["path", "query", "form", "multipart", "json"]
Status: TypeAlias = Literal["current", "uncertain", "deprecated"]


class Auth(enum.Enum):
    """
    What an endpoint needs from the client.

    `OPTIONAL` is whatever login there is. `BEARER` (App API), `COOKIE` and `CSRF` (web API) are
    pixiv's; `OWN` is the credential that ``Pixiv(credentials=...)`` has for another base.
    """

    NONE = "none"
    OPTIONAL = "optional"
    BEARER = "bearer"
    COOKIE = "cookie"
    CSRF = "csrf"
    OWN = "own"


_PIXIV: Final = {
    "app": "https://app-api.pixiv.net",
    "oauth": "https://oauth.secure.pixiv.net",
    "web": "https://www.pixiv.net",
    "images": "",
}


def _without_slash(url: str) -> str:
    return url.rstrip("/")


@attrs.frozen
class Base:
    """
    A host and the conventions of its replies.

    Attributes:
        name: First word of the names of its endpoints: lower-case letters, digits and ``_``. The
            words ``app``, ``oauth``, ``web`` and ``images`` are pixiv's.
        url: Where it is, http or https, with or without a path.
        envelope: Key of every reply under which the payload is; empty for none.

    Raises:
        InvalidArgument: The name or the URL is none.
    """

    name: str
    url: str = attrs.field(converter=_without_slash)
    envelope: str = ""

    def __attrs_post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name):
            msg = f"base {self.name!r}: a name is lower-case letters, digits and _"
            raise InvalidArgument(msg)
        if self.url != _PIXIV.get(self.name, self.url):
            raise InvalidArgument(f"base {self.name!r}: the name is that of a host of pixiv's")
        split = urlsplit(self.url)
        if split.scheme not in ("http", "https") or not split.hostname or split.query:
            raise InvalidArgument(f"base {self.name!r}: not an http or https URL")


APP = Base("app", _PIXIV["app"])
OAUTH = Base("oauth", _PIXIV["oauth"])
WEB = Base("web", _PIXIV["web"], envelope="body")


@attrs.frozen(eq=False)
class Param:
    """
    One parameter of an endpoint.

    Attributes:
        name: Its name in Python.
        wire: Its name on the wire, brackets included.
        accepts: What it takes, as the annotation says.
        required: Whether a call must give it.
        default: What is sent when a call does not; ``None`` sends nothing.
        place: Where in the request it goes.
        spelling: The format of its value on the wire.
        check: Returns a value as it is kept, or raises ValueError that says what is accepted.
    """

    name: str
    wire: str
    accepts: ArgumentType
    required: bool
    default: object
    place: Place
    spelling: Spelling
    check: Check = attrs.field(repr=False)

    @property
    def is_fixed(self) -> bool:
        """Whether it is sent with every call, and always with the same value."""
        kind = self.accepts.kind
        only = isinstance(kind, Choice) and kind.values == (self.default,)
        return only and not self.accepts.optional

    @property
    def is_file(self) -> bool:
        """Whether its value is one file or several."""
        kind = self.accepts.kind
        return isinstance(kind.item.kind if isinstance(kind, ListOf) else kind, File)


@attrs.define(slots=False, frozen=True, kw_only=True, eq=False)
class Endpoint:
    """
    One endpoint, as plain data.

    Attributes:
        name: Unique, dotted: base, resource, action; for example ``app.illust.detail``.
        method: ``GET`` or ``POST``.
        base: The host and the habits of its replies.
        path: Template of the path; ``{name}`` stands for a parameter, percent-encoded.
        auth: What it needs from the client.
        body: Format of the body of a POST.
        referer: Template of the Referer that pixiv's own pages send; ``None`` for none.
        paging: How one page leads to the next; ``None`` for a single reply.
        pick: Key of the reply that holds all of it, such as ``illust``; empty for the whole body.
        envelope: Key under which the payload is; empty for none.
        reader: Finds the JSON in a reply that is a page; ``None`` where the reply is JSON.
        idempotent: Whether sending it twice does no more than sending it once.
        variants: Response types chosen by an argument: with a true value of the parameter, the
            reply has that type.
        source: Where the knowledge comes from.
        status: ``current``, ``uncertain`` (documented, not seen at work lately) or
            ``deprecated``.
    """

    name: str
    method: Method
    base: Base
    path: str
    auth: Auth
    body: Body
    referer: str | None
    paging: Paging | None
    pick: str
    envelope: str
    idempotent: bool
    variants: Mapping[str, type[Any]] = attrs.field(factory=dict[str, Any])
    source: str
    status: Status
    reader: Reader | None = None
    declaration: Callable[..., Any] = attrs.field(repr=False)
    signature: inspect.Signature = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        self._check_signature()
        declared = set(self.signature.parameters)
        driven = self.paging.params if self.paging else ()
        used = {
            *placeholders(self.path),
            *placeholders(self.referer or ""),
            *driven,
            *self.variants,
        }
        if missing := used - declared:
            msg = f"{self.name}: undeclared parameters {sorted(missing)}"
            raise TypeError(msg)
        if self.body != "multipart" and any(param.is_file for param in self.params):
            msg = f"{self.name}: only the body 'multipart' holds files"
            raise TypeError(msg)

    def _check_signature(self) -> None:
        kinds = inspect.Parameter
        for parameter in self.signature.parameters.values():
            if parameter.kind in (kinds.VAR_POSITIONAL, kinds.VAR_KEYWORD):
                msg = f"{self.name}: {parameter} stands for any number of parameters; name each"
                raise TypeError(msg)
            if parameter.annotation is kinds.empty:
                msg = f"{self.name}: the parameter {parameter.name!r} has no annotation"
                raise TypeError(msg)
        if self.signature.return_annotation is inspect.Signature.empty:
            msg = f"{self.name}: there is no annotation of what it returns, a Call or Pages"
            raise TypeError(msg)

    @functools.cached_property
    def _returned(self) -> tuple[Any, ...]:
        # On first use: importing the declarations need not know the models.
        kind = _evaluated(self.declaration, self.signature.return_annotation)
        if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
            kind = typing.get_args(kind)[0]
        return typing.get_args(kind)

    @property
    def response(self) -> Any:
        """The type that the payload of a reply becomes."""
        return self._returned[0]

    @property
    def item(self) -> Any:
        """The type of the items of a page; ``None`` where there are no pages."""
        return self._returned[1] if self.paging else None

    @functools.cached_property
    def params(self) -> tuple[Param, ...]:
        """The parameters, in the order of the signature."""
        return tuple(self._param(p) for p in self.signature.parameters.values())

    def _param(self, parameter: inspect.Parameter) -> Param:
        try:
            accepts = read_annotation(_evaluated(self.declaration, parameter.annotation))
        except Exception as exc:
            msg = f"{self.name}: the parameter {parameter.name!r}: {exc}"
            raise TypeError(msg) from exc
        required = parameter.default is parameter.empty
        in_path = parameter.name in placeholders(self.path)
        return Param(
            name=parameter.name,
            wire=accepts.wire.name or parameter.name,
            accepts=accepts,
            required=required,
            default=None if required else parameter.default,
            place="path" if in_path else "query" if self.method == "GET" else self.body,
            spelling=accepts.wire,
            check=compile_check(accepts),
        )

    @functools.cached_property
    def doc(self) -> str:
        """
        The docstring of the declared method.

        The docstring of its declaration, with the meanings of parameters that it leaves to their
        annotations.
        """
        written = inspect.cleandoc(self.declaration.__doc__ or "")
        meanings = {p.name: p.accepts.meaning for p in self.params}
        return with_arguments(written, {n: m.text if m else "" for n, m in meanings.items()})

    @functools.cached_property
    def _binder(self) -> Binder:
        return compile_binder(self.name, self.signature)

    def bind(self, *args: Any, **kwargs: Any) -> tuple[object, ...]:
        """
        Bind and check the arguments of a call: one for each parameter, immutable.

        Raises:
            TypeError: The arguments do not fit the signature.
            InvalidArgument: A value is none that pixiv accepts.
        """
        bound, given = self._binder(args, kwargs)
        for place in given:
            param = self.params[place]
            try:
                bound[place] = param.check(bound[place])
            except ValueError as exc:
                msg = f"{param.name}: {exc}"
                raise InvalidArgument(msg, endpoint=self.name) from None
        return tuple(bound)

    def response_for(self, arguments: tuple[object, ...]) -> Any:
        """Return the type of the reply to a call with these *arguments*."""
        for name, kind in self.variants.items():
            if arguments[list(self.signature.parameters).index(name)]:
                return kind
        return self.response


def _evaluated(declaration: Callable[..., Any], annotation: object) -> Any:
    """Evaluate one *annotation* of *declaration*, with the names of its module."""

    def holder() -> None: ...

    holder.__annotations__ = {"it": annotation}
    names: dict[str, Any] = getattr(declaration, "__globals__", {})
    return typing.get_type_hints(holder, names, include_extras=True)["it"]


@functools.cache
def placeholders(template: str) -> tuple[str, ...]:
    """Return the names of the ``{fields}`` of a template."""
    return tuple(name for _, name, _, _ in string.Formatter().parse(template) if name)
