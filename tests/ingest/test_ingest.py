from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import UserError
from bot.library.documents import ReadingLimits
from bot.library.fetch import open_session
from bot.library.ingest import Ingest, read_article_file
from bot.library.models import NewArticle
from tests.ingest.conftest import PAGE, PARAGRAPHS, Site
from tests.ingest.pdfs import make_pdf

TEXT = "\n\n".join(PARAGRAPHS)
TITLE = "Ministers fail to agree on cement tariff"


def sentences(new: NewArticle) -> list[str]:
    return [sentence.text for sentence in new.article.sentences]


# Links.


async def test_a_link_becomes_an_article(site: Site, ingest: Ingest) -> None:
    link = site.page()
    new = await ingest.from_url(link)
    assert sentences(new) == list(PARAGRAPHS)
    assert new.article.title == TITLE
    assert new.article.date == "2024-05-03"
    assert new.author == "Ama Owusu"
    assert new.language == "en-GB"


async def test_the_address_is_where_it_was_found_not_what_the_page_claims(
    site: Site, ingest: Ingest
) -> None:
    site.page("/final")
    new = await ingest.from_url(site.redirect("/short", "/final"))
    assert new.article.url == site.link("/final")


async def test_a_plain_text_link(site: Site, ingest: Ingest) -> None:
    link = site.page("/a.txt", f"{TITLE}\n\n{TEXT}", "text/plain")
    new = await ingest.from_url(link)
    assert (new.article.title, sentences(new)) == (TITLE, list(PARAGRAPHS))


async def test_a_markdown_link(site: Site, ingest: Ingest) -> None:
    link = site.page("/a.md", f"# {TITLE}\n\n{TEXT}", "text/markdown")
    new = await ingest.from_url(link)
    assert (new.article.title, sentences(new)) == (TITLE, list(PARAGRAPHS))


async def test_a_pdf_link(site: Site, ingest: Ingest) -> None:
    data = make_pdf([TITLE, *PARAGRAPHS], title="Cement")
    new = await ingest.from_url(site.page("/a", data, "application/pdf"))
    assert new.article.title == "Cement"
    assert sentences(new)[-1] == PARAGRAPHS[-1]


async def test_the_encoding_in_the_header_is_used(site: Site, ingest: Ingest) -> None:
    body = TEXT.encode("cp1252")
    new = await ingest.from_url(site.page("/a", body, "text/plain; charset=iso-8859-1"))
    assert sentences(new) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html></html>",
        "<html><body><div id=root></div><script>load()</script></body></html>",
        "<html><body><p>Please enable JavaScript.</p></body></html>",
        (
            "<html><body><p>One sentence alone, however long it may go on, about a harbour in a "
            "town by the sea, is no article that could be checked.</p></body></html>"
        ),
        (
            "<html><body><h1>We value your privacy</h1><p>We and our partners use cookies to store "
            "information on your device. With your consent we measure how people use it.</p><p>You "
            "can change your choice in the cookie settings at any time.</p></body></html>"
        ),
        (
            "<html><body><h1>Harbour closed</h1><p>The harbour of Varna was closed on Monday. It "
            "will open again in May.</p><p>Subscribe to continue reading. Already a subscriber? "
            "Log in.</p></body></html>"
        ),
        "\x00\x01\x02" * 50,
    ],
)
async def test_a_page_without_an_article_is_refused(site: Site, ingest: Ingest, body: str) -> None:
    with pytest.raises(UserError, match=r"[Pp]aste"):
        await ingest.from_url(site.page(body=body))


async def test_an_article_about_cookies_is_an_article(site: Site, ingest: Ingest) -> None:
    more = "".join(
        f"<p>The regulator of country number {number} said that its own case would follow.</p>"
        for number in range(20)
    )
    body = (
        "<html><body><article><h1>Court limits tracking</h1><p>The court ruled that sites which "
        f"use cookies must say so in their privacy policy.</p>{more}</article></body></html>"
    )
    new = await ingest.from_url(site.page(body=body))
    assert "privacy policy" in sentences(new)[0]


async def test_production_ingest_refuses_loopback(site: Site) -> None:
    async with open_session() as session:
        with pytest.raises(UserError):
            await Ingest(session).from_url(site.page())
    assert site.requests == []


# Files.


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", f"{TITLE}\n\n{TEXT}".encode()),
        ("a.TXT", f"{TITLE}\r\n\r\n{TEXT}".encode("utf-16")),
        ("a.md", f"# {TITLE}\n\n{TEXT}".encode()),
        ("a.html", PAGE.encode()),
        ("a.htm", PAGE.replace("utf-8", "windows-1252").encode("cp1252")),
        ("a.txt", f"---\ntitle: {TITLE}\n---\n{TEXT}".encode()),
        ("a.md", f"---\ntitle: {TITLE}\n---\n# {TITLE}\n\n{TEXT}".encode()),
    ],
)
async def test_files_become_articles(offline: Ingest, name: str, data: bytes) -> None:
    new = await offline.from_file(name, data)
    assert (new.article.title, sentences(new)) == (TITLE, list(PARAGRAPHS))


async def test_front_matter_is_read(offline: Ingest) -> None:
    head = "title: A talk\ndate: 3 May 2024\nauthor: Ama Owusu\nurl: https://x.example/a"
    new = await offline.from_file("a.txt", f"---\n{head}\n---\n{TEXT}".encode())
    article = new.article
    assert (article.title, article.date, article.url) == (
        "A talk",
        "2024-05-03",
        "https://x.example/a",
    )
    assert new.author == "Ama Owusu"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://user:pw@x.example/", "x", "https://", "file:///etc/a"]
)
async def test_an_address_that_no_reply_may_link_to_is_dropped(offline: Ingest, url: str) -> None:
    new = await offline.from_file("a.txt", f"---\nurl: {url}\n---\n{TEXT}".encode())
    assert new.article.url == ""


@pytest.mark.parametrize("name", ["a.docx", "a", "", ".txt", "a.txt.exe", "a.png"])
async def test_other_files_are_refused(offline: Ingest, name: str) -> None:
    with pytest.raises(UserError, match=r"Give a \.txt, \.md, \.html or \.pdf file"):
        await offline.from_file(name, TEXT.encode())


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.pdf"])
@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"---", b"<html>", b"\x00"])
async def test_files_without_text_are_refused(offline: Ingest, name: str, data: bytes) -> None:
    with pytest.raises(UserError):
        await offline.from_file(name, data)


async def test_a_pdf_under_another_name_is_read(offline: Ingest) -> None:
    new = await offline.from_file("a.txt", make_pdf(PARAGRAPHS))
    assert sentences(new)[0] == PARAGRAPHS[0]


async def test_a_page_saved_as_text_is_read_as_a_page(offline: Ingest) -> None:
    new = await offline.from_file("a.txt", PAGE.encode())
    assert sentences(new) == list(PARAGRAPHS)


async def test_a_file_that_is_too_large_is_refused(offline: Ingest) -> None:
    size = ReadingLimits().max_bytes + 1
    with pytest.raises(UserError, match=r"larger than 10\.0 MB"):
        await offline.from_file("a.txt", b"a" * size)
    with pytest.raises(UserError, match="300000 is the most"):
        await offline.from_file("a.txt", b"A word. " * 40_000)


async def test_a_page_with_too_many_elements_is_refused(offline: Ingest) -> None:
    data = b"<html><body>" + b"<p>x</p>" * 40_000
    with pytest.raises(UserError, match="too complicated"):
        await offline.from_file("a.html", data)


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 100_000,
        b"<b><i>" * 10_000 + b"text",
        b"<" * 50_000,
        b"<!--" * 10_000,
        b"<table><tr><td>" * 5_000,
        b"<html" + b" a" * 2_000,
        b"<script type=application/ld+json>" + b'{"a":' * 5_000,
        b"<p>" + b"&#x1F600;" * 5_000,
        b"<?xml version='1.0' encoding='x'?><html><p>text</p></html>",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><html><p>&b;</p></html>',
    ],
)
async def test_hostile_pages_are_read_or_refused(offline: Ingest, data: bytes) -> None:
    try:
        new = await offline.from_file("a.html", data)
    except UserError:
        return
    assert "root:" not in new.article.sentences[0].text


NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf"])
PIECES = st.sampled_from(
    [
        b"%PDF-1.4\n",
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"trailer<</Root 1 0 R>>\n%%EOF",
        b"---\n",
        b"title: x\n",
        b"# heading\n",
        b"<p>",
        b"</p>",
        b"<a href='",
        b"<html>",
        b"<!--",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\x00",
        b"\r",
        b"The minister spoke on Monday. ",
        "„Größe“".encode("cp1252"),
        "新しい橋。".encode("shift_jis"),
    ]
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(NAMES, st.one_of(st.binary(max_size=3_000), st.lists(PIECES, max_size=12).map(b"".join)))
async def test_any_file_becomes_an_article_or_a_sentence_to_the_user(
    offline: Ingest, name: str, data: bytes
) -> None:
    try:
        new = await offline.from_file(name, data)
    except UserError:
        return
    assert new.article.sentences
    for sentence in new.article.sentences:
        sentence.text.encode()


# Pasted text.


async def test_pasted_text(offline: Ingest) -> None:
    new = offline.from_text(
        TEXT, title="A talk\nin Accra", date="May 3, 2024", url="https://x.example"
    )
    assert sentences(new) == list(PARAGRAPHS)
    assert (new.article.title, new.article.date) == ("A talk in Accra", "2024-05-03")
    assert new.article.url == "https://x.example"


async def test_pasted_text_brings_its_own_title(offline: Ingest) -> None:
    new = offline.from_text(f"{TITLE}\n{TEXT}")
    assert new.article.title == TITLE
    untitled = offline.from_text(TEXT)
    assert untitled.article.title.startswith("The ministers of trade met")
    assert sentences(untitled) == list(PARAGRAPHS)


async def test_the_first_line_of_wrapped_text_is_no_title(offline: Ingest) -> None:
    new = offline.from_text(
        "The ministers of trade met in Accra on Friday to discuss a common\n"
        "tariff on imported cement. They did not agree on a figure, according\n"
        "to Kofi Mensah, who chaired the meeting."
    )
    assert sentences(new)[0].startswith("The ministers of trade met in Accra on Friday to discuss")


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "...", "\x00"])
async def test_pasted_nothing_is_refused(offline: Ingest, text: str) -> None:
    with pytest.raises(UserError, match="no text in it"):
        offline.from_text(text)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(), max_size=300), st.text(alphabet=st.characters()))
async def test_any_text_can_be_pasted(offline: Ingest, text: str, field: str) -> None:
    try:
        new = offline.from_text(text, title=field, date=field, url=field)
    except UserError:
        return
    (new.article.title + new.article.date + new.article.url).encode()
    assert "\n" not in new.article.title + new.article.date


# Files on this machine.


def test_a_path_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cement-talks.txt"
    path.write_text(TEXT, encoding="utf-8")
    new = read_article_file(path)
    assert sentences(new) == list(PARAGRAPHS)
    assert new.article.title == (
        "The ministers of trade met in Accra on Friday to discuss a common tariff on…"
    )


def test_the_name_of_a_file_is_the_last_resort_for_a_title(tmp_path: Path) -> None:
    path = tmp_path / "cement-talks.txt"
    path.write_text(f"*** 12 ***\n\n{TEXT}", encoding="utf-8")
    assert read_article_file(path).article.title == "cement-talks"


def test_a_path_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"missing\.txt cannot be opened"):
        read_article_file(tmp_path / "missing.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(UserError, match=r"folder\.txt cannot be opened"):
        read_article_file(tmp_path / "folder.txt")
    with pytest.raises(UserError, match="Files of this kind"):
        read_article_file(tmp_path / "a.docx")


def test_a_large_path_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 2_000)
    with pytest.raises(UserError, match="larger than"):
        read_article_file(path, ReadingLimits(max_bytes=1_000))
