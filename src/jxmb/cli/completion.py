"""``jxmb completion``: what a shell runs so that it completes commands, options and paths."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from .interface.group import Argument, Command, lang_option
from .interface.words import Words

SHELLS: dict[str, type[ShellComplete]] = {
    "bash": BashComplete,
    "zsh": ZshComplete,
    "fish": FishComplete,
}
PROGRAM, VARIABLE = "jxmb", "_JXMB_COMPLETE"


@click.command(
    "completion",
    cls=Command,
    words=Words(
        '输出命令补全脚本。bash：在 ~/.bashrc 中加 eval "$(jxmb completion bash)"；zsh：在 ~/.zshrc 中同样；'
        "fish：jxmb completion fish > ~/.config/fish/completions/jxmb.fish。",
        'Print what makes a shell complete commands, options and paths. bash: eval "$(jxmb completion bash)" in '
        "~/.bashrc; zsh: the same in ~/.zshrc; fish: jxmb completion fish > ~/.config/fish/completions/jxmb.fish.",
    ),
)
@click.argument(
    "shell", type=click.Choice(list(SHELLS)), cls=Argument, what=Words(" Shell", "shell")
)
@lang_option
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script."""
    program = ctx.find_root().command
    click.echo(SHELLS[shell](program, {}, PROGRAM, VARIABLE).source())
