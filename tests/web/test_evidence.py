from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kzrag.records import ARTICLE, Answer, Block
from kzrag.web.article import article
from kzrag.web.draw import draw
from kzrag.web.evidence import CONTEXT, card, context, disputes, evidence, headline, safe_url, summary
from kzrag.web.sources import families
from kzrag.web.timeline import middle, timeline
from tests.web.fake_assistant import DOCUMENTS, FakeAssistant

BY_ID = {document.id: document for document in DOCUMENTS}
POWER = FakeAssistant().answer("How many megawatts will the new dam supply?")
FEAR = FakeAssistant().answer("What do farmers in the valley fear?")
COMMENT = FakeAssistant().answer("Was my village promised new houses in 2019?")
ZH = FakeAssistant().answer("新水壩將供應多少電力？")


def test_a_card_says_who_when_and_in_which_words() -> None:
    shown = card(POWER.citations[0], BY_ID, "en")
    assert (shown.publisher, shown.speaker, shown.date) == ("Valley Post", "J. Doe", "5 Nov 2023")
    assert shown.badge == "Translation of: 山谷河上的新水壩"
    assert shown.quote in BY_ID["dam-en"].raw
    assert shown.problem is None


def test_the_words_around_a_quote_are_the_documents_own() -> None:
    for answer in (POWER, FEAR, COMMENT):
        for citation in answer.citations:
            before, after = context(BY_ID[citation.document_id], citation.start, citation.end)
            document = BY_ID[citation.document_id]
            said = "".join("".join(document.raw[b.start : b.end].split()) for b in document.blocks)
            joined = before.removeprefix("… ") + citation.quote + after.removesuffix(" …")
            assert "".join(joined.split()) in said
            assert max(len(before), len(after)) <= CONTEXT + 3


def test_a_context_does_not_begin_with_the_end_of_another_quotation() -> None:
    raw = "“" + "So it was said by the old ferryman. " * 8 + "No!” The new lamp burns green. It is bright."
    start = raw.index("The new lamp")
    document = replace(BY_ID["ledger"], raw=raw, blocks=(Block(0, len(raw), ARTICLE, None),))
    for reach in range(start + 1, len(raw)):
        before, _ = context(document, reach, len(raw))
        assert not before.removeprefix("… ").startswith(("”", "’", "»"))


def test_a_comment_is_shown_as_a_comment_with_no_words_of_the_article() -> None:
    shown = card(COMMENT.citations[0], BY_ID, "en")
    assert (shown.speaker, shown.comment, shown.date) == ("Ann Reed", True, "2 Apr 2024")
    assert "engineers" not in shown.before


def test_an_article_that_changed_or_went_is_said_to() -> None:
    citation = POWER.citations[0]
    changed = {**BY_ID, "dam-en": replace(BY_ID["dam-en"], raw="x" + BY_ID["dam-en"].raw)}
    assert card(citation, changed, "en").problem == "The article has changed since this was quoted."
    assert card(citation, {}, "en").problem == "This article is no longer in the corpus."


def test_a_translation_is_no_second_source() -> None:
    both = (FEAR.citations[0], replace(ZH.citations[0], number=2))
    assert summary(both, "en") == ("2 passages", "2 articles, 1 source: a translation")
    assert summary(POWER.citations, "en") == ("2 passages", "2 articles", "2 independent sources")
    assert summary((), "en") == ()


def test_a_dispute_has_a_column_per_source() -> None:
    (dispute,) = disputes(POWER, "en")
    assert [(side.who, side.date, side.numbers) for side in dispute.sides] == [
        ("Valley Post", "5 Nov 2023", (1,)),
        ("Northern Ledger", "18 Mar 2024", (2,)),
    ]


def test_an_article_without_a_title_is_called_by_its_first_words() -> None:
    untitled = [replace(BY_ID[name], title=None, blocks=BY_ID[name].blocks[1:]) for name in ("ledger", "dam-zh")]
    assert [headline(document) for document in untitled] == [
        "The new dam will supply 210 megawatts by 2032, not the 340…",
        "山谷能源部表示，新水壩到2032年將供應340兆瓦電力…",
    ]


def test_only_addresses_of_the_web_are_links() -> None:
    assert safe_url("https://example.org/a?b") == "https://example.org/a?b"
    for bad in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example", "", None):
        assert safe_url(bad) is None


def test_an_article_is_shown_whole_with_every_citation_marked() -> None:
    view = article("ledger", BY_ID, "en", answer=POWER, turn=0, focus=2)
    assert view is not None
    (version,) = view.versions
    shown = "".join(piece.text for paragraph in version.paragraphs for piece in paragraph.pieces)
    assert "".join(shown.split()) == "".join(BY_ID["ledger"].raw.split())
    marked = [piece for paragraph in version.paragraphs for piece in paragraph.pieces if piece.numbers]
    assert [(piece.text, piece.numbers) for piece in marked] == [(POWER.citations[1].quote, (2,))]
    assert [paragraph.comment for paragraph in version.paragraphs if paragraph.comment] == [
        "Reader’s comment: Ann Reed · 2 Apr 2024"
    ]
    assert article("nowhere", BY_ID, "en") is None


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=6))
def test_whatever_is_cited_the_text_stays_whole(spans: list[tuple[int, int]]) -> None:
    document = BY_ID["dam-en"]
    citation = FEAR.citations[0]
    cited = tuple(replace(citation, number=n, start=min(span), end=max(span)) for n, span in enumerate(spans, start=1))
    view = article("dam-en", BY_ID, "en", answer=Answer("", "en", False, None, cited))
    assert view is not None
    shown = "".join(piece.text for paragraph in view.versions[0].paragraphs for piece in paragraph.pieces)
    assert "".join(shown.split()) == "".join(document.raw.split())


def test_side_by_side_keeps_every_paragraph_once_and_the_original_left() -> None:
    from kzrag.corpus.alignment import align

    for document_id in ("dam-en", "dam-zh"):
        view = article(document_id, BY_ID, "en", answer=FEAR, turn=0, beside=True, align=align)
        assert view is not None
        assert [version.source.document_id for version in view.versions] == ["dam-zh", "dam-en"]
        for column, version in enumerate(view.versions):
            assert tuple(p for row in view.rows for p in row[column]) == version.paragraphs
    marked = [p.text for v in view.versions for para in v.paragraphs for p in para.pieces if p.numbers]
    assert FEAR.citations[0].quote in marked


def test_a_source_is_a_family() -> None:
    shown = families(DOCUMENTS, "en")
    assert [(family.head.document_id, [other.document_id for other in family.others]) for family in shown] == [
        ("dam-zh", ["dam-en"]),
        ("ledger", []),
        ("strange", []),
    ]
    assert shown[0].note == "2 articles, 1 source: a translation"


def test_the_timeline_places_saying_before_what_it_speaks_of() -> None:
    view = timeline(0, POWER, BY_ID, "en", lambda text, said: ["2032"] if "2032" in text else [])
    first = view.statements[0]
    assert first.said is not None
    assert (first.said.label, first.speaks_of[0].label) == ("5 Nov 2023", "2032")
    assert 0 <= first.said.place < first.speaks_of[0].place <= 100
    assert all(0 <= tick.place <= 100 for tick in view.ticks)


def test_without_dates_there_is_no_timeline() -> None:
    assert timeline(0, FEAR, BY_ID, "en", lambda text, said: []).statements == ()
    assert timeline(0, FEAR, BY_ID, "en", lambda text, said: ["--07-05", "9999"]).statements == ()


@given(st.text(alphabet="0123456789-T", max_size=12))
def test_any_date_has_a_middle_or_none(iso: str) -> None:
    place = middle(iso)
    assert place is None or int(iso[:4]) <= place <= int(iso[:4]) + 1


def test_everything_drawn_is_escaped() -> None:
    answer = FakeAssistant().answer("Which dam owner wrote nothing else about the weather?")
    view = evidence(0, "<b>${x}</b>", answer, BY_ID, "en")
    page = draw("evidence", "en", view=view)
    assert "<img" not in page
    assert "<b>" not in page
    assert 'onerror="' not in page
    assert 'href="javascript' not in page
