"""Translations; `bot.i18n` reads them, `python -m bot.locales.update` keeps them complete."""
