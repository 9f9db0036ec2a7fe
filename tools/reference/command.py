"""The page of the command: the help of each of its commands, and the exit statuses."""

from __future__ import annotations

import click

from pixivkit.cli.command import commands
from pixivkit.cli.failures import EXIT_CODES
from pixivkit.cli.what import SHORT_NAMES

from .markdown import code, table

__all__ = ["command_page"]

_HEAD = f"""# The command

The extra `cli` installs it: `pip install 'pixivkit-async[cli]'`. Output is for people on a
terminal, and tab-separated lines elsewhere; `--json` gives JSON, of a list an item a line.

Where works, users, tags and lists are meant, ids and the URLs of pixiv's pages will do, and short
names: {SHORT_NAMES}.

Logins are taken from `PIXIV_REFRESH_TOKEN` or `PIXIV_ACCESS_TOKEN`, and `PIXIV_PHPSESSID`; without
the first two from `pixivkit login`.

## Completion

```sh
pixivkit completion bash >> ~/.bashrc
pixivkit completion zsh >> ~/.zshrc
pixivkit completion fish > ~/.config/fish/completions/pixivkit.fish
```

It knows commands, options, endpoints, their arguments and the words that those take.

## Exit statuses
"""


def command_page() -> str:
    """Return the page."""
    rows = [("0", "done"), *((str(code_), words) for code_, words in EXIT_CODES.items())]
    parts = [f"{_HEAD}\n{table(('status', 'meaning'), rows)}"]
    group = click.Context(commands, info_name="pixivkit")
    for name in commands.list_commands(group):
        command = commands.get_command(group, name)
        assert command is not None
        context = click.Context(
            command, info_name=name, parent=group, terminal_width=88, max_content_width=88
        )
        parts.append(f"## {code(name)}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts) + "\n"
