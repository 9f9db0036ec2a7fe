"""nox: everything that is checked, by name. Without a name: all that must pass."""

from __future__ import annotations

import nox

PYPROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PYPROJECT)

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_external_run = True
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "typing", "generated", "docs", "tests"]


def install(
    session: nox.Session, *groups: str, extras: str = "cli,fast,parquet,telemetry,testing"
) -> None:
    """Install the project with *extras*, and dependency *groups* of pyproject.toml."""
    session.install("-e", f".[{extras}]", *nox.project.dependency_groups(PYPROJECT, *groups))


@nox.session
def lint(session: nox.Session) -> None:
    """The style of the code."""
    session.install(*nox.project.dependency_groups(PYPROJECT, "lint"))
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")


@nox.session
def typing(session: nox.Session) -> None:
    """The package, its tests, and tests/typing, which holds the typed promises."""
    install(session, "typing")
    # Not editable: what is checked last is what users install.
    session.install(".[cli,fast,parquet,telemetry]")
    session.run("mypy")
    session.run("pyright")
    session.run("pyright", "--verifytypes", "pixivkit", "--ignoreexternal")


@nox.session
def generated(session: nox.Session) -> None:
    """Whether all that is generated is what ``generate`` writes, and what others rely on stays."""
    install(session)
    session.run("python", "-m", "tools.generate", "--check")


@nox.session
def generate(session: nox.Session) -> None:
    """
    Write all that is generated: lists of exports, tables of endpoints, all of spec/ but examples.

    What others rely on is in spec/public-names.txt and spec/requests.txt. What is new there comes
    by itself; what goes or changes has to be named in CHANGELOG.md first.
    """
    install(session)
    session.run("python", "-m", "tools.generate")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The test suite on every Python that is here, on all cores; ``-- -n 0`` on one."""
    install(session, "tests", extras="cli,fast,fsspec,parquet,ray,telemetry,testing")
    session.run("pytest", "-n", "logical", "--dist", "worksteal", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """
    The documentation site, into docs/_build/html; a warning is an error.

    The reference is written from the registry, the models and the docstrings at each build.
    """
    install(session, "docs")
    session.run("sphinx-build", "-q", "-W", "--keep-going", "docs", "docs/_build/html")


@nox.session
def cluster(session: nox.Session) -> None:
    """
    The tests of a Ray cluster as a whole: 20,000 calls, 500 files, homes killed all the while.

    ``nox -s tests`` runs a smaller part of it where there is a Ray for the Python.
    """
    install(session, "tests", extras="cli,fast,fsspec,parquet,ray,testing")
    environment = {"PIXIVKIT_CLUSTER_FULL": "1"}
    session.run("pytest", "tests/cluster", *session.posargs, env=environment)


@nox.session
def bench(session: nox.Session) -> None:
    """
    How fast and how big, side by side with the alternatives; nothing is asserted.

    Writes spec/benchmarks.md. Needs nginx and curl. ``-- --quick`` only sees that all of it works,
    ``-- structuring importing`` measures these alone; both print what they find.
    """
    install(session, "bench")
    venvs = f"{session.create_tmp()}/clients"
    session.run("python", "-m", "tests.benchmarks", "--venvs", venvs, *session.posargs)
