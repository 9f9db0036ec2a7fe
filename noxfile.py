"""nox: everything that is checked, by name. Without a name: all that must pass."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nox

PYPROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PYPROJECT)
EXTRAS: list[str] = sorted(PYPROJECT["project"]["optional-dependencies"])

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
QUICK = (
    *("core", "models", "own_endpoints", "sinks"),
    *("test_examples.py", "test_journal.py", "test_recorded.py", "test_wire.py"),
)
"""What of the tests says most about a Python in a minute: declarations, models, each endpoint."""

FULL = HERE if HERE in PYTHONS else PYTHONS[0]
"""The Python that runs all tests when nothing is said: the one that nox has."""

# What pyenv has installed but not chosen is on no path.
PYENV = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
os.environ["PATH"] = os.pathsep.join(
    [
        os.environ.get("PATH", os.defpath),
        *(str(one) for version in PYTHONS for one in PYENV.glob(f"versions/{version}.*/bin")),
    ]
)

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_external_run = True
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = [
    *("lint", "typing", "generated", "docs", "package", f"tests-{FULL}", "cluster"),
    *(f"quick-{version}" for version in PYTHONS if version != FULL),
]


def install(
    session: nox.Session, *groups: str, extras: str = "cli,fast,images,parquet,telemetry,testing"
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
    session.install(".[cli,fast,images,parquet,telemetry]")
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


def run_tests(session: nox.Session, *arguments: str) -> None:
    """Run pytest on all cores; ``-- -n 0`` on one."""
    session.run("pytest", "-n", "logical", "--dist", "worksteal", *arguments, *session.posargs)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The test suite, on every Python that is here: ``nox`` alone runs it on its own one."""
    install(session, "tests")
    run_tests(session)


@nox.session(python=PYTHONS)
def quick(session: nox.Session) -> None:
    """The part of the tests that differs most between Pythons, in a minute."""
    install(session, "tests")
    run_tests(session, *(f"tests/{name}" for name in QUICK))


@nox.session
def lowest(session: nox.Session) -> None:
    """The test suite with the lowest versions that pyproject.toml allows."""
    session.install("uv")
    # Not the user's settings, nor an environment that is active.
    install = ("uv", "pip", "install", "--python", session.virtualenv.location)
    extras = ",".join(set(EXTRAS) - {"all", "keyring"})
    session.run(
        *(*install, "--resolution", "lowest-direct"),
        *("--editable", f".[{extras}]", "--group", "tests"),
    )
    run_tests(session)


@nox.session(reuse_venv=False)
@nox.parametrize("extra", EXTRAS)
def extras(session: nox.Session, extra: str) -> None:
    """Each extra alone, used once by its script in tests/release/extras."""
    session.install(f".[{extra}]")
    script = Path("tests/release/extras", f"{extra}.py").absolute()
    # Elsewhere, and without the folder of the script: what is imported is what was installed.
    session.chdir(session.create_tmp())
    session.run("python", "-P", "-W", "error", str(script))


@nox.session
def package(session: nox.Session) -> None:
    """The wheel and the source distribution: what is in them, and what an index says."""
    session.install("build", "twine", "check-wheel-contents")
    shutil.rmtree(session.create_tmp())
    dist, again = Path(session.create_tmp(), "dist"), Path(session.create_tmp(), "again")
    session.run("python", "-m", "build", "--outdir", str(dist))
    session.run("python", "-m", "build", "--wheel", "--outdir", str(again))
    files = [str(path) for path in sorted(dist.iterdir())]
    session.run("twine", "check", "--strict", *files)
    session.run("check-wheel-contents", str(next(dist.glob("*.whl"))))
    session.run("python", "-m", "tests.release.contents", str(dist), str(again))


@nox.session
def generators(session: nox.Session) -> None:
    """
    Clients made of spec/openapi.json by openapi-python-client and openapi-typescript.

    They are checked by mypy and tsc, and fetch, search and write at a fake. Needs npm.
    """
    install(session, extras="cli")
    session.install("openapi-python-client", "mypy", "ruff")
    used = Path("tests/release/generators")
    made = Path(session.create_tmp()).absolute()
    spec = str(Path("spec/openapi.json").absolute())
    python = made / "python"
    session.run(
        *("openapi-python-client", "generate", "--path", spec, "--output-path", str(python)),
        *("--overwrite", "--fail-on-warning"),
    )
    session.run(
        *("mypy", "--config-file", os.devnull, "--cache-dir", str(made / "cache")),
        *(str(python / "pixiv_client"), str(used / "use_python.py")),
        env={"MYPYPATH": str(python)},
    )
    typescript = made / "typescript"
    shutil.copytree(used, typescript, dirs_exist_ok=True)
    for command in (
        ("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"),
        ("npx", "openapi-typescript", spec, "--output", "pixiv.d.ts"),
        ("npx", "tsc"),
    ):
        with session.chdir(typescript):
            session.run(*command, external=True)
    server = subprocess.Popen(
        [str(Path(session.bin, "pixivkit")), "serve"], stdout=subprocess.PIPE, encoding="utf-8"
    )
    try:
        lines = server.stdout or ()
        said = dict(line.rstrip().split("\t") for _, line in zip(range(7), lines, strict=False))
        logins = (said["url"], said["refresh token"], said["session cookie"])
        session.run(
            *("python", str(used / "use_python.py"), *logins), env={"PYTHONPATH": str(python)}
        )
        with session.chdir(typescript):
            session.run("npx", "tsx", "use_typescript.ts", *logins, external=True)
    finally:
        server.terminate()
        server.wait()


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
    """The tests of a Ray cluster, in one process: they start Ray once, which uses all cores."""
    # The other tests' packages would take longer than these tests.
    packages = ("hypothesis", "pytest", "trio")
    session.install("-e", ".[cli,fast,fsspec,images,ray,testing]", *packages)
    session.run("pytest", "tests/cluster", *session.posargs)


@nox.session
def cluster_full(session: nox.Session) -> None:
    """
    The tests of a Ray cluster as a whole, in half an hour.

    20,000 calls and 500 files with homes killed all the while, a node and all nodes killed,
    200,000 calls in bounded memory, rows to Parquet.
    """
    install(session, "tests", extras="cli,fast,fsspec,images,parquet,ray,testing")
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


@nox.session
def rivals(session: nox.Session) -> None:
    """
    Other people's clients, as they come, against ``pixivkit serve``; prints how each method did.

    Each is installed anew in an environment of its own, so a new method of theirs fails here, with
    its name, until ``spec/clients`` has it. ``-- pixivpy3 gallery-dl`` runs these alone.
    """
    install(session, "tests")
    venvs = f"{session.create_tmp()}/clients"
    folders = {"PYTHONPATH": f"{session.invoked_from}/tests"}
    session.run("python", "-m", "rivals", "--venvs", venvs, *session.posargs, env=folders)
