from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kzrag.index.chunking import MAX_TOKENS, chunk
from kzrag.records import ARTICLE, Block, Document
from kzrag.text.tokens import count_tokens

ENGLISH = "The harbour was closed in March. "
CHINESE = "隆德的港口於三月關閉。"


def document(*blocks: tuple[str, str], gap: str = "\n\n", heading: frozenset[int] = frozenset()) -> Document:
    """A document of (voice, text) blocks, in order, with `gap` between them."""
    raw, placed = "", []
    for number, (voice, text) in enumerate(blocks):
        raw += gap if raw else ""
        placed.append(Block(len(raw), len(raw) + len(text), voice, heading=number in heading))
        raw += text
    return Document("d", "d.txt", raw, "en", tuple(placed), family="d")


def test_a_short_article_is_one_passage_with_its_sentences() -> None:
    article = document((ARTICLE, "The harbour of Lund was closed. Fishermen doubt it."), (ARTICLE, "A third sentence."))
    chunks, sentences = chunk(article, 7, 100)
    assert [c.text for c in chunks] == [article.raw]
    assert [s.text for s in sentences] == [
        "The harbour of Lund was closed.",
        "Fishermen doubt it.",
        "A third sentence.",
    ]
    assert chunks[0].number == 7
    assert [(s.number, s.chunk, s.block) for s in sentences] == [(100, 7, 0), (101, 7, 0), (102, 7, 1)]


def test_long_articles_are_cut_near_the_target_at_paragraph_ends() -> None:
    paragraph = ENGLISH * 5
    chunks, _ = chunk(document(*[(ARTICLE, paragraph.strip())] * 20), 0, 0)
    assert len(chunks) > 3
    assert all(60 < count_tokens(c.text) <= MAX_TOKENS for c in chunks)
    assert all(c.text.count(ENGLISH.strip()) % 5 == 0 for c in chunks), "every cut is between paragraphs"


def test_one_endless_paragraph_is_cut_between_sentences_in_chinese_too() -> None:
    for sentence in (ENGLISH, CHINESE):
        chunks, sentences = chunk(document((ARTICLE, (sentence * 120).strip())), 0, 0)
        assert len(chunks) > 1
        assert {s.text for s in sentences} == {sentence.strip()}
        assert all(c.text.endswith(sentence.strip()) and c.text.startswith(sentence[:5]) for c in chunks)


def test_a_sentence_longer_than_any_passage_stays_whole() -> None:
    endless = "The harbour " + "and the quay " * 300 + "was closed."
    chunks, sentences = chunk(document((ARTICLE, f"Before it. {endless} After it.")), 0, 0)
    assert endless in [s.text for s in sentences]
    assert any(endless in c.text for c in chunks)


def test_two_voices_never_share_a_passage() -> None:
    page = document((ARTICLE, "It will open soon."), ("Ann Reader", "I doubt it."), ("Bo Reader", "So do I."))
    chunks, _ = chunk(page, 0, 0)
    assert [(c.voice, c.text) for c in chunks] == [
        (ARTICLE, "It will open soon."),
        ("Ann Reader", "I doubt it."),
        ("Bo Reader", "So do I."),
    ]


def test_a_comment_has_the_language_it_is_written_in() -> None:
    page = document((ARTICLE, "It will open soon."), ("Иван", "Я в это не верю, этого никогда не будет."))
    chunks, sentences = chunk(page, 0, 0)
    assert [c.language for c in chunks] == ["en", "ru"]
    assert [s.language for s in sentences] == ["en", "ru"]


def test_what_no_block_covers_is_in_no_passage() -> None:
    raw = "The harbour was closed.\n(Photo: the harbour)\nIt will open soon."
    photo = raw.index("(Photo")
    after = raw.index("It will")
    article = Document("d", "d.txt", raw, "en", (Block(0, 23), Block(after, len(raw))), family="d")
    chunks, _ = chunk(article, 0, 0)
    assert [c.text for c in chunks] == ["The harbour was closed.", "It will open soon."]
    assert all(not c.start <= photo < c.end for c in chunks)


def test_a_heading_stays_with_what_stands_under_it() -> None:
    paragraph = (ENGLISH * 16).strip()  # alone nearly of the target length
    blocks = [(ARTICLE, paragraph), (ARTICLE, "The fairway"), (ARTICLE, paragraph)]
    chunks, _ = chunk(document(*blocks, heading=frozenset({1})), 0, 0)
    assert [c.text.startswith("The fairway\n") for c in chunks] == [False, True]


def test_the_id_says_place_and_content() -> None:
    first, _ = chunk(document((ARTICLE, "The harbour was closed.")), 0, 0)
    again, _ = chunk(document((ARTICLE, "The harbour was closed.")), 5, 9)
    other, _ = chunk(document((ARTICLE, "The harbour was opened.")), 0, 0)
    assert first[0].id == again[0].id != other[0].id
    assert first[0].id.startswith("d:0:")


_texts = st.lists(
    st.tuples(
        st.sampled_from([ARTICLE, "Ann", "Bo"]),
        st.lists(
            st.sampled_from([ENGLISH, CHINESE, "Цена выросла на 3,5 %. ", "Yes! ", "He said: “No.” "]), max_size=40
        ),
    ),
    max_size=6,
)


@given(_texts, st.sampled_from(["\n", "\n\n", "\n* * *\n", "\r\n"]))
@settings(max_examples=60, deadline=None)
def test_laws(parts: list[tuple[str, list[str]]], gap: str) -> None:
    article = document(*[(voice, "".join(sentences)) for voice, sentences in parts], gap=gap)
    chunks, sentences = chunk(article, 0, 0)
    for piece in (*chunks, *sentences):
        assert article.raw[piece.start : piece.end] == piece.text != ""
    assert [c.number for c in chunks] == list(range(len(chunks)))
    assert [s.number for s in sentences] == list(range(len(sentences)))
    assert len({c.id for c in chunks}) == len(chunks)
    for c in chunks:
        own = [s for s in sentences if s.chunk == c.number]
        assert own[0].start == c.start and own[-1].end == c.end, "a passage is whole sentences"
        assert {s.voice for s in own} == {c.voice}
        assert len(own) == 1 or sum(count_tokens(s.text) for s in own) <= MAX_TOKENS
        inside = [b for b in article.blocks if b.start < c.end and c.start < b.end]
        covered = sum(min(b.end, c.end) - max(b.start, c.start) for b in inside)
        assert not article.raw[c.start : c.end].strip() or covered >= len(c.text) - len(gap) * (len(inside) - 1)
    indexed = "".join(s.text for s in sentences)
    for block in article.blocks:
        for letter in article.raw[block.start : block.end]:
            assert not letter.isalnum() or letter in indexed
