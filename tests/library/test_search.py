from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.library.models import BUILTIN
from tests.library.samples import CHEESE, DAM, FERRY, HERE, VISIBLE, article

if TYPE_CHECKING:
    from bot.library.store import Store


@pytest.fixture(autouse=True)
async def articles(store: Store) -> None:
    await store.add_many([DAM, FERRY], BUILTIN, 0)
    await store.add(CHEESE, HERE, 7)


@pytest.mark.parametrize(
    ("words", "title", "index"),
    [
        ("spillway", "Dam nears completion", 1),
        ("GRUNAU", "Ferry stays in port", 0),
        ("farmer fearing", "Dam nears completion", 2),
        ("gearb", "Ferry stays in port", 1),
        ("41,500", "Ferry stays in port", 2),
        ('"night ferry"', "Ferry stays in port", 0),
        ("prize nonsense", "Village cheese wins", 0),
    ],
    ids=["word", "accents", "stems", "unfinished", "figure", "in a row", "any if not all"],
)
async def test_search_finds_the_sentence(store: Store, words: str, title: str, index: int) -> None:
    hits = await store.search(VISIBLE, words)
    assert [(hit.source.title, hit.index) for hit in hits] == [(title, index)]
    stored = await store.article(hits[0].source.id)
    assert stored is not None
    assert stored.sentences[index].text == hits[0].sentence


@pytest.mark.parametrize("words", ["", "   ", '""', "?!", "ferry-less zebra", '"ferry night"'])
async def test_search_for_nothing_finds_nothing_else(store: Store, words: str) -> None:
    hits = await store.search(VISIBLE, words)
    assert all("ferry" in hit.sentence for hit in hits)
    assert bool(hits) == words.startswith("ferry")


async def test_search_prefers_all_words_and_keeps_to_the_limit(store: Store) -> None:
    hits = await store.search(VISIBLE, "the said")
    assert len(hits) == 2
    assert all("said" in hit.sentence for hit in hits)
    assert len(await store.search(VISIBLE, "the", limit=1)) == 1
    assert await store.search(VISIBLE, "the", limit=0) == []


async def test_search_within_one_source(store: Store) -> None:
    [dam] = await store.find_sources(VISIBLE, "dam nears")
    hits = await store.search(VISIBLE, "the", source_id=dam.id)
    assert hits
    assert {hit.source for hit in hits} == {dam}


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("", ["Village cheese wins", "Ferry stays in port", "Dam nears completion"]),
        ("f", ["Ferry stays in port"]),
        ("FERRY st", ["Ferry stays in port"]),
        ("port ferry", ["Ferry stays in port"]),
        ("tolland", ["Dam nears completion"]),
        ("zebra", []),
        ("#", []),
    ],
)
async def test_find_sources_for_what_is_typed(store: Store, typed: str, titles: list[str]) -> None:
    assert [source.title for source in await store.find_sources(VISIBLE, typed)] == titles


async def test_find_sources_by_number(store: Store) -> None:
    [_, ferry, _] = await store.sources(VISIBLE)
    assert await store.find_sources(VISIBLE, f"#{ferry.id}") == [ferry]
    numbered, _ = await store.add(article("A day.", title=f"{ferry.id} things"), HERE, 7)
    assert await store.find_sources(VISIBLE, f" {ferry.id} ") == [ferry, numbered]
    assert len(await store.find_sources(VISIBLE, "", limit=2)) == 2


@pytest.mark.parametrize(
    ("claim", "title"),
    [
        ("Mira Tolland tested the dam's spillway", "Dam nears completion"),
        ("so a broken gearbox stopped the ferry, right?", "Ferry stays in port"),
        ("did the cheese win a prize", "Village cheese wins"),
        ("completion", "Dam nears completion"),
        ("41,500 people go to Grunau", "Ferry stays in port"),
    ],
)
async def test_candidates_best_first(store: Store, claim: str, title: str) -> None:
    assert (await store.candidates(VISIBLE, claim))[0].title == title


@pytest.mark.parametrize("claim", ["", "zebras quarrel", "?", "\ud800"])
async def test_no_candidates_without_common_words(store: Store, claim: str) -> None:
    assert await store.candidates(VISIBLE, claim) == []


async def test_function_words_are_better_than_none(store: Store) -> None:
    assert await store.candidates(VISIBLE, "was it the")


async def test_candidate_is_told_from_its_near_duplicates(store: Store) -> None:
    """Common words are in far more places than are looked at one by one."""
    news = [
        article(
            *(f"The council met and voted on budget item {item}." for item in range(4)),
            f"Councillor {name} of ward {number} opposed the budget.",
        )
        for number, name in enumerate(_names(1_500))
    ]
    added = await store.add_many(news, BUILTIN, 0)
    for number in (0, 700, 1_499):
        name = _names(1_500)[number]
        claim = f"The council's budget was opposed by councillor {name}"
        [best] = await store.candidates(VISIBLE, claim, limit=1)
        assert best == added[number][0]
        assert added[number][0] in await store.candidates(
            VISIBLE, f"ward {number} budget council voted opposed", limit=5
        )


async def test_all_words_count_however_common(store: Store) -> None:
    """Rare words draw up the shortlist, common ones decide within it."""
    common = [article(f"The harbour opened gate {number}.") for number in range(3_100)]
    await store.add_many(common, BUILTIN, 0)
    await store.add(article("A heron was seen.", "The weather was fine."), BUILTIN, 0)
    both, _ = await store.add(article("A heron was seen.", "The harbour was empty."), BUILTIN, 0)
    await store.add(article("A heron was seen.", "The sky was blue."), BUILTIN, 0)
    found = await store.candidates(VISIBLE, "heron at the harbour", limit=3)
    assert found[0] == both


def _names(count: int) -> list[str]:
    syllables = ("ba", "do", "ki", "lu", "me", "no", "pa", "ri", "so", "tu", "va", "ze")
    return [
        "".join(syllables[number // 12**place % 12] for place in range(4)).capitalize()
        for number in range(count)
    ]
