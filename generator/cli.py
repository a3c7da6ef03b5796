"""The `handbook` command. Each command lives beside the library call it makes and is loaded only when asked for."""

import importlib
import os
import sys
from collections.abc import Callable, Sequence

import click

from generator.start import use_utf8

# Command -> module and attribute. The order is that of `handbook --help`.
COMMANDS = {
    "build": "generator.commands.build:build",
    "check": "generator.commands.check:check",
    "serve": "generator.commands.serve:serve",
    "headers": "generator.commands.headers:headers",
    "search": "generator.commands.search:main",
    "journey": "generator.commands.journey:journey",
    "status": "generator.commands.status:status",
    "new": "generator.commands.editing:new",
    "fmt": "generator.commands.editing:fmt",
    "schema": "generator.commands.editing:schema",
    "review": "generator.commands.editing:review",
    "diff": "generator.commands.editing:diff",
    "documents": "generator.commands.documents:documents",
    "bundle": "generator.commands.offline:bundle",
    "update": "generator.commands.offline:update",
    "book": "generator.commands.offline:book",
    "zim": "generator.commands.offline:zim",
}


class OwnArguments(click.Command):
    """A command that reads its arguments itself and gives an exit code; see `generator.start`."""

    def __init__(self, name: str, run: Callable[[Sequence[str]], int]) -> None:
        super().__init__(name, help=run.__doc__, callback=lambda: sys.exit(run(self._arguments)))
        self._arguments: Sequence[str] = ()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Leave them as they were typed."""
        self._arguments = args
        return []


class LazyGroup(click.Group):
    """A group whose commands are imported on use, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, attribute = target.split(":")
        command = getattr(importlib.import_module(module), attribute)
        return command if isinstance(command, click.Command) else OwnArguments(cmd_name, command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1) if args else []
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean '{near[0]}'?", ctx) from None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Sổ tay thương mại biên giới Việt Nam - Lào / ປຶ້ມຄູ່ມືການຄ້າຊາຍແດນ ລາວ-ຫວຽດນາມ."""
    use_utf8()
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


if __name__ == "__main__":
    main()
