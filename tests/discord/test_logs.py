from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.logs import configure, describe_exception, new_incident, origin
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "the minister sold the harbour"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def _settings(**values: object) -> Settings:
    return Settings.model_validate(values)


def _log(settings: Settings) -> tuple[logging.Logger, io.StringIO]:
    stream = io.StringIO()
    configure(settings, stream)
    return logging.getLogger("bot.test"), stream


def test_text_lines_end_with_their_fields() -> None:
    log, stream = _log(_settings())
    log.info("Answered", extra={"interaction": 12, "guild": None, "ms": 5})
    assert stream.getvalue().rstrip().endswith("INFO    bot.test: Answered interaction=12 ms=5")


def test_json_lines_are_objects() -> None:
    log, stream = _log(_settings(log_format="json"))
    log.info("Answered", extra={"interaction": 12})
    line = json.loads(stream.getvalue())
    assert line["message"] == "Answered"
    assert line["interaction"] == 12
    assert line["level"] == "INFO"
    assert line["logger"] == "bot.test"


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_exceptions_are_logged_without_what_they_say(log_format: str) -> None:
    log, stream = _log(_settings(log_format=log_format))
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"cannot use {SECRET}") from error
    except ValueError:
        log.exception("Failed")
    text = stream.getvalue()
    assert SECRET not in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "test_exceptions_are_logged" in text


def test_numbers_of_an_exception_are_kept() -> None:
    error = OSError(28, SECRET)
    assert describe_exception((type(error), error, None)) == "builtins.OSError errno=28"


def test_an_error_that_causes_itself_ends() -> None:
    error = ValueError()
    error.__cause__ = error
    assert describe_exception((type(error), error, None)) == "builtins.ValueError"


def test_the_origin_of_an_error_names_no_words() -> None:
    with pytest.raises(UserError) as raised:
        raise UserError("There is nothing called {words}.", words=SECRET)
    assert SECRET not in origin(raised.value)
    assert origin(raised.value).startswith("UserError in test_the_origin_of_an_error")


def test_the_library_is_never_so_chatty_as_to_log_messages() -> None:
    _, stream = _log(_settings(log_level="debug"))
    logging.getLogger("discord.gateway").debug("For Shard ID 0: event %s", SECRET)
    logging.getLogger("aiosqlite").debug("executing %s", SECRET)
    assert stream.getvalue() == ""


def test_the_level_holds() -> None:
    log, stream = _log(_settings(log_level="WARNING"))
    log.info("Answered")
    log.warning("Slow")
    assert "Answered" not in stream.getvalue()
    assert "Slow" in stream.getvalue()


def test_incidents_differ() -> None:
    assert len({new_incident() for _ in range(100)}) == 100
