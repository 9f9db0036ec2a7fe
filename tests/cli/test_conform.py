"""``pixivkit conform``."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from support.examples import example

from pixivkit.cli.command import commands

DETAIL = "GET app-api.pixiv.net/v1/illust/detail?illust_id=1"
RANKING = "GET www.pixiv.net/ranking.php?mode=daily&format=json"

Manifest = Callable[[dict[str, tuple[str, Any]]], Path]


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    """Writes files, each with its request and its body, and the manifest that lists them."""

    def write(files: dict[str, tuple[str, Any]]) -> Path:
        listed = tmp_path / "MANIFEST.csv"
        with listed.open("w", newline="", encoding="utf-8") as out:
            rows = csv.writer(out)
            rows.writerow(["file", "endpoint", "year"])
            for name, (request, body) in files.items():
                text = body if isinstance(body, str) else json.dumps(body)
                (tmp_path / name).write_text(text, encoding="utf-8")
                rows.writerow([name, request, "2026"])
        return listed

    return write


def _conform(listed: Path, *options: str) -> Result:
    return CliRunner().invoke(commands, ["conform", str(listed), *options])


def test_good_files_pass(manifest: Manifest) -> None:
    done = _conform(
        manifest(
            {
                "detail.json": (DETAIL, example("app.illust.detail")),
                "ranking.json": (RANKING, example("web.ranking")),
            }
        ),
        "--strict",
    )
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "ok\tapp.illust.detail\tdetail.json",
        "ok\tweb.ranking\tranking.json",
        "total\t2\t2 ok",
    ]


def test_unknown_keys_fail_only_when_strict(manifest: Manifest) -> None:
    body = example("app.illust.detail")
    body["illust"]["brand_new"] = 1
    listed = manifest({"detail.json": (DETAIL, body)})
    done = _conform(listed)
    assert done.exit_code == 0
    key = "unknown-key\tapp.illust.detail\tdetail.json\t$.illust.brand_new"
    assert key in done.stdout.splitlines()
    assert _conform(listed, "--strict").exit_code == 1


def test_broken_files_fail_with_the_path(manifest: Manifest) -> None:
    body = example("app.illust.detail")
    body["illust"]["id"] = ["no"]
    listed = manifest({"detail.json": (DETAIL, body), "cut.json": (RANKING, '{"contents": [')})
    done = _conform(listed)
    assert done.exit_code == 1
    assert "$.illust.id: expected int, got list" in done.stdout
    assert done.stdout.splitlines()[-1] == "total\t2\t2 failed"


def test_misfits_fail_only_when_strict(manifest: Manifest) -> None:
    body = example("app.illust.detail")
    body["illust"]["title"] = 5
    body["illust"]["user"]["id"] = ["no"]
    listed = manifest({"detail.json": (DETAIL, body)})
    done = _conform(listed)
    assert done.exit_code == 0
    told = "misfit\tapp.illust.detail\tdetail.json"
    assert done.stdout.splitlines() == [
        told,
        f"{told}\t$.illust.title: expected str, got int",
        f"{told}\t$.illust.user.id: expected int, got list",
        "total\t1\t1 misfit",
    ]
    assert _conform(listed, "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("request_", "body", "said"),
    [
        (DETAIL, {"error": {"message": "Rate Limit", "user_message": ""}}, "Rate Limit"),
        ("GET app-api.pixiv.net/v1/user/illusts?user_id=1", {"error": {"message": "x"}}, "x"),
        ("POST app-api.pixiv.net/v1/illust/delete", {"error": {"reason": "r"}}, "refused"),
        (RANKING, {"error": "このページは表示できません"}, "このページは表示できません"),
        ("GET www.pixiv.net/ajax/webpush", {"error": True, "message": "m", "body": []}, "m"),
    ],
)
def test_an_error_body_fails(manifest: Manifest, request_: str, body: object, said: str) -> None:
    done = _conform(manifest({"error.json": (request_, body)}))
    assert done.exit_code == 1
    assert done.stdout.startswith("failed\t")
    assert said in done.stdout


def test_lost_values_fail(manifest: Manifest) -> None:
    body = {**example("app.illust.detail"), "beside": 1}
    done = _conform(manifest({"detail.json": (DETAIL, body)}))
    assert done.exit_code == 1
    assert "lost-value\tapp.illust.detail\tdetail.json\t$.beside" in done.stdout.splitlines()


def test_undeclared_requests_fail_only_when_strict(manifest: Manifest) -> None:
    listed = manifest({"new.json": ("GET app-api.pixiv.net/v9/no/such/thing", {})})
    done = _conform(listed)
    assert done.exit_code == 0
    assert done.stdout.startswith("undeclared\tGET app-api.pixiv.net/v9/no/such/thing\tnew.json")
    assert _conform(listed, "--strict").exit_code == 1


def test_json_is_a_list_of_reports(manifest: Manifest) -> None:
    body = example("app.illust.detail")
    body["illust"]["brand_new"] = 1
    listed = manifest({"detail.json": (DETAIL, body), "cut.json": (RANKING, "{")})
    done = _conform(listed, "--json")
    assert done.exit_code == 1
    fine, broken = json.loads(done.stdout)
    assert fine == {
        "file": "detail.json",
        "request": DETAIL,
        "endpoint": "app.illust.detail",
        "ok": True,
        "error": None,
        "misfits": [],
        "unknown": ["$.illust.brand_new"],
        "lost": [],
    }
    assert broken["endpoint"] == "web.ranking"
    assert broken["ok"] is False
    assert broken["error"]


def test_only_some_endpoints(manifest: Manifest) -> None:
    listed = manifest({"detail.json": (DETAIL, {}), "ranking.json": (RANKING, {"contents": []})})
    done = _conform(listed, "--only", "web.")
    assert done.exit_code == 0
    assert "detail.json" not in done.stdout


@pytest.mark.parametrize(
    ("only", "meant"),
    [("app.illust.detial", "app.illust.detail"), ("web.serch", "web.search"), ("nothing", "")],
)
def test_endpoints_that_are_not_there_are_no_success(
    manifest: Manifest, only: str, meant: str
) -> None:
    done = _conform(manifest({"detail.json": (DETAIL, {})}), "--only", only)
    assert done.exit_code == 2
    hint = f"; did you mean {meant!r}?" if meant else ""
    assert f"no endpoint is called {only!r}{hint}\n" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("file,request\na,b\n", "there is no column 'endpoint'"),
        ("", "there is no column 'file'"),
        ("file,endpoint\n", "it lists no file"),
        ("file,endpoint\n\n", "it lists no file"),
        ("file,endpoint\na.json\n", "line 2 is too short"),
        ("file,endpoint,year\na.json,GET x/y\n", "line 2 is too short"),
    ],
)
def test_no_manifest_at_all(tmp_path: Path, text: str, said: str) -> None:
    listed = tmp_path / "MANIFEST.csv"
    listed.write_text(text, encoding="utf-8")
    done = _conform(listed)
    assert done.exit_code == 2
    assert said in done.output
    assert _conform(tmp_path / "missing.csv").exit_code == 2
