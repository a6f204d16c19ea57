"""`python -m bot`: run, chat, sync, import, check-config, bench."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import StartupError
from bot.logs import configure
from bot.settings import Settings
from nli import AttestError

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIGURATION = 2
FAILURE = 1
INTERRUPTED = 130

log = logging.getLogger(__name__)

cli = typer.Typer(
    name="attest",
    help="Checks claims against news articles, on Discord or in this terminal.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    cli()


@cli.command()
def run() -> None:
    """Answer on Discord until stopped."""
    with _failures_told():
        from bot.serve import serve
        from bot.stopping import until_stopped

        settings = Settings.read()
        configure(settings)
        asyncio.run(until_stopped(serve(settings), signal.SIGTERM, signal.SIGINT))


@cli.command()
def chat() -> None:
    """Talk to the bot in this terminal; also takes lines from a pipe."""
    from rich.console import Console

    with _failures_told():
        from bot.stopping import until_stopped
        from bot.talk import talk

        settings = Settings.read()
        configure(_quieter(settings))
        console = Console()
        interactive = sys.stdin.isatty() and console.is_terminal
        status = asyncio.run(
            until_stopped(talk(settings, console, interactive=interactive), signal.SIGTERM)
        )
        raise typer.Exit(status or 0)


@cli.command()
def sync() -> None:
    """Send the commands to Discord now. `run` does it when they have changed."""
    with _failures_told():
        from bot.serve import sync_commands

        settings = Settings.read()
        configure(settings)
        typer.echo(f"{asyncio.run(sync_commands(settings))} commands sent to Discord.")


@cli.command("import")
def import_(
    paths: Annotated[
        list[Path], typer.Argument(metavar="FILE|DIR...", help=".txt, .md, .html or .pdf")
    ],
) -> None:
    """Add articles to the built-in library, which everyone sees."""
    with _failures_told():
        from bot.importing import import_paths

        settings = Settings.read()
        configure(_quieter(settings))
        raise typer.Exit(asyncio.run(import_paths(settings, paths)))


@cli.command("check-config")
def check_config() -> None:
    """Show what is set, and try whether the model loads and the database opens."""
    with _failures_told():
        from bot.check_config import examine

        settings = Settings.read()
        configure(_quieter(settings))
        sound = asyncio.run(examine(settings))
        raise typer.Exit(0 if sound else CONFIGURATION)


@cli.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def bench(context: typer.Context) -> None:
    """Measure the whole bot against a Discord of its own on this computer."""
    with _failures_told():
        from bot.bench import main as measure

        raise typer.Exit(measure(context.args))


@contextmanager
def _failures_told() -> Iterator[None]:
    """One line on standard error and an exit status, never a traceback."""
    try:
        yield
    except typer.Exit:
        raise
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except AttestError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_status(error)) from None
    except Exception as error:
        log.debug("Unexpected", exc_info=True)
        typer.echo(
            f"Something went wrong that nobody foresaw ({type(error).__name__}). "
            "Set ATTEST_LOG_LEVEL=DEBUG to see where.",
            err=True,
        )
        raise typer.Exit(FAILURE) from None


def _status(error: AttestError) -> int:
    return CONFIGURATION if type(error) is StartupError else FAILURE


def _quieter(settings: Settings) -> Settings:
    """Where the terminal is for the reader, only what is amiss is logged."""
    if settings.log_level != "INFO":
        return settings
    return settings.model_copy(update={"log_level": "WARNING"})
