"""The bot's sentences in the reader's language.

A message id is the English sentence itself, with {named} placeholders. Catalogues are
read from `locales/<language>/LC_MESSAGES/attest.po` when the bot starts.
"""

from __future__ import annotations

import gettext
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALES = Path(__file__).parent / "locales"
DOMAIN = "attest"
SOURCE_LANGUAGE = "en"


def mark(message: str) -> str:
    """Name a sentence for the catalogues where it is written down but not yet translated."""
    return message


class Texts:
    """Sentences, dates and numbers in one language."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._locale = Locale.parse(language, sep="-")
        self._translations = translations

    def __call__(self, message: str, **values: object) -> str:
        """Translate an English sentence, then fill its placeholders."""
        translated = self._translations.gettext(message) if message else ""
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """Translate by number; `{count}` is filled with the number as people write it."""
        translated = self._translations.ngettext(one, many, count)
        return translated.format(count=self.number(count), **values)

    def find(self, message: str) -> str | None:
        """The translation, or None if the catalogue does not have it."""
        translated = self._translations.gettext(message)
        return None if translated == message else translated

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self._locale)

    def percent(self, share: float) -> str:
        """0.957 -> "96%"; never 100% or 0%, which no model can promise."""
        return format_percent(min(max(share, 0.01), 0.99), locale=self._locale)

    def date(self, value: date | datetime | str) -> str:
        """A date as people write it; text that holds no ISO date comes back as it is."""
        if isinstance(value, str):
            parsed = _iso_date(value)
            if parsed is None:
                return value.strip()
            value = parsed
        return format_date(value, format="long", locale=self._locale)


class Catalogues:
    """All languages the bot speaks."""

    def __init__(self, texts: Mapping[str, Texts]) -> None:
        self._texts = dict(texts)

    @classmethod
    def load(cls, folder: Path = LOCALES) -> Catalogues:
        """Read every catalogue under `folder`."""
        texts: dict[str, Texts] = {}
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
            language = path.parent.parent.name
            texts[language] = Texts(language, _read(path))
        texts.setdefault(SOURCE_LANGUAGE, Texts(SOURCE_LANGUAGE, gettext.NullTranslations()))
        return cls(texts)

    @property
    def languages(self) -> tuple[str, ...]:
        """Language codes, English first."""
        others = sorted(code for code in self._texts if code != SOURCE_LANGUAGE)
        return (SOURCE_LANGUAGE, *others)

    def knows(self, language: str) -> bool:
        return _base(language) in self._texts

    def texts(self, *preferred: str) -> Texts:
        """Texts in the first preferred language that is known, else in English.

        Takes tags such as "de", "de-AT" or "en_US"; empty ones are passed over.
        """
        for language in preferred:
            if texts := self._texts.get(_base(language)):
                return texts
        return self._texts[SOURCE_LANGUAGE]


def _base(language: str) -> str:
    return language.replace("_", "-").split("-")[0].strip().lower()


def _iso_date(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        return None


def _read(path: Path) -> gettext.GNUTranslations:
    """Compile a catalogue in memory, so that no binary files need to be kept in step."""
    with path.open("rb") as file:
        catalogue = read_po(file, domain=DOMAIN)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
