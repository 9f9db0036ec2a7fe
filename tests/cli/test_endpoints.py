"""``pixivkit endpoints``."""

from __future__ import annotations

import json

from click.testing import CliRunner

from pixivkit.cli.command import commands
from pixivkit.registry import REGISTRY


def _lines(*arguments: str) -> list[str]:
    done = CliRunner().invoke(commands, ["endpoints", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


def test_json_has_the_promised_shape() -> None:
    listed = json.loads("\n".join(_lines("--json")))
    assert [one["name"] for one in listed] == sorted(REGISTRY)
    keys = ["name", "method", "host", "path", "params", "auth", "referer", "paging", "status"]
    assert all(list(one) == keys for one in listed)
    parts = {tuple(param) for one in listed for param in one["params"]}
    assert parts == {
        ("name", "wire", "place", "required", "type", "choices", "default", "meaning")
    }


def test_json_says_what_the_registry_says() -> None:
    (detail,) = json.loads("\n".join(_lines("app.ugoira.metadata", "--json")))
    assert detail == {
        "name": "app.ugoira.metadata",
        "method": "GET",
        "host": "app-api.pixiv.net",
        "path": "/v1/ugoira/metadata",
        "params": [
            {
                "name": "illust_id",
                "wire": "illust_id",
                "place": "query",
                "required": True,
                "type": "INTEGER",
                "choices": [],
                "default": None,
                "meaning": "Id of the ugoira.",
            }
        ],
        "auth": "bearer",
        "referer": None,
        "paging": None,
        "status": "current",
    }


def test_json_says_what_shared_parameters_mean() -> None:
    (found,) = json.loads("\n".join(_lines("app.user.bookmarks_illust", "--json")))
    meanings = {param["name"]: param["meaning"] for param in found["params"]}
    assert meanings["user_id"] == "Id of the user."
    assert meanings["filter"].startswith("The app to answer as, `for_ios` or")


def test_plain_output_is_tab_separated() -> None:
    lines = _lines()
    assert len(lines) == len(REGISTRY)
    assert all(line.count("\t") == 5 for line in lines)
    assert not any(ord(c) > 127 or c == "\x1b" for line in lines for c in line)


def test_filter_looks_at_names_and_paths() -> None:
    assert [line.split("\t")[0] for line in _lines("RANKING.PHP")] == ["web.ranking"]
    assert all("ugoira" in line for line in _lines("ugoira"))
    assert _lines("no such endpoint") == []


def test_one_endpoint_is_described() -> None:
    lines = [line.split("\t") for line in _lines("app.search.illust")]
    described = {cells[0]: cells[1] for cells in lines}
    assert described["request"] == "GET https://app-api.pixiv.net/v1/search/illust"
    assert described["word=TEXT"].endswith("[required]")
    assert described["search_ai_type=0|1"].startswith("0 shows works made by AI")
