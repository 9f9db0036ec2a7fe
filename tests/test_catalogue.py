"""The registry against the catalogue of all that is known of the App API, which is not in here."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import pytest

from pixivkit.conformance import match_endpoint
from pixivkit.models.app import Done
from pixivkit.registry import Endpoint, built_in_endpoints

README = Path(__file__).parents[1] / "spec" / "README.md"
ENDPOINTS = [one for one in built_in_endpoints() if one.base.name in ("app", "oauth")]
NO_REPLY = "No reply has been recorded"


@attrs.frozen
class Row:
    """A row of the catalogue."""

    name: str
    request: str
    params: frozenset[tuple[str, str]]
    fixed: frozenset[tuple[str, str]]
    auth: str
    status: str

    @property
    def is_current(self) -> bool:
        return self.status.startswith("current")

    @property
    def is_dead(self) -> bool:
        return self.status.startswith("deprecated")

    def is_answered_by(self, endpoint: Endpoint) -> bool:
        """Whether *endpoint* sends this request, grant types and the like included."""
        sent = {param.wire: str(param.default) for param in endpoint.params if param.is_fixed}
        return request_of(endpoint) == self.request and all(
            sent.get(name, value) == value for name, value in self.fixed
        )


@attrs.frozen
class LeftOut:
    """A line of the table of what is left out: a row, or some of its parameters."""

    name: str
    request: str
    params: frozenset[str]
    why: str
    instead: str


def request_of(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {urlsplit(endpoint.base.url).netloc}{endpoint.path}"


@pytest.fixture(scope="module")
def rows(catalogue: Path) -> dict[str, Row]:
    found: dict[str, Row] = {}
    with catalogue.open(newline="", encoding="utf-8-sig") as lines:
        for line in csv.DictReader(lines):
            if line["family"] not in ("app", "oauth"):
                continue
            params = re.findall(r"([\w\[\]-]+):([^;@]*)@(\w+)", line["params"])
            found[line["name"]] = Row(
                name=line["name"],
                request=f"{line['method']} {line['host']}{line['path']}",
                params=frozenset((name, place) for name, _, place in params),
                fixed=frozenset(
                    (name, kind.partition("=")[2].partition("(")[0])
                    for name, kind, _ in params
                    if name == "grant_type"
                ),
                auth=line["auth"],
                status=line["status"],
            )
    assert found
    return found


@pytest.fixture(scope="module")
def left_out() -> dict[str, LeftOut]:
    _, _, section = README.read_text("utf-8").partition("\n## Left out\n")
    section = section.partition("\n## ")[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("| `")
    ]
    assert cells and {len(line) for line in cells} == {4}
    found = {
        name.strip("`"): LeftOut(
            name=name.strip("`"),
            request=request.partition(":")[0].strip("` "),
            params=frozenset(re.findall(r"`([^`]+)`", request.partition(":")[2])),
            why=why,
            instead=instead,
        )
        for name, request, why, instead in cells
    }
    assert len(found) == len(cells), "no row is there twice"
    return found


def answering(row: Row) -> list[Endpoint]:
    return [endpoint for endpoint in ENDPOINTS if row.is_answered_by(endpoint)]


def test_what_is_left_out_is_said_with_its_reason(
    rows: dict[str, Row], left_out: dict[str, LeftOut]
) -> None:
    """Rows without an endpoint and rows of the table are the same ones."""
    missing = {row.name for row in rows.values() if not answering(row)}
    assert {one.name for one in left_out.values() if not one.params} == missing
    assert {one.name for one in left_out.values() if one.name not in rows} == set()
    for one in left_out.values():
        assert one.request == rows[one.name].request
        assert len(one.why) > 10, one.name


def test_no_row_that_is_current_is_left_out_but_for_steps_of_a_browser(
    rows: dict[str, Row], left_out: dict[str, LeftOut]
) -> None:
    current = [one for name, one in left_out.items() if rows[name].is_current and not one.params]
    assert {one.name: one.why for one in current if "browser" not in one.why} == {}


def test_what_takes_the_place_of_what_is_left_out_is_there(
    rows: dict[str, Row], left_out: dict[str, LeftOut]
) -> None:
    names = {endpoint.name for endpoint in built_in_endpoints()}
    for one in left_out.values():
        named = set(re.findall(r"`((?:app|web|oauth)\.[\w.]+)`", one.instead))
        assert named <= names, one.name
        if rows[one.name].is_dead:
            assert one.instead, f"{one.name} is dead: what replaced it?"


def test_every_parameter_is_there_under_its_name_at_its_place(
    rows: dict[str, Row], left_out: dict[str, LeftOut]
) -> None:
    differing: dict[str, object] = {}
    for row in rows.values():
        excused = left_out[row.name].params if row.name in left_out else frozenset[str]()
        assert excused <= {name for name, _ in row.params}, f"{row.name} has what is left out"
        for endpoint in answering(row):
            declared = {(param.wire, param.place) for param in endpoint.params}
            assert not excused & {name for name, _ in declared}, f"{row.name} has it by now"
            wanted = {(name, place) for name, place in row.params if name not in excused}
            if declared != wanted:
                differing[endpoint.name] = (wanted - declared, declared - wanted)
    assert differing == {}


def test_the_login_is_the_one_that_is_needed(rows: dict[str, Row]) -> None:
    assert {
        endpoint.name: endpoint.auth.value
        for row in rows.values()
        for endpoint in answering(row)
        if endpoint.auth.value != row.auth
    } == {}


def test_a_row_has_one_endpoint(rows: dict[str, Row]) -> None:
    found = {row.name: [endpoint.name for endpoint in answering(row)] for row in rows.values()}
    assert {name: ones for name, ones in found.items() if len(ones) > 1} == {}


def test_doubts_are_handed_on(rows: dict[str, Row]) -> None:
    """What is dead or superseded is deprecated, what is uncertain is said to be."""
    for row in rows.values():
        for endpoint in answering(row):
            if row.is_dead or "superseded" in row.status:
                assert endpoint.status == "deprecated", endpoint.name
            elif row.status.startswith("uncertain"):
                assert endpoint.status == "uncertain", endpoint.name
            else:
                assert endpoint.status != "deprecated", endpoint.name


def test_a_shape_without_a_recorded_reply_says_so(recorded: Path) -> None:
    with (recorded / "MANIFEST.csv").open(newline="", encoding="utf-8-sig") as lines:
        matched = [match_endpoint(line["endpoint"]) for line in csv.DictReader(lines)]
    seen = {found[0].name for found in matched if found}
    silent = {one.name for one in ENDPOINTS if NO_REPLY not in " ".join(one.doc.split())}
    shaped = {one.name for one in ENDPOINTS if one.response is not Done}
    assert shaped - seen == shaped - silent
