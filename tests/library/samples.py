"""Articles and judgements to put into a library."""

from __future__ import annotations

from bot.library.models import BUILTIN, NewArticle, Place, guild_scope, user_scope
from nli import Article, Evidence, Judgement, Reason, Stance, Verdict

HERE = guild_scope(1)
ELSEWHERE = guild_scope(2)
PLACE = Place(HERE, channel_id=10, user_id=100)
OTHER_PLACE = Place(ELSEWHERE, channel_id=20, user_id=200)
DIRECT = Place(user_scope(100), channel_id=30, user_id=100)
VISIBLE = (BUILTIN, HERE)


def article(*sentences: str, title: str = "", date: str = "", url: str = "") -> NewArticle:
    return NewArticle(Article.from_sentences(sentences, title=title, date=date, url=url))


DAM = article(
    "The valley's new dam will hold nine million litres.",
    "Engineer Mira Tolland said the spillway was tested in March.",
    "Farmers downstream fear for their wells.",
    title="Dam nears completion",
    date="2024-03-05",
    url="https://example.org/dam",
)
FERRY = article(
    "The night ferry to Grünau was cancelled on Friday.",
    "A gearbox had failed, the operator said.",
    "Some 41,500 passengers a year use the line.",
    title="Ferry stays in port",
)
CHEESE = article(
    "A cheese from the mountain village won the national prize.",
    "The dairy employs four people.",
    title="Village cheese wins",
)


def judgement(claim: str = "The dam holds nine million litres.") -> Judgement:
    deciding = Evidence(0, DAM.article.sentences[0].text, Stance.SUPPORTS, 0.97)
    other = Evidence(1, DAM.article.sentences[1].text, Stance.NEUTRAL, 0.2)
    return Judgement(
        claim=claim,
        verdict=Verdict.SUPPORTED,
        confidence=0.91,
        reason=Reason.STATED,
        evidence=(deciding,),
        runners_up=(other,),
        calibrated=False,
    )
