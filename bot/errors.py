"""Errors of the bot whose message is meant for the person who asked."""

from __future__ import annotations

from nli.errors import AttestError


class UserError(AttestError):
    """Something the user can put right. `message` is an English catalogue id (see bot/i18n).

    `values` fill the placeholders of the message after its translation.
    """


class BusyError(UserError):
    """Too much asked at once; `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: float, **values: object) -> None:
        super().__init__(message, seconds=max(1, round(retry_after)), **values)
        self.retry_after = retry_after


class StartupError(AttestError):
    """The bot cannot start; the message says what to change."""
