"""Logs as text or JSON: ids of interactions and servers, never what people wrote."""

from __future__ import annotations

import logging
import secrets
import sys
import traceback
from typing import TYPE_CHECKING, Any, TextIO

from pythonjsonlogger.json import JsonFormatter

if TYPE_CHECKING:
    from types import TracebackType
    from typing import TypeAlias

    from bot.settings import Settings

    ExceptionInfo: TypeAlias = (
        tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    )

FIELDS = ("incident", "interaction", "message_id", "guild", "command", "outcome", "ms", "shard")
"""Passed as `extra=` to a log call."""

QUIET = ("discord", "aiohttp", "aiosqlite", "trafilatura", "pypdf", "httpx", "transformers")
"""Libraries whose debug output holds messages, addresses or statements with their values."""


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Send every log line to `stream`, standard error if None."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Json() if settings.log_format == "json" else _Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.INFO, root.level))
    # aiohttp's access log is of the health page alone; the others warn about single documents.
    for name in ("aiohttp.access", "trafilatura", "pypdf", "py.warnings"):
        logging.getLogger(name).setLevel(logging.ERROR)


def new_incident() -> str:
    """A short id that ties what a user sees to what the log says."""
    return secrets.token_hex(4)


def origin(error: BaseException) -> str:
    """Where an error was raised, for errors whose message may hold what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} in {where}"


def describe_exception(info: ExceptionInfo) -> str:
    """Type and frames of an exception and its causes, without their messages.

    A message may quote what somebody wrote, and so may the text of a validation error.
    """
    lines: list[str] = []
    error: BaseException | None = info[1]
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines.append(_name(error))
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is not None and id(cause) not in seen:
            lines.append("after")
        error = cause
    return "\n".join(lines)


def _name(error: BaseException) -> str:
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}"
    numbers = [
        f"{attribute}={value}"
        for attribute in ("status", "code", "errno", "sqlite_errorname")
        if isinstance(value := getattr(error, attribute, None), int | str)
    ]
    return " ".join([name, *numbers])


class _Text(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        first, _, rest = super().format(record).partition("\n")
        fields = [f"{name}={value}" for name, value in _fields(record).items()]
        return "\n".join(filter(None, (" ".join([first, *fields]), rest)))

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802
        return describe_exception(ei)


class _Json(JsonFormatter):
    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(message)s",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
        )

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802
        return describe_exception(ei)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return {
        name: value for name in FIELDS if (value := record.__dict__.get(name)) not in (None, "")
    }
