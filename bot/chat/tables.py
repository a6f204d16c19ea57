"""Reads the tables of phrases: `tables/<language>.txt`.

# comment
NAME = part of a phrase, written NAME in the lines below
[section]
a phrase
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.chat.phrases import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = ("en", "de")

_SECTION = re.compile(r"\[([a-z_ ]+)\]")
_SETTING = re.compile(r"([A-Z_]+) = (.+)")
_NAME = re.compile(r"\b[A-Z_]+\b")


@dataclass(frozen=True, slots=True)
class Table:
    """The phrases of one language by section."""

    sections: dict[str, str]
    """All lines of a section as alternatives of one phrase, names filled in."""

    def phrase(self, section: str) -> Phrase | None:
        source = self.sections.get(section)
        return Phrase(source) if source else None

    def words(self, section: str) -> frozenset[str]:
        return Phrase(self.sections[section]).words


def load_table(language: str) -> Table:
    text = (files("bot.chat") / "tables" / f"{language}.txt").read_text(encoding="utf-8")
    return read_table(text.splitlines())


def read_table(lines: Iterable[str]) -> Table:
    """Take a table apart.

    Raises:
        ValueError: a line stands before the first section, or has a name nothing is set for.
    """
    names: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    section = ""
    for line in map(str.strip, lines):
        if not line or line.startswith("#"):
            continue
        if header := _SECTION.fullmatch(line):
            section = header[1]
            sections[section] = []
        elif setting := _SETTING.fullmatch(line):
            names[setting[1]] = _filled(setting[2], names)
        elif section:
            sections[section].append(_filled(line, names))
        else:
            raise ValueError(f"a phrase outside of a section: {line!r}")
    return Table({name: " | ".join(phrases) for name, phrases in sections.items()})


def _filled(line: str, names: dict[str, str]) -> str:
    def fill(name: re.Match[str]) -> str:
        if name[0] not in names:
            raise ValueError(f"{name[0]} is not set: {line!r}")
        return names[name[0]]

    return _NAME.sub(fill, line)
