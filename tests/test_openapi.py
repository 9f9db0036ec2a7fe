"""The exported document: valid, up to date, and true of the examples."""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator import validate as validate_document
from support.each import for_each
from support.examples import REPLIES, example, label

from pixivkit import APP, WEB
from pixivkit.conformance import match_endpoint
from pixivkit.examples import Example
from pixivkit.openapi import export
from pixivkit.openapi.docstrings import read_docstring
from pixivkit.registry import REGISTRY, built_in_endpoints
from pixivkit.testing.refusals import (
    app_error,
    bearer_refused,
    forbidden,
    gone,
    invalid,
    not_found,
    oauth_error,
    web_error,
)

LIMITED = "Rate Limit"
SPEC = Path(__file__).parent.parent / "spec"
# Its types come in a package of their own.
jsonschema: Any = importlib.import_module("jsonschema")


@pytest.fixture(scope="module")
def document() -> Any:
    return json.loads(json.dumps(export()))


def _operation(document: Any, name: str) -> Any:
    endpoint = REGISTRY[name]
    return document["paths"][endpoint.path][endpoint.method.lower()]


def _validator(document: Any, name: str) -> Any:
    content = _operation(document, name)["responses"]["200"]["content"]
    (media,) = content.values()
    # Of a page it is the object in it that has models.
    schema = {**media.get("x-object", media["schema"]), "components": document["components"]}
    formats = jsonschema.FormatChecker(formats=())

    formats.checks("date-time", raises=ValueError)(_is_moment)
    validator: Any = jsonschema.Draft202012Validator(schema, format_checker=formats)
    return validator


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or dt.datetime.fromisoformat(value).tzinfo is not None


def test_is_valid_openapi(document: Any) -> None:
    validate_document(document, cls=OpenAPIV31SpecValidator)


def test_is_always_the_same() -> None:
    assert json.dumps(export()) == json.dumps(export())


def test_every_endpoint_is_there(document: Any) -> None:
    named = {
        name
        for item in document["paths"].values()
        for key, operation in item.items()
        if key != "servers"
        for name in operation.get("x-pixivkit-names") or [operation["x-pixivkit-name"]]
    }
    declared = {endpoint.name for endpoint in built_in_endpoints()}
    assert named == declared


def _shown(content: Any) -> list[Any]:
    return [example["value"] for example in content.get("examples", {}).values()]


def test_what_it_shows_fits_its_own_schemas(document: Any) -> None:
    components = {"components": document["components"]}
    shown = 0
    for path in document["paths"].values():
        for operation in (path[method] for method in ("get", "post") if method in path):
            contents = [*operation["responses"]["200"]["content"].values()]
            contents += operation.get("requestBody", {}).get("content", {}).values()
            for content in contents:
                validator = jsonschema.Draft202012Validator({**content["schema"], **components})
                for value in _shown(content):
                    validator.validate(value)
                    shown += 1
            for parameter in operation.get("parameters", []):
                if "example" in parameter:
                    jsonschema.validate(parameter["example"], parameter["schema"])
                    shown += 1
                assert "example" in parameter or not parameter["required"], parameter
    assert shown > 200


@for_each("one", REPLIES, label)
def test_examples_fit_their_schemas(document: Any, one: Example) -> None:
    _validator(document, one.endpoint).validate(one.reply)


# The document that the reply is from has a bool as text there. It is read as the bool that it
# says, but no schema promises it: pixiv has sent it once, in 2019, if the document is right.
MISWRITTEN = {"app/v1__user__following.1.json: $.user_previews[0].is_muted"}


def test_recorded_replies_fit_their_schemas(document: Any, recorded: Path) -> None:
    wrong: set[str] = set()
    with (recorded / "MANIFEST.csv").open(newline="", encoding="utf-8-sig") as listed:
        for row in csv.DictReader(listed):
            matched = match_endpoint(row["endpoint"])
            if matched is None:
                continue
            body = json.loads((recorded / row["file"]).read_text(encoding="utf-8-sig"))
            error = next(_validator(document, matched[0].name).iter_errors(body), None)
            if error is not None:
                wrong.add(f"{row['file']}: {error.json_path}")
    assert wrong == MISWRITTEN


def test_schemas_refuse_what_is_wrong(document: Any) -> None:
    body = example("app.illust.detail")
    validator = _validator(document, "app.illust.detail")
    assert validator.is_valid(body)
    for changed in ({"id": "not a number"}, {"create_date": "yesterday"}, {"tags": {"a": 1}}):
        assert not validator.is_valid({"illust": {**body["illust"], **changed}})
    del body["illust"]["id"]
    assert not validator.is_valid(body)


def test_errors_that_it_shows_are_those_of_the_fake(document: Any) -> None:
    said = {
        "AppBadRequest": {
            "token-expired": bearer_refused("invalid_grant"),
            "token-missing": bearer_refused("invalid_request"),
            "offset-too-large": invalid(APP, {"offset": ["offset must be no more than 5000"]}),
        },
        "AppForbidden": {"restricted": forbidden(APP), "limited": app_error(403, message=LIMITED)},
        "AppNotFound": {
            "work": not_found(APP),
            "user": not_found(APP, "user"),
            "endpoint": gone(APP),
        },
        "AppRateLimited": {"limited": app_error(429, message=LIMITED)},
        "OAuthBadRequest": {
            "refresh-token": oauth_error("Invalid refresh token", 1508),
            "code": oauth_error("The authorization code has expired", 1508),
            "client": oauth_error("Invalid client", 1508, "invalid_client"),
        },
        "WebBadRequest": {
            "csrf-missing": web_error(400, "不正なリクエストです: the CSRF token is missing."),
        },
        "WebUnauthorized": {"no-session": web_error(401, "You are not logged in.")},
        "WebForbidden": {
            "csrf-wrong": web_error(403, "不正なリクエストです: the CSRF token is wrong."),
            "restricted": forbidden(WEB),
        },
        "WebNotFound": {
            "work": not_found(WEB),
            "user": not_found(WEB, "user"),
            "endpoint": gone(WEB),
        },
        "WebRateLimited": {"limited": web_error(429, LIMITED)},
    }
    components = {"components": document["components"]}
    shown: dict[str, dict[str, Any]] = {}
    for name, response in document["components"]["responses"].items():
        content = response["content"]["application/json"]
        validator = jsonschema.Draft202012Validator({**content["schema"], **components})
        for one in _shown(content):
            validator.validate(one)
        if "examples" in content:
            shown[name] = {key: told["value"] for key, told in content["examples"].items()}
    assert shown == {
        name: {key: refusal.body for key, refusal in refusals.items()}
        for name, refusals in said.items()
    }


def test_every_array_says_what_is_in_it(document: Any) -> None:
    """Generators drop the others, and all that refers to them."""
    found = list(_arrays(document["components"]))
    assert all("items" in schema for schema in found)
    assert len(found) > 100


def _arrays(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        if "array" in value.get("type", ()):
            yield value
        for one in value.values():
            yield from _arrays(one)
    elif isinstance(value, list):
        for one in value:
            yield from _arrays(one)


@pytest.mark.parametrize(
    ("value", "nothing"),
    [
        (None, True),
        (False, True),
        ("", True),
        ([], True),
        ({}, True),
        (True, False),
        (0, False),
        ("0", False),
        ([None], False),
        ({"": None}, False),
    ],
)
def test_nothings_of_php_are_told_from_all_else(
    document: Any, value: object, nothing: bool
) -> None:
    schema = document["components"]["schemas"]["Nothing"]
    assert jsonschema.Draft202012Validator(schema).is_valid(value) is nothing
    # An enum of several types is what generators cannot read.
    assert all(isinstance(one["type"], str) for one in schema["anyOf"])


def test_grants_of_the_token_endpoint_are_one_operation(document: Any) -> None:
    operation = _operation(document, "oauth.auth.token_refresh")
    names = ["oauth.auth.token_code", "oauth.auth.token_refresh"]
    assert operation["x-pixivkit-names"] == names
    form = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert [choice["properties"]["grant_type"]["enum"] for choice in form["anyOf"]] == [
        ["authorization_code"],
        ["refresh_token"],
    ]
    assert operation["security"] == []


def test_parameters_are_spelled_as_on_the_wire(document: Any) -> None:
    ranking = {p["name"]: p for p in _operation(document, "web.ranking")["parameters"]}
    assert (
        ranking["date"]["schema"]["pattern"]
        == "^[12][0-9]{3}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$"
    )
    assert ranking["format"]["required"], "without it, a page comes"
    assert not ranking["mode"]["required"]
    assert ranking["p"]["schema"] == {
        "type": "integer",
        "format": "int64",
        "minimum": 1,
        "default": 1,
    }
    assert ranking["mode"]["description"].startswith("Which ranking")
    newest = {p["name"]: p for p in _operation(document, "web.illust.new")["parameters"]}
    assert newest["lastId"]["x-pixivkit-name"] == "last_id"


def test_parameters_are_described_where_they_are_declared(document: Any) -> None:
    found = {p["name"]: p for p in _operation(document, "web.search.manga")["parameters"]}
    assert found["wgt"]["description"] == "Width of at most so many pixels."
    assert found["type"]["description"] == "The kind of works; only `manga`."
    assert "ppixiv" in found["csw"]["x-source"]
    assert "x-source" not in found["wgt"]
    for name in ("app.illust.comment_add", "app.upload.novel"):
        (media,) = _operation(document, name)["requestBody"]["content"].values()
        assert all(field["description"] for field in media["schema"]["properties"].values())


def test_bodies(document: Any) -> None:
    body = _operation(document, "app.upload.illust")["requestBody"]
    form = body["content"]["multipart/form-data"]["schema"]
    assert form["required"] == ["title", "files[]"]
    file = {"type": "string", "format": "binary", "minLength": 1}
    assert form["properties"]["files[]"]["items"] == file
    home = _operation(document, "app.home.all")["requestBody"]
    assert home == {"required": True, "content": home["content"]}
    assert home["content"]["application/json"]["schema"] == {"type": "object"}
    bookmark = _operation(document, "web.illust.bookmark_add")
    json_body = bookmark["requestBody"]["content"]["application/json"]["schema"]
    assert json_body["properties"]["illust_id"]["type"] == "string"
    assert json_body["properties"]["tags"]["maxItems"] == 10
    assert bookmark["security"] == [{"cookie": [], "csrf": []}]


def test_replies_are_described_with_their_envelope(document: Any) -> None:
    schema = _validator(document, "web.illust.detail").schema
    assert schema["required"] == ["body"]
    assert "body" not in _validator(document, "web.ranking").schema.get("properties", {})


def test_extensions(document: Any) -> None:
    new = _operation(document, "web.illust.new")
    assert new["x-paging"] == {
        "kind": "last-id",
        "items": "illusts",
        "cursor": "lastId",
        "param": "lastId",
        "item": new["x-paging"]["item"],
    }
    detail = _operation(document, "web.illust.detail")
    assert detail["x-referer"] == "https://www.pixiv.net/artworks/{illust_id}"
    assert detail["security"] == [{}, {"cookie": []}]
    assert detail["x-status"] == "current"
    assert detail["responses"]["default"] == {"$ref": "#/components/responses/WebError"}


def test_models_are_named_by_api_and_module(document: Any) -> None:
    """So another model of the same name renames none."""
    schemas = document["components"]["schemas"]
    same = {"app.comment.Comment", "web.comment.Comment", "app.user.User", "web.user.User"}
    assert {*same, "app.illust.Illust", "web.work.IllustThumb"} <= schemas.keys()
    assert not {"Comment", "User", "Illust"} & schemas.keys()


def test_properties_are_described(document: Any) -> None:
    illust = document["components"]["schemas"]["app.illust.Illust"]
    assert illust["required"] == ["id"]
    assert "R-18G" in illust["properties"]["x_restrict"]["description"]
    assert illust["additionalProperties"] is True


def test_docstrings_are_taken_apart() -> None:
    words = read_docstring(
        """
        What it does.

        More of it,
        on two lines.

        Args:
            one: The first,
                continued.
            two: ``None`` for none.

        Returns:
            Something.

        Raises:
            NotFound: It is gone.
        """
    )
    assert words.summary == "What it does."
    assert words.description == "More of it, on two lines."
    assert words.entries == {"one": "The first, continued.", "two": "`None` for none."}
    assert words.returns == "Something."
    assert words.raises == {"NotFound": "It is gone."}


def test_a_reply_that_is_a_page_says_so_and_what_is_in_it(document: Any) -> None:
    content = _operation(document, "app.novel.text")["responses"]["200"]["content"]

    assert list(content) == ["text/html"]
    assert content["text/html"]["schema"] == {"type": "string"}
    assert content["text/html"]["x-object"] == {
        "$ref": "#/components/schemas/app.novel_text.NovelText"
    }
    pages = _shown(content["text/html"])
    assert pages
    assert all(page.startswith("<!DOCTYPE html>") for page in pages)
