"""``pixivkit completion``: what shells need to complete the command."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

__all__ = ["completion"]


@click.command(short_help="Completion for bash, zsh and fish.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """
    Print the script with which SHELL completes commands, endpoints and their arguments.

    \b
    bash:  pixivkit completion bash >> ~/.bashrc
    zsh:   pixivkit completion zsh >> ~/.zshrc
    fish:  pixivkit completion fish > ~/.config/fish/completions/pixivkit.fish
    """
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"{shell} is not supported")
    # The command that it completes, which need not be the one that runs here.
    group = click.Group("pixivkit")
    click.echo(found(group, {}, "pixivkit", "_PIXIVKIT_COMPLETE").source())
