"""Replies that pixiv really sent, which are not part of the project: every one structures."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_registry import AJAX, SUBMITTING_WORKS

from pixivkit.conformance import FileReport, check_manifest

SEEDS = {entry.partition("(")[0] for entry in (*SUBMITTING_WORKS, *AJAX)}


@pytest.fixture(scope="module")
def reports(recorded: Path) -> list[FileReport]:
    return [report for report in check_manifest(recorded / "MANIFEST.csv") if report.endpoint]


def test_every_file_of_a_declared_endpoint_is_ok(reports: list[FileReport]) -> None:
    assert reports
    assert {f"{r.file}: {r.error} {r.lost}" for r in reports if not r.ok} == set()


def test_every_endpoint_of_the_documents_has_a_file(reports: list[FileReport]) -> None:
    covered = {report.endpoint for report in reports}
    assert SEEDS - covered == set()


def test_both_shapes_of_a_user_are_recorded(reports: list[FileReport]) -> None:
    requests = [report.request for report in reports if report.endpoint == "web.user.detail"]
    assert {"full=1" in request for request in requests} == {True, False}


def test_no_key_is_unknown(reports: list[FileReport]) -> None:
    assert {f"{r.file}: {p}" for r in reports if r.endpoint in SEEDS for p in r.unknown} == set()
