"""The exported document: valid, up to date, and true of the examples."""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator import validate as validate_document
from support.each import for_each
from support.examples import REPLIES, example, label

from pixivkit.conformance import match_endpoint
from pixivkit.examples import Example
from pixivkit.openapi import export
from pixivkit.openapi.docstrings import read_docstring
from pixivkit.registry import REGISTRY, built_in_endpoints

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


# The document that the reply is from has a bool as text there.
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
    assert ranking["date"]["schema"]["pattern"] == "^[0-9]{4}[0-9]{2}[0-9]{2}$"
    assert ranking["format"]["required"], "without it, a page comes"
    assert not ranking["mode"]["required"]
    assert ranking["p"]["schema"] == {"type": "integer", "minimum": 1, "default": 1}
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
    assert form["properties"]["files[]"]["items"] == {"type": "string", "format": "binary"}
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
