"""
The fake pixiv as an ASGI application: a route for every endpoint of the registry.

A request is read and logged first, then goes through the fake's middleware, ordered faults, the
plan of faults, and the checks: the method, who sends it, its parameters. What passes is answered
by a view, or by the example of the endpoint where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Protocol, TypeAlias
from urllib.parse import unquote

import attrs
from python_multipart.exceptions import FormParserError
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .._core.declaration.endpoint import Base, Endpoint, placeholders
from ..registry import REGISTRY
from . import app_views, web_views
from .credentials import Credentials
from .decode import Problems, decode
from .example_answers import answered, bare_reply, example_reply, only_page, refuse_unknown_ids
from .fault_replies import FAULTY_REPLY, FaultyReply, SendFaulty, faulty_answer, usual_body
from .faults import FaultPlan, OrderedFaults
from .images import Images
from .messages import Answer, ASGIApp, ReceivedFile, ReceivedRequest, answer
from .own_urls import OWN_URL, answer_with
from .pages import login_redirect, site_page
from .refusals import Refusal, gone, invalid, oauth_error
from .request_log import RequestLog
from .routing import WithParts
from .views import VIEWS, Context
from .world import World

__all__ = ["Middleware", "Site", "make_application"]

Middleware: TypeAlias = Callable[[ASGIApp], ASGIApp]
"""Wraps the application: plain ASGI, with ``scope["pixivkit.received"]`` set."""

Namer: TypeAlias = Callable[[ReceivedRequest], str]
Responder: TypeAlias = Callable[[ReceivedRequest, Mapping[str, str]], Answer]

# Imported for what they register.
_VIEWS = (app_views, web_views)


class Site(Protocol):
    """What the application answers from, as `FakePixiv` holds it."""

    world: World
    credentials: Credentials
    images: Images
    answers: Literal["world", "examples"]
    examples: dict[str, object]
    faults: OrderedFaults
    plan: FaultPlan | None
    log: RequestLog
    middleware: list[Middleware]

    @property
    def strict(self) -> bool: ...


def make_application(site: Site) -> ASGIApp:
    """Make the application that answers as *site*."""
    return WithParts(_Routes(site))


class _Routes:
    """The routes of all endpoints that are declared, made anew when others are."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._revision = -1
        self._routes: ASGIApp | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._routes is None or self._revision != REGISTRY.revision:
            self._routes = self._made()
            self._revision = REGISTRY.revision
        await self._routes(scope, receive, send)

    def _made(self) -> ASGIApp:
        table = _table(self._site)
        routes = [Route(path, _Handler(self._site, name, answer)) for path, name, answer in table]
        application = Starlette(routes=routes)
        application.router.redirect_slashes = False
        return application


def _table(site: Site) -> Iterable[tuple[str, Namer, Responder]]:
    groups: dict[tuple[str, str], list[Endpoint]] = {}
    for endpoint in REGISTRY.values():
        groups.setdefault((endpoint.base.name, endpoint.path), []).append(endpoint)
    # What has fewer parameters in its path goes first: /ajax/user/extra before /ajax/user/{id}.
    for (part, path), endpoints in sorted(
        groups.items(), key=lambda group: len(placeholders(group[0][1]))
    ):
        several = _Endpoints(site, endpoints)
        yield f"/{part}{path}", several.name, several.answer
    for path in ("/web/", "/web/artworks/{illust_id}", "/web/settings/account"):
        yield path, _always("web.page"), lambda received, _: site_page(site.credentials, received)
    login = _always("app.login")
    yield (
        "/app/web/v1/login",
        login,
        lambda received, _: login_redirect(site.credentials, received),
    )
    yield (
        "/images/{path:path}",
        _always("images"),
        lambda received, found: site.images.answer(received, "/" + unquote(found["path"])),
    )
    for base in {endpoint.base.name: endpoint.base for endpoint in REGISTRY.values()}.values():
        yield f"/{base.name}/{{path:path}}", _always(""), _refuser(gone(base))
    yield (
        "/{path:path}",
        _always(""),
        lambda _, __: answer(404, "no part of the fake pixiv is here"),
    )


def _always(name: str) -> Namer:
    return lambda _: name


def _refuser(refusal: Refusal) -> Responder:
    return lambda _, __: answer(refusal.status, refusal.body, refusal.headers)


class _Handler:
    """The ASGI application of one route."""

    def __init__(self, site: Site, name: Namer, respond: Responder) -> None:
        self._site = site
        self._name = name
        self._respond = respond

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        received = await _receive(request)
        received = attrs.evolve(received, endpoint=self._name(received))
        self._site.log.append(received)
        handle: ASGIApp = self._handle
        for wrap in reversed(self._site.middleware):
            handle = wrap(handle)
        await handle({**scope, "pixivkit.received": received}, receive, send)

    async def _handle(self, scope: Any, receive: Any, send: Any) -> None:
        received: ReceivedRequest = scope["pixivkit.received"]
        fault = self._site.faults.take(received.endpoint)
        if fault is not None:
            body = fault.body
            if body is None:
                known = REGISTRY.get(received.endpoint)
                body = usual_body(known.base, fault.status) if known else ""
            made: Answer | FaultyReply = answer(fault.status, body, fault.headers)
        else:
            made = self._planned(received, scope)
        if isinstance(made, FaultyReply):
            await _send_faulty(made, scope, receive, send)
            return
        response = Response(made.body, made.status, dict(made.headers))
        await response(scope, receive, send)

    def _planned(self, received: ReceivedRequest, scope: Any) -> Answer | FaultyReply:
        plan = self._site.plan
        kind = None if plan is None else plan.draw(received)
        if plan is None or kind is None:
            return self._answer(received, scope)
        return faulty_answer(kind, received, lambda: self._answer(received, scope), huge=plan.huge)

    def _answer(self, received: ReceivedRequest, scope: Any) -> Answer:
        made = self._respond(received, scope["path_params"])
        return answer_with(scope[OWN_URL], made) if OWN_URL in scope else made


async def _send_faulty(faulty: FaultyReply, scope: Any, receive: Any, send: Any) -> None:
    send_faulty: SendFaulty | None = scope.get("extensions", {}).get(FAULTY_REPLY)
    if send_faulty is None:
        msg = "this fault needs FakePixiv.serve() or FakePixiv.transport, which have connections"
        raise RuntimeError(msg)
    await send_faulty(faulty, receive, send)


class _Endpoints:
    """The endpoints of one path: one for each method, or several with other fixed parameters."""

    def __init__(self, site: Site, endpoints: list[Endpoint]) -> None:
        self._site = site
        self._endpoints = endpoints

    def name(self, received: ReceivedRequest) -> str:
        """Which of the endpoints is asked for; empty where the method is none of theirs."""
        fitting = [e for e in self._endpoints if e.method == received.method]
        given = {*received.query, *received.fields}
        for endpoint in fitting:
            if given >= {(p.wire, str(p.default)) for p in endpoint.params if p.is_fixed}:
                return endpoint.name
        return fitting[0].name if fitting else ""

    def answer(self, received: ReceivedRequest, segments: Mapping[str, str]) -> Answer:
        """Answer a request, with what pixiv says where it refuses."""
        try:
            return self._answer(received, {key: unquote(text) for key, text in segments.items()})
        except Refusal as refusal:
            return answer(refusal.status, refusal.body, refusal.headers)

    def _answer(self, received: ReceivedRequest, segments: Mapping[str, str]) -> Answer:
        endpoint = REGISTRY.get(received.endpoint)
        if endpoint is None:
            raise gone(self._endpoints[0].base)
        account = self._site.credentials.authenticate(endpoint, received.headers)
        arguments, problems = decode(endpoint, received, segments, strict=self._site.strict)
        if problems:
            raise _invalid(endpoint.base, problems)
        headers = {"x-userid": str(account.id)} if account and endpoint.base.envelope else {}
        if endpoint.name in self._site.examples:
            return _reply(endpoint, self._site.examples[endpoint.name], headers)
        if endpoint.base.name == "oauth":
            return answer(200, self._site.credentials.exchange(arguments))
        view = VIEWS.get(endpoint.name) if self._site.answers == "world" else None
        try:
            reply = example_reply(endpoint, arguments)
        except LookupError:
            if view is None:
                raise
            reply = bare_reply(endpoint)
        if self._site.answers == "examples":
            return _reply(endpoint, reply, headers)
        context = Context(
            world=self._site.world,
            account=account,
            endpoint=endpoint,
            arguments=arguments,
            pairs=received.query,
            files=received.files,
        )
        if view is None:
            refuse_unknown_ids(endpoint, arguments, self._site.world)
            return _reply(endpoint, only_page(context, reply), headers)
        return _reply(endpoint, answered(context, reply, view(context)), headers)


def _reply(endpoint: Endpoint, body: object, headers: Mapping[str, str]) -> Answer:
    """Answer *endpoint* with JSON, in a page where it reads one."""
    return answer(200, endpoint.reader.page(body) if endpoint.reader else body, headers)


def _invalid(base: Base, problems: Problems) -> Refusal:
    if base.name == "oauth":
        return oauth_error("Invalid grant_type parameter or parameter missing", 1508)
    return invalid(base, problems)


async def _receive(request: Request) -> ReceivedRequest:
    body = await request.body()
    fields: list[tuple[str, str]] = []
    files: list[ReceivedFile] = []
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        try:
            form = await request.form(max_files=1000, max_fields=10_000)
        except (HTTPException, FormParserError):
            # Older versions of Starlette let the parser's own error pass.
            pass
        else:
            for key, value in form.multi_items():
                if isinstance(value, UploadFile):
                    content = await value.read()
                    name, type_ = value.filename or "", value.content_type or ""
                    files.append(ReceivedFile(key, name, type_, content))
                else:
                    fields.append((key, value))
            await form.close()
    host = request.headers.get("host", "")
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query: bytes = request.scope["query_string"]
    target = raw.decode("latin-1") + (f"?{query.decode('latin-1')}" if query else "")
    return ReceivedRequest(
        endpoint="",
        method=request.method,
        url=f"{request.scope['scheme']}://{host}{target}",
        headers=dict(request.headers.items()),
        query=tuple(request.query_params.multi_items()),
        body=body,
        fields=tuple(fields),
        files=tuple(files),
    )
