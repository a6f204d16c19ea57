"""The bot's standing pages: help, privacy, settings and small talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Texts, mark
from bot.replies.reply import Block, BlockKind, Reply

if TYPE_CHECKING:
    from bot.answers import Status
    from bot.library.models import Forgotten, Preferences

EXAMPLES = (
    mark("so the council raised the ferry fares, right?"),
    mark("Is it true that Mayor Corwin cast the deciding vote?"),
)
"""Claims that an article of `seeds/` settles."""

CONTRIBUTORS = {
    "managers": mark("members who may manage the server"),
    "everyone": mark("everyone"),
    "nobody": mark("nobody"),
}

LANGUAGE_NAMES = {
    "": mark("each reader's own"),
    "en": mark("English"),
    "de": mark("German"),
}


def help_reply(texts: Texts, *, typed: bool = False) -> Reply:
    """What can be asked and how; `typed`: in a terminal, where nobody mentions or clicks."""
    how = (
        texts(
            "Type a claim and press Enter. Several claims in one message are answered one by one."
        )
        if typed
        else texts(
            "Mention me, write to me directly, type /check, or right-click a message and "
            "choose Apps, then “{entry}”. Several claims in one message are answered one by one.",
            entry=texts("Check this message"),
        )
    )
    return Reply(
        (
            _heading(texts("Claims, checked against news articles")),
            _text(
                texts(
                    "Tell me a claim. I look for the sentence of an article that settles it and "
                    "answer SUPPORTED, CONTRADICTED or NOT MENTIONED."
                )
            ),
            _text(how, texts("Check")),
            _text(
                texts(
                    "“why?”, “show me”, “what about the other article?”, "
                    "“what does it say about …?”"
                ),
                texts("Ask on"),
            ),
            _text(
                texts("/source add, list, show, search, use and remove; or ask “which articles?”"),
                texts("Articles"),
            ),
            _text(
                texts("/settings, /privacy, /forget-me, /about, /status"),
                texts("More"),
            ),
            _note(texts("I answer only when asked. Not mentioned does not mean false.")),
        )
    )


def greeting_reply(texts: Texts) -> Reply:
    return Reply(
        (
            _text(texts("Hello! Tell me a claim and I will look for it in the articles.")),
            _note(texts("For example: {claim}", claim=texts(EXAMPLES[1]))),
        )
    )


def thanks_reply(texts: Texts) -> Reply:
    return Reply((_text(texts("You are welcome. Ask whenever something sounds off.")),))


def feedback_reply(right: bool, texts: Texts) -> Reply:
    """Thanks for saying whether a verdict was right."""
    if right:
        return Reply((_text(texts("Thank you. Good to know that this one was right.")),))
    return Reply(
        (
            _text(texts("Thank you. It is noted, and those who run this bot can learn from it.")),
            _note(texts("The verdict itself stays as it is; please read the sentences yourself.")),
        )
    )


def about_reply(texts: Texts, model: str) -> Reply:
    """What the bot is and what it cannot do."""
    return Reply(
        (
            _heading(texts("About Attest")),
            _text(
                texts(
                    "Attest compares claims with the sentences of stored articles. It does not "
                    "know the world: it tells you what an article says, not what is true."
                )
            ),
            _text(
                texts(
                    "It runs on the operator's own computer; no claim is sent to anybody else. "
                    "It makes mistakes, so read the quoted sentence before you rely on a verdict."
                )
            ),
            _text(model, texts("Model")),
        )
    )


def privacy_reply(texts: Texts, retention_days: int) -> Reply:
    """What is stored, how long, and how to have it deleted."""
    kept = (
        texts.plural(
            "Your checks are kept for {count} day, so that the buttons and follow-up questions "
            "work: the claim, the verdict, your Discord id and the channel's.",
            "Your checks are kept for {count} days, so that the buttons and follow-up questions "
            "work: the claim, the verdict, your Discord id and the channel's.",
            retention_days,
        )
        if retention_days
        else texts(
            "Your checks are kept for a day, so that the buttons and follow-up questions work: "
            "the claim, the verdict, your Discord id and the channel's."
        )
    )
    return Reply(
        (
            _heading(texts("Privacy")),
            _text(kept, texts("Checks")),
            _text(
                texts(
                    "What you say about a verdict is deleted with its check. Articles you add stay "
                    "until they are removed."
                ),
                texts("Feedback and articles"),
            ),
            _text(
                texts(
                    "Everything stays in the operator's database. Logs hold neither claims nor "
                    "names. The bot reads only messages that are meant for it."
                ),
                texts("Who sees it"),
            ),
            _text(
                texts(
                    "/forget-me deletes what is stored about you, at once. When the bot leaves a "
                    "server, everything of that server is deleted."
                ),
                texts("Delete"),
            ),
        )
    )


def forgotten_reply(forgotten: Forgotten, texts: Texts) -> Reply:
    """What /forget-me has deleted."""
    if not (forgotten.checks or forgotten.feedback or forgotten.articles):
        return Reply(
            (
                _heading(texts("Nothing to delete")),
                _text(texts("Nothing was stored about you.")),
            )
        )
    counts = (
        texts.plural("{count} check", "{count} checks", forgotten.checks),
        texts.plural("{count} piece of feedback", "{count} pieces of feedback", forgotten.feedback),
        texts.plural(
            "{count} article of your own", "{count} articles of your own", forgotten.articles
        ),
    )
    return Reply(
        (
            _heading(texts("Deleted")),
            _text(", ".join(counts)),
            _note(texts("Articles you added to a server stay there, without your name.")),
        )
    )


def status_reply(status: Status, texts: Texts) -> Reply:
    """How the bot is doing."""
    latency = (
        texts("{milliseconds} ms", milliseconds=texts.number(round(status.latency * 1000)))
        if status.latency > 0
        else texts("not measured yet")
    )
    return Reply(
        (
            _heading(texts("Status")),
            _text(status.model, texts("Model")),
            _text(
                ", ".join(
                    (
                        texts.plural("{count} article", "{count} articles", status.articles),
                        texts.plural("{count} sentence", "{count} sentences", status.sentences),
                    )
                ),
                texts("Library"),
            ),
            _text(latency, texts("Time for a check")),
            _text(texts.number(status.depth), texts("Waiting checks")),
        )
    )


def settings_reply(preferences: Preferences, texts: Texts) -> Reply:
    """What is set here."""
    language = LANGUAGE_NAMES.get(preferences.language)
    contributors = CONTRIBUTORS.get(preferences.contributors)
    days = preferences.retention_days
    return Reply(
        (
            _heading(texts("Settings")),
            _text(texts(language) if language else preferences.language, texts("Language")),
            _text(
                texts("only the person who asks")
                if preferences.private
                else texts("everyone in the channel"),
                texts("Who sees answers to commands"),
            ),
            _text(
                texts(contributors) if contributors else preferences.contributors,
                texts("Who may add and remove articles"),
            ),
            _text(
                texts.plural("{count} day", "{count} days", days)
                if days
                else texts("one day, for the buttons"),
                texts("How long checks are kept"),
            ),
        )
    )


def _heading(text: str) -> Block:
    return Block(BlockKind.HEADING, text)


def _text(text: str, label: str = "") -> Block:
    return Block(BlockKind.TEXT, text, label)


def _note(text: str) -> Block:
    return Block(BlockKind.NOTE, text)
