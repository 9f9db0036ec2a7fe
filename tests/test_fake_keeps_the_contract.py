"""
The fake answers as ``spec/openapi.json`` says, whatever schemathesis asks it.

Looked at are errors of the server; statuses, media types and bodies, which must be documented
ones; that what fits the schemas is taken; that what does not is refused; and that nothing is had
without the login that is documented. Checks of schemathesis that are off: 401 or 403 without a
login (the App API says 400), 405 and ``Allow`` for other methods (pixiv says 404 in words of its
own), required headers (the Referer and the User-Agent are no parameters of the document), and
what one request does to the next (the tests of the fake's world do that).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
)
from support.each import for_each

from pixivkit import Auth
from pixivkit._core.declaration.argument_types import Text
from pixivkit.openapi import export
from pixivkit.registry import REGISTRY, built_in_endpoints
from pixivkit.testing import FakePixiv

EXAMPLES = 6
"""Requests of each kind to each operation."""

ALWAYS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

NAMES = sorted({endpoint.name for endpoint in built_in_endpoints()})
CAN_BE_WRONG = [
    name
    for name in NAMES
    if any(p.place != "path" or p.accepts.kind != Text() for p in REGISTRY[name].params)
]
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def document() -> Any:
    """The document, as strict as it can be read."""
    made = json.loads(json.dumps(export()))
    for item in made["paths"].values():
        for operation in (item[method] for method in ("get", "post") if method in item):
            # Else any status would be a documented one.
            del operation["responses"]["default"]
            # A word that is in the path is in the query as well; the fake reads the path.
            described = operation.pop("parameters", [])
            in_path = {one["name"] for one in described if one["in"] == "path"}
            operation["parameters"] = [
                one for one in described if one["in"] == "path" or one["name"] not in in_path
            ]
    return made


class Asked:
    """
    A fake, and how it is asked, logged in to both APIs.

    Attributes:
        operations: The operations of the document by the names of their endpoints.
    """

    def __init__(self) -> None:
        # What is unknown is ignored, as the document leaves open.
        fake = FakePixiv(works=60, users=8, strict=False)
        token = fake.credentials.new_access_token(fake.account)
        cookie = f"PHPSESSID={fake.session_cookie}"
        self._logins: dict[str, dict[str, str]] = {
            "app": {"Authorization": f"Bearer {token}"},
            "web": {"Cookie": cookie, "x-csrf-token": fake.csrf_token},
        }
        schema: Any = schemathesis.openapi.from_dict(document())
        schema.app = fake.application
        schema.config.generation.update(with_security_parameters=False)
        self.operations: dict[str, Any] = {}
        for result in schema.get_all_operations():
            operation = result.ok()
            described = operation.definition.raw
            for name in described.get("x-pixivkit-names") or [described["x-pixivkit-name"]]:
                self.operations[name] = operation

    def ask(self, name: str, case: Any, *checks: Any, login: bool = True) -> Any:
        """Send *case* to the endpoint *name*, look at the answer, and return it."""
        base = REGISTRY[name].base
        headers = {"User-Agent": "Mozilla/5.0"}
        if login:
            headers |= self._logins.get(base.name, {})
        sent: dict[str, Any] = {"base_url": base.url, "headers": headers}
        response = case.call(**sent)
        try:
            case.validate_response(
                response, checks=[*ALWAYS, *checks], headers=headers, transport_kwargs=sent
            )
        except FailureGroup as failures:
            # A base exception, which would end the test at the first endpoint.
            raise AssertionError(str(failures)) from None
        return response

    def sample(
        self,
        name: str,
        mode: GenerationMode,
        check: Callable[[Any], None],
        examples: int = EXAMPLES,
    ) -> None:
        """Run *check* for some requests to the endpoint *name*, always the same ones."""

        @settings(
            max_examples=examples,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
        )
        @given(self.operations[name].as_strategy(generation_mode=mode))
        def run(case: Any) -> None:
            check(case)

        run()


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked()


def is_real(case: Any) -> bool:
    """Whether the date of a request is one; JSON Schema knows no 30th of February."""
    text = (case.query or {}).get("date")
    if text is None or "-" in text:
        return True
    try:
        dt.datetime.strptime(text, "%Y%m%d")
    except ValueError:
        return False
    return True


def is_refused(case: Any) -> bool:
    """Whether pixiv has to see what is wrong with a request."""
    described = case.operation.definition.raw
    # Without a parameter that has one value only, pixiv answers otherwise, or the same.
    for parameter in described["parameters"]:
        fixed = parameter["schema"].get("enum", [])
        if len(fixed) == 1 and (case.query or {}).get(parameter["name"]) != fixed[0]:
            return False
    if case.media_type not in FORMS:
        return True
    if not isinstance(case.body, dict):
        return False
    # On the wire, all of a form is text, and one item is a list as well.
    fields = described["requestBody"]["content"][case.media_type]["schema"].get("properties", {})
    return not any(reads_as_text(fields.get(key, {}), one) for key, one in case.body.items())


def reads_as_text(schema: Any, value: Any) -> bool:
    """Whether *value* fits *schema* once both are fields of a form, though it does not in JSON."""
    if schema.get("type") == "array":
        items = value if isinstance(value, list) else [value]
        return any(reads_as_text(schema["items"], item) for item in items)
    if isinstance(value, list):
        return True
    return schema.get("type") == "string" and not isinstance(value, str)


@for_each("name", NAMES)
def test_what_fits_is_taken(asked: Asked, name: str) -> None:
    # A code and a token that were made up are refused.
    more = [] if name.startswith("oauth.") else [positive_data_acceptance]

    def check(case: Any) -> None:
        assume(is_real(case))
        asked.ask(name, case, *more)

    asked.sample(name, GenerationMode.POSITIVE, check)


@for_each("name", CAN_BE_WRONG)
def test_what_does_not_fit_is_refused(asked: Asked, name: str) -> None:
    def check(case: Any) -> None:
        asked.ask(name, case, *([negative_data_rejection] if is_refused(case) else []))

    asked.sample(name, GenerationMode.NEGATIVE, check)


@for_each(
    "name", [name for name in NAMES if REGISTRY[name].auth not in (Auth.NONE, Auth.OPTIONAL)]
)
def test_nothing_is_had_without_the_login(asked: Asked, name: str) -> None:
    def check(case: Any) -> None:
        response = asked.ask(name, case, login=False)
        assert response.status_code in (400, 401), response.text

    asked.sample(name, GenerationMode.POSITIVE, check, examples=1)
