"""What an operator can set, read from the environment and from `.env`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import StartupError

PREFIX = "ATTEST_"


class Settings(BaseSettings):
    """Every name is the field's in capitals after ATTEST_, save for DISCORD_TOKEN."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
    )

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    database: Path = Path("attest.sqlite3")
    model: str | None = None
    """A folder or a model's name; None takes the shipped one."""

    language: str = "en"
    """Of the terminal."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    health_port: int = Field(default=0, ge=0, le=65_535)
    """Loopback port of /healthz and /metrics; 0 opens none."""

    queue_capacity: int = Field(default=64, ge=1, le=10_000)
    batch_size: int = Field(default=8, ge=1, le=64)
    user_checks: int = Field(default=20, ge=0, le=10_000)
    """Checks a person may make at once, won back over `user_seconds`; 0 lifts the limit."""
    user_seconds: float = Field(default=60, gt=0, le=86_400)
    server_checks: int = Field(default=240, ge=0, le=100_000)
    server_seconds: float = Field(default=60, gt=0, le=86_400)

    discord_api: str | None = None
    """For testing: another REST base address, such as http://127.0.0.1:8080/api/v10."""
    discord_gateway: str | None = None
    """For testing: another gateway, such as ws://127.0.0.1:8080/gw."""

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("log_format", mode="before")
    @classmethod
    def _small(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("discord_token", mode="before")
    @classmethod
    def _trimmed(cls, value: object) -> object:
        """A token copied with its white space, or left empty, is a common slip."""
        return (value.strip() or None) if isinstance(value, str) else value

    @field_validator("discord_api")
    @classmethod
    def _http(cls, value: str | None) -> str | None:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("it must start with http:// or https://")
        return value.rstrip("/") if value else None

    @field_validator("discord_gateway")
    @classmethod
    def _websocket(cls, value: str | None) -> str | None:
        if value and not value.startswith(("ws://", "wss://")):
            raise ValueError("it must start with ws:// or wss://")
        return value

    @classmethod
    def read(cls) -> Self:
        """Read the environment and `.env`.

        Raises:
            StartupError: a value does not fit; the message names the setting, never the value.
        """
        try:
            return cls()
        except ValidationError as error:
            raise StartupError("\n".join(_complaints(error))) from None
        except UnicodeDecodeError:
            raise StartupError(
                "The file .env is not text in UTF-8. Save it again as such."
            ) from None
        except OSError as error:
            raise StartupError(f"The file .env cannot be read: {error.strerror}.") from None


def _complaints(error: ValidationError) -> list[str]:
    lines: list[str] = []
    for detail in error.errors(include_url=False, include_input=False):
        field = ".".join(str(part) for part in detail["loc"])
        name = field if field.isupper() else PREFIX + field.upper()
        reason = detail["msg"].removeprefix("Value error, ")
        lines.append(f"{name} is not usable: {reason}. See .env.example.")
    return lines
