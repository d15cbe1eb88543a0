"""Questions about the corpus itself: what it holds, who wrote an article in it, when a reader left a comment.

The answer is who and when, as beside every quotation, and the headline or the first words to know the text by.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kzrag.answering.draft import Source, Statement
from kzrag.answering.extractive import quotation
from kzrag.answering.needs import Needs
from kzrag.answering.voices_asked import speakers
from kzrag.answering.wording import say
from kzrag.records import ARTICLE, Document
from kzrag.retrieval import hybrid
from kzrag.text.language import fold, primary

if TYPE_CHECKING:
    from kzrag.index import Index
    from kzrag.retrieval import Filter

MOST_LISTED = 6
"""Documents that are listed one by one; the others are counted."""
TOPIC_HITS = 5
"""Passages that tell which text is about a topic: one may touch on it in a text about something else."""

_TEXTS = r"(?:sources|documents|articles|texts|files|materials?)"
_TEXT = r"(?:article|piece|text|story|report|post|column|comment)"
_WHOSE = r"(?:[\w.'’&-]+ ){0,5}"
_FROM = r"(?: (?:on|in|at|from|by|of|under|about) [\w.'’& -]{2,60})?"
_RU_TEXT = r"(?:стать[яюи]|текст|материал|публикаци[яюи]|заметк[ауи]|комментари[йя])"
_ABOUT_ALL = re.compile(
    rf"(?:what|which) {_TEXTS} (?:do you (?:have|use|know)|are (?:there|you using|in (?:the|this|your) \w+)"
    r"|(?:does|do) (?:the|this|your) \w+ (?:have|hold|contain|include))(?: in (?:the|this|your) \w+)?"
    rf"|how many {_TEXTS} (?:are there|do you have|(?:does|do) (?:the|this|your) \w+ (?:have|hold|contain|include))"
    r"(?: in (?:the|this|your) \w+)?"
    rf"|what (?:is|are) (?:this|the|these|your) (?:corpus|collection|library|{_TEXTS})(?: about)?"
    r"|what(?:'s| is) (?:in|inside) (?:this|the|your) (?:corpus|collection|library)"
    rf"|(?:list|show)(?: me)?(?: all)?(?: of)? (?:the|your) {_TEXTS}"
    rf"|who (?:wrote|writes|are the authors of) (?:these|the|your) {_TEXTS}"
    r"|what (?:do you know about|can you tell me|can i ask(?: you)?(?: about)?|are you about)"
    r"|(?:[你您]|这里|库里|(?:这个|本)?(?:语料|资料)库?(?:里|中)?)?(?:面|都|一共|总共)*(?:有|是|包括|收录了?|用了?)(?:哪些|什么|几篇|多少篇?)"
    r"(?:资料|来源|文章|文献|文件|语料|文档)(?:来源)?"
    r"|(?:资料|来源|文章|文献|文档)(?:都|一共|总共)?有(?:哪些|几篇|多少篇?)"
    r"|(?:这个|本)?(?:语料|资料)库?(?:里|中)?(?:是|都)?(?:讲|关于|说|有)(?:的)?(?:是|些)?什么(?:内容)?的?"
    r"|谁写了(?:这些|那些)(?:文章|资料)|(?:这些|那些)(?:文章|资料)(?:都)?是谁写的|[你您](?:能|可以)回答(?:些)?什么(?:问题)?"
    r"|(?:какие|что за) (?:(?:у|здесь|в) ?(?:тебя|вас|корпусе)? ?)?(?:есть )?"
    r"(?:источники|статьи|документы|тексты|материалы)"
    r"(?: (?:есть|у тебя|у вас|в корпусе|здесь))*"
    r"|сколько (?:(?:всего|у тебя|у вас|здесь|в корпусе) )*(?:статей|документов|источников|текстов)"
    r"(?: (?:всего|у тебя|у вас|здесь|в корпусе|есть))*"
    r"|о чем (?:этот |эти |твой |ваш )?(?:корпус|сборник|статьи|документы|тексты)"
    r"|кто (?:написал|авторы?) (?:эти |этих )?(?:статьи|статей|тексты|текстов)"
    r"|(?:сізде |сенде |мұнда |корпуста )?(?:қандай|неше|қанша) (?:дереккөз\w*|мақала\w*|құжат\w*) бар|корпус не туралы"
)
_ABOUT_ONE = re.compile(
    rf"who (?:wrote|authored|published|posted|is the author of|left) (?:the |this |that )?{_WHOSE}{_TEXT}{_FROM}"
    rf"|when (?:was|were) (?:the |this |that )?{_WHOSE}{_TEXT}s?{_FROM} (?:published|written|posted|made|left)"
    rf"|when did (?:the )?{_WHOSE}(?:write|post|publish|leave|make) (?:his|her|their|its|the|that) {_TEXT}"
    rf"|when did (?:the )?{_WHOSE}{_TEXT}{_FROM} (?:appear|come out)"
    r"|.{1,24}(?:文章|评论|留言|报道|文)(?:是|的)*(?:谁写的?|谁发表的?|作者是谁)"
    r"|(?:谁写了?|谁发表了?).{1,24}(?:文章|评论|留言|报道)"
    r"|.{1,24}(?:文章|评论|留言|报道|文)?(?:是|在)*(?:什么时候|何时|哪[天年一]天?)(?:发表|发布|写|刊登|刊出|留下|留言|评论)的?(?:文章|评论|留言)?"
    rf"|кто (?:написал|автор|опубликовал|оставил) (?:\w+ )?{_RU_TEXT}(?: .{{2,40}})?"
    rf"|когда (?:был[аои]? )?(?:опубликован\w*|написан\w*|вышл?[аои]?|вышел|появил\w+) {_RU_TEXT}(?: .{{2,40}})?"
    rf"|когда .{{2,60}} (?:написал|оставил|опубликовал)\w* (?:сво[йюе]\w* )?{_RU_TEXT}"
)
_TOPIC = re.compile(
    r"(?:about|on) (?P<en>.+)|关于(?P<zh>.+?)的?(?:文章|报道|文)|(?:文章|报道|文).{0,2}(?:讲|说|谈)(?P<zh2>.+)"
    rf"|{_RU_TEXT} об? (?P<ru>.+)|(?P<kk>.+) туралы мақала.*"
)
"""What the text is about of which a question asks: "who wrote the article on the ferry?"."""
_ABOUT_READERS = re.compile(
    r"who (?:are|were) (?:the|these|those|your|all the) (?:commenters|commentators|readers)"
    r"|who (?:all )?(?:commented|left (?:a |the )?comments?|wrote (?:the )?comments?)(?: (?:on|under|below) .{2,40})?"
    r"|(?:which|what) (?:readers|commenters) (?:are there|commented|wrote(?: comments)?)"
    r"|(?:评论者?|留言者?|读者)(?:都)?(?:是|有)(?:谁|哪些人?)|(?:有)?(?:谁|哪些人|哪些读者)(?:发表了?|写了?|留了?|留下了?)?(?:评论|留言)(?:了|过)?"
    r"|кто (?:такие )?(?:эти )?(?:комментаторы|читатели)|кто (?:оставил|написал) комментарии|кто комментирует"
    r"|пікір (?:жазған|қалдырған)(?:дар)? кім(?:дер)?"
)
_COMMENT = re.compile(r"\bcomment|评论|留言|\bкомментари|\bпікір")


def about(needs: Needs, index: Index, where: Filter | None) -> list[Statement] | None:
    """The statements that answer a question about the corpus or one text of it; `None` when it asks for anything else.

    One statement per voice; a translation goes with its original.
    """
    asked = " ".join(fold(needs.text).split()).rstrip(" ?？.!")
    everything, one = _ABOUT_ALL.fullmatch(asked), _ABOUT_ONE.fullmatch(asked)
    readers = _ABOUT_READERS.fullmatch(asked)
    if everything is None and one is None and readers is None:
        return None
    documents = [d for d in index.documents.values() if where is None or where.allows(d)]
    if everything is not None:
        listed = _by_family(documents, needs)
        lines = [Statement(say("holds", needs.language, count=len(documents)), ())]
        return lines + [_known_by([(d, ARTICLE) for d in family], needs, index) for family in listed[:MOST_LISTED]]
    meant = speakers(needs, index)
    if readers is not None:
        under = {name for name, voice in meant or () if voice == ARTICLE}
        meant = frozenset(p for p in index.voices if p[1] != ARTICLE and (not under or p[0] in under))
    if not meant and one is not None and (topic := _TOPIC.search(asked)) is not None:
        meant = _most_about(topic[topic.lastgroup or 0], index, where)
    if not meant:
        return None
    ids = {document.id for document in documents}
    voices = {pair for pair in meant if pair[0] in ids}
    if _COMMENT.search(asked) and all(voice == ARTICLE for _, voice in voices):
        commented = {name for name, _ in voices}
        voices = {pair for pair in index.voices if pair[0] in commented and pair[1] != ARTICLE}
    pairs = sorted(voices)[:MOST_LISTED]
    return [_known_by([(index.documents[name], voice)], needs, index) for name, voice in pairs] or None


def _most_about(topic: str, index: Index, where: Filter | None) -> frozenset[tuple[str, str]]:
    """The article that is most about a topic, with its translations: its passages are found first and most often."""
    weights: defaultdict[str, float] = defaultdict(float)
    for place, hit in enumerate(hybrid(index, topic, TOPIC_HITS, where), 1):
        if hit.voice == ARTICLE:
            weights[index.documents[hit.document_id].family] += 1 / place
    most = max(weights, key=weights.__getitem__, default=None)
    return frozenset((d.id, ARTICLE) for d in index.documents.values() if d.family == most)


def _by_family(documents: Iterable[Document], needs: Needs) -> list[list[Document]]:
    """Documents with their translations, the one in the reader's language first."""
    families: dict[str, list[Document]] = {}
    for document in documents:
        families.setdefault(document.family, []).append(document)
    return [sorted(each, key=lambda d: primary(d.language) != primary(needs.language)) for each in families.values()]


def _known_by(texts: list[tuple[Document, str]], needs: Needs, index: Index) -> Statement:
    """Who and when, with the words by which a text is known; translations are cited beside it."""
    first, *others = (_opening(document, voice, index) for document, voice in texts)
    return quotation(replace(first, parallel=tuple(others)), needs, starts=True)


def _opening(document: Document, voice: str, index: Index) -> Source:
    """The headline, where the page has it, or the first sentence of a voice."""
    start = document.raw.find(document.title) if document.title and voice == ARTICLE else -1
    if document.title and start >= 0:
        return Source(document, start, start + len(document.title), ARTICLE, None)
    said = next(s for s in index.sentences if (s.document_id, s.voice) == (document.id, voice))
    return Source(document, said.start, said.end, voice, document.blocks[said.block].voice_date)
