from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import StartupError
from bot.settings import PREFIX, Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without `.env`, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(PREFIX + field.upper(), raising=False)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)


def test_nothing_needs_to_be_set() -> None:
    settings = Settings.read()
    assert settings.discord_token is None
    assert settings.database == Path("attest.sqlite3")
    assert settings.health_port == 0


def test_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("ATTEST_DATABASE=file.db\nATTEST_MODEL=models/one\n")
    monkeypatch.setenv("ATTEST_DATABASE", "environment.db")
    settings = Settings.read()
    assert settings.database == Path("environment.db")
    assert settings.model == "models/one"


@pytest.mark.parametrize("token", ["", "   "])
def test_an_empty_token_is_none(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", token)
    assert Settings.read().discord_token is None


def test_white_space_around_a_token_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", " secret\n")
    token = Settings.read().discord_token
    assert token is not None
    assert token.get_secret_value() == "secret"


def test_the_token_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "hush-hush")
    settings = Settings.read()
    assert "hush-hush" not in f"{settings!r} {settings} {settings.model_dump()}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ATTEST_HEALTH_PORT", "99999"),
        ("ATTEST_LOG_FORMAT", "xml"),
        ("ATTEST_QUEUE_CAPACITY", "0"),
        ("ATTEST_DISCORD_API", "ftp://example.org"),
        ("ATTEST_DISCORD_GATEWAY", "http://example.org"),
    ],
)
def test_a_value_that_does_not_fit_is_named_but_not_shown(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(StartupError) as raised:
        Settings.read()
    assert name in str(raised.value)
    assert value not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StartupError, match=r"\.env is not text"):
        Settings.read()


def test_the_example_names_every_setting_and_its_default() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    shown = dict(re.findall(r"(?m)^#?((?:ATTEST|DISCORD)_[A-Z_]+)=(.*)$", text))
    names = {
        "DISCORD_TOKEN" if field == "discord_token" else PREFIX + field.upper()
        for field in Settings.model_fields
    }
    assert shown.keys() == names
    for field, info in Settings.model_fields.items():
        if info.default is not None:
            assert shown[PREFIX + field.upper()] == str(info.default)


def test_an_address_may_end_in_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_DISCORD_API", "http://127.0.0.1:1/api/v10/")
    assert Settings.read().discord_api == "http://127.0.0.1:1/api/v10"
