"""What a reader might ask next, and the nearest thing that can be asked instead of what can't be answered.

Only questions that the corpus answers: each is built from evidence at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kzrag.answering.facts import Facts, facts_of
from kzrag.answering.needs import Needs
from kzrag.answering.wording import own_tag, source_in_words
from kzrag.records import ARTICLE, Answer, Evidence
from kzrag.text.language import detect, fold, primary, script
from kzrag.text.names import Name, expand
from kzrag.text.words import content_terms, content_words

if TYPE_CHECKING:
    from kzrag.index import Index

MOST = 3
# Evidence this likely to answer is near enough to offer.
NEAR = 0.05
NEAR_MEANING = 0.35

_ASK = {
    "year": {
        "en": "And by {year}?",
        "zh-Hant": "那{year}年呢？",
        "zh-Hans": "那{year}年呢？",
        "ru": "А к {year} году?",
        "kk": "Ал {year} жылы ше?",
    },
    "other": {
        "en": "What does {voice} say about {topic}?",
        "zh-Hant": "{voice}對{topic}怎麼說？",
        "zh-Hans": "{voice}对{topic}怎么说？",
        "ru": "Что говорит {voice} о теме «{topic}»?",
        "kk": "{voice} {topic} туралы не дейді?",
    },
    "differ": {
        "en": "Do the sources agree on this?",
        "zh-Hant": "各來源對此說法一致嗎？",
        "zh-Hans": "各来源对此说法一致吗？",
        "ru": "Согласны ли в этом источники?",
        "kk": "Дереккөздер бұл туралы келісе ме?",
    },
    "about": {
        "en": "What does the corpus say about {topic}?",
        "zh-Hant": "語料中關於{topic}說了什麼？",
        "zh-Hans": "语料中关于{topic}说了什么？",
        "ru": "Что в корпусе сказано о теме «{topic}»?",
        "kk": "Корпуста {topic} туралы не айтылған?",
    },
}


def _ask(key: str, language: str, **values: str) -> str:
    return _ASK[key][own_tag(language)].format(**values)


def follow_ups(
    needs: Sequence[Needs], evidence: Sequence[Sequence[Evidence]], answer: Answer, index: Index
) -> tuple[str, ...]:
    """Two or three questions that this corpus answers after this answer."""
    if not needs or not answer.citations:
        return ()
    asked, found = needs[0], evidence[0]
    suggestions: list[str] = []
    if asked.years and found:
        best = found[0].sentence
        facts = facts_of(best.text, best.language, index.documents[best.document_id].published)
        pinned = {date.iso[:4] for date in asked.years}
        later = [d.iso[:4] for d in facts.dates if not d.relative and d.iso[:4].isdigit() and d.iso[:4] not in pinned]
        suggestions += [_ask("year", answer.language, year=year) for year in later[:1]]
    cited = {(citation.family, citation.voice) for citation in answer.citations}
    topic = _topic(found, answer.language, asked)
    for piece in found[1:40]:
        voice = piece.sentence.voice
        if voice != ARTICLE and (piece.sentence.family, voice) not in cited and topic:
            suggestions.append(_ask("other", answer.language, voice=voice, topic=topic))
            break
    if len({citation.family for citation in answer.citations}) < len({d.family for d in index.documents.values()}):
        suggestions += [] if answer.disagreements else [_ask("differ", answer.language)]
    if topic:
        suggestions.append(_ask("about", answer.language, topic=topic))
    return tuple(dict.fromkeys(suggestions))[:MOST]


def _topic(found: Sequence[Evidence], language: str, asked: Needs) -> str:
    """A name in the evidence that the question didn't have, in words the reader can read."""
    for piece in found[:3]:
        for sentence in (piece.sentence, *piece.parallel):
            if primary(sentence.language) != primary(language) and primary(language) not in ("ru", "kk"):
                continue
            facts = facts_of(sentence.text, sentence.language, None)
            for name in facts.names:
                if name.key not in asked.keys and name.kind in ("org", "treaty", "place", "person"):
                    return name.text
    return ""


def _readable(name: Name, question: str) -> str:
    """A name as it is spelled in the script of the question, where a file of names has it so."""
    mine = script(question)
    return next((spelling for spelling in (name.text, *expand(name.key)) if script(spelling) == mine), name.text)


def _shared(needs: Needs, facts: Facts, index: Index) -> list[str]:
    """The rarest word of the question, beside its names, that a sentence has."""
    told: dict[str, float] = {}
    for word in content_words(needs.text, needs.language):
        terms = content_terms(word, needs.language)
        if terms and facts.terms.issuperset(terms) and not any(term.startswith("@") for term in terms):
            told[word] = min(index.lexical.rarity(term, needs.language) for term in terms)
    return [max(told, key=told.__getitem__)] if told else []


def nearest(needs: Needs, evidence: Sequence[Evidence], index: Index) -> str | None:
    """What the corpus says that is nearest to a question it doesn't answer: whose words, and on what."""
    if not evidence or evidence[0].score < NEAR or max(evidence[0].meaning, evidence[0].words) < NEAR_MEANING:
        return None
    best = evidence[0]
    sentence = best.sentence
    document = index.documents[sentence.document_id]
    facts = facts_of(sentence.text, sentence.language, document.published)
    named = [_readable(name, needs.text) for name in facts.names if name.kind != "demonym"]
    # What was asked about first: the name that has the word, or else the word.
    shared = [next((name for name in named if word in fold(name)), word) for word in _shared(needs, facts, index)]
    texts = list(dict.fromkeys([*shared, *named]))[:3]
    if not texts:
        return None
    block = document.blocks[sentence.block]
    source = source_in_words(document, sentence.voice, block.voice_date, needs.language)
    comma = "、" if detect(needs.text).startswith("zh") else ", "
    return f"{comma.join(texts)} — {source}"
