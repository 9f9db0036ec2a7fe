"""The command itself; each of its commands has a module of its own."""

from __future__ import annotations

import importlib
from typing import Any

import click

from .._core.basics.suggest import did_you_mean
from .._version import __version__
from ..errors import PixivError
from .failures import EXIT_CODES, describe, exit_code
from .waiting import INTERRUPTED

_NAMES = (
    "get", "search", "download", "export", "watch", "login", "whoami", "endpoints", "call",
    "serve", "conform", "demo", "doctor", "completion",
)  # fmt: skip
"""The commands, in the order of the help; each is in the module of its name."""

_ON_CLUSTER = ("download", "export", "call")

_SETTINGS = {"max_content_width": 99, "help_option_names": ["-h", "--help"]}


class _Commands(click.Group):
    """Turns errors of pixivkit into one line and an exit code; says what a mistyped name meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            hint = did_you_mean(name, self.list_commands(ctx))
            raise click.UsageError(f"no command is called {name!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _NAMES:
            return None
        # Loaded when it is used: completion runs the command at each press of the key.
        module = importlib.import_module(f".{cmd_name}", __package__)
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        codes = {0: "done", **EXIT_CODES}
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code), words) for code, words in codes.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PixivError as exc:
            click.echo(describe(exc), err=True)
            ctx.exit(exit_code(exc))
        except (KeyboardInterrupt, click.Abort):
            click.echo("pixivkit: interrupted", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=_Commands, context_settings=_SETTINGS)
@click.version_option(__version__, prog_name="pixivkit")
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help=f"Let a Ray cluster send the requests of {', '.join(_ON_CLUSTER)}.",
)
@click.pass_context
def commands(ctx: click.Context, cluster: str | None) -> None:
    """
    Pixiv's App API and web API.

    Output is for people on a terminal, and tab separated lines without colours elsewhere. NO_COLOR
    is respected. Logins are taken from the environment: PIXIV_REFRESH_TOKEN or PIXIV_ACCESS_TOKEN
    for the App API, PIXIV_PHPSESSID for the web API; without the first two, the App API uses what
    `pixivkit login` has stored.
    """
    if cluster is not None and ctx.invoked_subcommand not in _ON_CLUSTER:
        raise click.UsageError(f"--cluster is for {', '.join(_ON_CLUSTER)}")
