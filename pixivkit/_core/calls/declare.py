"""
Declarations: a method signature in an `Api` class becomes an `Endpoint`.

The signature is the parameters, the return annotation the response, the docstring the
documentation; `get` and `post` add what a signature cannot say. The body never runs.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar, cast, overload

import attrs

from ..declaration.endpoint import APP, OAUTH, WEB, Auth, Base, Body, Endpoint, Method, Status
from ..declaration.paging import Paging
from ..declaration.reader import Reader
from ..declaration.registry import REGISTRY
from .call import Call, Pages
from .namespace import Namespace
from .request import Request, Sender

CallF = TypeVar("CallF", bound="Callable[..., Call[Any]]")
PagesF = TypeVar("PagesF", bound="Callable[..., Pages[Any, Any]]")

_MARK = "__pixivkit_declaration__"
_OF_PIXIV = (Auth.BEARER, Auth.COOKIE, Auth.CSRF)


@attrs.define
class _Declaration:
    """The arguments of `get` or `post`; completed when the class that holds it is defined."""

    method: Method
    path: str
    body: Body
    pick: str
    auth: Auth | None
    referer: str | None
    paging: Paging | None
    envelope: str | None
    idempotent: bool
    variants: Mapping[str, type[Any]]
    source: str | None
    status: Status
    reader: Reader | None = None
    endpoint: Endpoint | None = None
    function: Callable[..., Any] | None = None

    def __call__(self, declaration: Callable[..., Any]) -> Callable[..., Any]:
        make: Any = Pages if self.paging else Call

        @functools.wraps(declaration)
        def method(api: Api, /, *args: Any, **kwargs: Any) -> Any:
            endpoint = self.endpoint
            assert endpoint is not None
            sender = api._sender  # pyright: ignore[reportPrivateUsage]
            return make(Request(endpoint, endpoint.bind(*args, **kwargs)), sender)

        setattr(method, _MARK, self)
        self.function = method
        return method

    def complete(self, declaration: Callable[..., Any], name: str, api: type[Api]) -> Endpoint:
        signature = inspect.signature(declaration)
        base = api.base
        auth = api.auth if self.auth is None else self.auth
        if auth in (_OF_PIXIV if base not in (APP, OAUTH, WEB) else (Auth.OWN,)):
            msg = (
                f"{name}: {auth} is for {'pixiv' if auth in _OF_PIXIV else 'bases of your own'}; "
                f"the endpoints of {base.url} take another"
            )
            raise TypeError(msg)
        self.endpoint = Endpoint(
            name=name,
            method=self.method,
            base=base,
            path=self.path,
            auth=auth,
            body=self.body,
            referer=api.referer if self.referer is None else self.referer,
            paging=self.paging,
            pick=self.pick,
            envelope=base.envelope if self.envelope is None else self.envelope,
            idempotent=self.idempotent,
            variants=self.variants,
            source=api.source if self.source is None else self.source,
            status=self.status,
            reader=self.reader,
            declaration=declaration,
            signature=signature.replace(parameters=list(signature.parameters.values())[1:]),
        )
        if self.function is not None:
            self.function.__doc__ = self.endpoint.doc or None
        return self.endpoint


class Api(Namespace):
    """
    A namespace of endpoints; subclasses hold declarations only.

    Your own endpoints work like the built-in ones: subclass it with the keywords below, declare,
    and make an instance with a client: ``MyApi(px).action(...)``.

    In a notebook, declare as often as you like: in the same module, the later declaration of an
    endpoint takes the place of the earlier one.

    Subclasses inherit the keywords; a class without declarations may have some of them alone.

    Class keywords:
        base: The host of the endpoints.
        resource: Second word of their names. A method called ``__call__`` is named by it alone.
        auth: What they need, unless a declaration says otherwise.
        source: Where the knowledge of them comes from, unless a declaration says otherwise.
        referer: The Referer they send, unless a declaration says otherwise.

    Raises:
        TypeError: When the class is defined: a declaration is not complete, or declares an
            endpoint of another module.
    """

    base: ClassVar[Base]
    resource: ClassVar[str]
    auth: ClassVar[Auth]
    source: ClassVar[str] = ""
    referer: ClassVar[str | None] = None

    def __init__(self, sender: Sender) -> None:
        self._sender: Sender = sender

    def _names(self) -> list[str]:
        kind = type(self)
        return [name for name in dir(kind) if hasattr(getattr(kind, name), _MARK)]

    def __init_subclass__(
        cls,
        *,
        base: Base | None = None,
        resource: str | None = None,
        auth: Auth | None = None,
        source: str | None = None,
        referer: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init_subclass__(**kwargs)
        keywords = {
            "base": base, "resource": resource, "auth": auth, "source": source,
            "referer": referer,
        }  # fmt: skip
        for keyword, value in keywords.items():
            if value is not None:
                setattr(cls, keyword, value)
        if hasattr(cls, "base") and hasattr(cls, "resource"):
            cls._title = f"{cls.base.name}.{cls.resource}"
        for action, value in vars(cls).items():
            declared = getattr(value, _MARK, None)
            if isinstance(declared, _Declaration):
                cls._declare(declared, inspect.unwrap(value), action)

    @classmethod
    def _declare(
        cls, declared: _Declaration, declaration: Callable[..., Any], action: str
    ) -> None:
        if missing := [word for word in ("base", "resource", "auth") if not hasattr(cls, word)]:
            msg = f"{cls.__qualname__}.{action}: the class lacks the keyword {missing[0]}="
            raise TypeError(msg)
        name = cls._title if action == "__call__" else f"{cls._title}.{action}"
        made = declared.complete(declaration, name, cls)
        taken = REGISTRY.get(made.name)
        if taken is not None and _module_of(taken) != _module_of(made):
            msg = f"declared twice: {made.name}, in {_module_of(taken)} and in {_module_of(made)}"
            raise TypeError(msg)
        REGISTRY[made.name] = made


def _module_of(endpoint: Endpoint) -> str:
    return endpoint.declaration.__module__


@overload
def get(
    path: str,
    *,
    pick: str = ...,
    auth: Auth | None = ...,
    referer: str | None = ...,
    envelope: str | None = ...,
    variants: Mapping[str, type[Any]] | None = ...,
    reader: Reader | None = ...,
    source: str | None = ...,
    status: Status = ...,
) -> Callable[[CallF], CallF]: ...
@overload
def get(
    path: str,
    *,
    paging: Paging,
    auth: Auth | None = ...,
    referer: str | None = ...,
    envelope: str | None = ...,
    source: str | None = ...,
    status: Status = ...,
) -> Callable[[PagesF], PagesF]: ...
def get(
    path: str,
    *,
    pick: str = "",
    auth: Auth | None = None,
    referer: str | None = None,
    envelope: str | None = None,
    paging: Paging | None = None,
    variants: Mapping[str, type[Any]] | None = None,
    reader: Reader | None = None,
    source: str | None = None,
    status: Status = "current",
) -> Any:
    """
    Declare a GET endpoint; with *paging* it returns `Pages`, without it a `Call`.

    Args:
        path: Template; ``{name}`` stands for a parameter.
        pick: Key of the reply that holds all of it.
        auth: What it needs, if not what the class says.
        referer: Template of the Referer, if not the class's.
        envelope: Key of the payload, if not the base's; empty for none.
        paging: The strategy that leads from page to page.
        variants: Response types chosen by a true argument.
        reader: Finds the JSON in a reply that is a page.
        source: Where the knowledge comes from, if not what the class says.
        status: How sure we are that it works.
    """
    return _Declaration(
        "GET", path, "form", pick, auth, referer, paging, envelope, True, variants or {},
        source, status, reader,
    )  # fmt: skip


def post(
    path: str,
    *,
    body: Body = "form",
    pick: str = "",
    auth: Auth | None = None,
    referer: str | None = None,
    envelope: str | None = None,
    idempotent: bool = False,
    source: str | None = None,
    status: Status = "current",
) -> Callable[[CallF], CallF]:
    """
    Declare a POST endpoint; parameters that are not in the path make up the body.

    Args:
        path: Template; ``{name}`` stands for a parameter.
        body: Format of the body: ``form``, ``multipart`` or ``json``.
        pick: Key of the reply that holds all of it.
        auth: What it needs, if not what the class says.
        referer: Template of the Referer, if not the class's.
        envelope: Key of the payload, if not the base's; empty for none.
        idempotent: Whether it may be sent again when it is unknown if it arrived.
        source: Where the knowledge comes from, if not what the class says.
        status: How sure we are that it works.
    """
    declaration = _Declaration(
        "POST", path, body, pick, auth, referer, None, envelope, idempotent, {}, source, status
    )
    return cast("Callable[[CallF], CallF]", declaration)


def endpoint_of(method: Callable[..., Call[Any] | Pages[Any, Any]]) -> Endpoint:
    """Return the endpoint of a declared method, such as ``IllustApi.detail``."""
    declared = getattr(method, _MARK, None)
    if not isinstance(declared, _Declaration) or declared.endpoint is None:
        msg = f"{method!r} declares no endpoint"
        raise TypeError(msg)
    return declared.endpoint
