"""Whose words a question asks for: a paper, an author, a reader, or the readers as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kzrag.answering.needs import Needs
from kzrag.records import ARTICLE
from kzrag.text.language import fold, has_han
from kzrag.text.names import names

if TYPE_CHECKING:
    from kzrag.index import Index

_COMMENTER = re.compile(
    r"\b(commenters?|commentators? (?:under|below|on the page)|readers?|reader comments?|comments?)\b"
    r"|评论者?|留言|读者|网友|(?<![ыи][хе] )\bкомментатор\w*|\b(комментари\w+|читател\w*)\b|пікір|оқырман"
)
_AGAINST_THE_TEXT = re.compile(
    r"\b(?:disagree|argu|object|contradict|challeng|doubt|disput|criticis|criticiz)\w*(?: with| to)?(?: what)?"
    r"(?: the| this| that)? (?:articles?|author|text|story|piece|report|column)(?: says| claims| said)?\W*$"
    r"|(?:反对|不同意|不认同|质疑|反驳|批评)(?:这篇|这个|该|本)?(?:文章?|作者|报道)(?:的(?:说法|观点|看法|内容))?\W*$"
    r"|\b(?:не соглас|спор|возража|критику)\w+(?: со?| с тем)? (?:этой |этим )?(?:стать|автор|текст)\w*\W*$"
    r"|\b(?:мақала\w*|автор\w*)(?: \w+)? (?:келіспе\w*|қарсы)[^.?]*\W*$"
)
"""Asks who is against what is written: the readers under it are, where anybody is."""
_THE_TEXT = re.compile(
    r"\b(?:do|does|did|according to|opinion of|views? of) (?:the|this|that) (?:author|article|writer|text)s?\b"
    r"|\b(?:the|this) (?:author|article|writer)(?:'s|s'|’s) (?:view|opinion|words|claim|argument|attitude|stance)"
    r"|\b(?:the|this) (?:author|article|writer) (?:says?|said|thinks?|claims?|writes?|argues?|believes?|blames?)\b"
    r"|(?:作者|文章?)(?:又|还|是|对.{1,16})?(?:怎么|如何|为什么|为何)?(?:看待?|说|写|认为|称|评价|主张|指出|的?(?:看法|观点|态度))"
    r"|\bавтор(?:а|у|ом)? (?:стать\w+ )?(?:счита|дума|пи[шс]|утвержда|говор|относ|называ|объясн|полага|обвин)\w*"
    r"|\b(?:счита|дума|пи[шс]|утвержда|говор|относ|называ|объясн|полага|обвин)\w* (?:\w+ )?автор\b"
    r"|\bпо (?:мнению|словам|версии) автора\b|\bмнение автора\b"
    r"|\bмақала авторы\b|\bавтор(?:дың)? (?:не |қалай )?(?:дейді|айт|ойла|жаз)\w*"
)
"""Asks what an article says itself, not the readers under it."""
_DISTINCTIVE = 5
"""Letters of a word that tells one name from others."""


def speakers(needs: Needs, index: Index) -> frozenset[tuple[str, str]] | None:
    """The (document, voice) pairs the question asks about by name, or `None` when it names no speaker."""
    folded = fold(needs.text)
    keys, speech = needs.keys, _OF_SPEECH.search(folded) is not None
    longer = frozenset(fold(name.text) for name in needs.names if " " in name.text)
    voices = index.voices
    named: set[tuple[str, str]] = set()
    written_of: dict[str, frozenset[str]] = {}
    for document_id, voice in voices:
        document = index.documents[document_id]
        origins = [voice] if voice != ARTICLE else [document.author, document.publisher]
        called = [name for name in origins if name and is_called(name, folded, keys, longer)]
        # A firm that publishes is also written of: asked about it, all may tell.
        if voice == ARTICLE and not speech:
            written_of.update((name, _families_naming(name, index)) for name in called if name not in written_of)
            called = [name for name in called if not written_of[name] - {document.family}]
        if called:
            named.add((document_id, voice))
    if not named and (_COMMENTER.search(folded) or _AGAINST_THE_TEXT.search(folded)):
        named = {pair for pair in voices if pair[1] != ARTICLE}
    return frozenset(named) or None


def articles_alone(needs: Needs, index: Index) -> frozenset[tuple[str, str]] | None:
    """The articles without the readers under them, where the question asks for what the text or its author says."""
    if not _THE_TEXT.search(fold(needs.text)):
        return None
    return frozenset(pair for pair in index.voices if pair[1] == ARTICLE)


_OF_SPEECH = re.compile(
    r"\b(?:accord\w+|sa(?:y|ys|id|ying)|tell\w*|told|stat(?:es?|ed|ing|ements?)|claim\w*|think\w*|thought|believ\w+|argu\w+|"
    r"views?|opinions?|writ\w+|wrote|mention\w*|estimat\w+|expect\w*|predict\w*|forecast\w*|blam\w+|call(?:s|ed)?|"
    r"describ\w+|explain\w*|report\w*|article\w*|release\w*|announc\w+|account\w*|version\w*|words?|put|puts|give|gives)\b"
    r"|说|称|认为|表示|指出|觉得|看法|观点|文章|报道|写|提到|预计|估计|预测|声明"
    r"|\b(?:по (?:словам|мнению|данным|версии|оценк\w+)|сказа\w+|говор\w+|пиш\w+|писа\w+|утвержда\w+|счита\w+"
    r"|дума\w+|мнени\w+|заяв\w+|сообщ\w+|статья|статье|статьи|оценива\w+|называ\w+|объясн\w+|прогноз\w+)\b"
    r"|дейді|деді|айт|пікір|жаз|мақала|мәлімде|болжа"
)
"""Asks for what is said, not only for what is so."""


def _families_naming(name: str, index: Index) -> frozenset[str]:
    """The sources that write of the one who is called so, by the first telling word of the name."""
    words = re.findall(r"[^\W\d_]+", fold(name))
    telling = next((word for word in words if len(word) >= _DISTINCTIVE or has_han(word)), None)
    found = index.lexical.search(telling, len(index.chunks)) if telling is not None else []
    return frozenset(index.documents[index.chunks[number].document_id].family for number, _ in found)


@lru_cache(maxsize=4096)
def is_called(name: str, folded_question: str, keys: frozenset[str], longer: frozenset[str]) -> bool:
    """Whether the question calls `name`: by a known key, or by a distinctive word of it."""
    if keys & {found.key for found in names(name)}:
        return True
    own = re.findall(r"\w+", fold(name))  # a user's name such as night_owl is one word: no owl calls it
    words = [word for word in own if len(word) >= _DISTINCTIVE and word not in ("foundation", "institute")]
    return any(
        re.search(rf"(?<!\w){re.escape(word)}", folded_question) and not _is_in_another(word, own, longer)
        for word in words
    )


def _is_in_another(word: str, own: Sequence[str], longer: frozenset[str]) -> bool:
    """Whether a word of a paper's name is part of another name in the question: Upper Lund is no Lund Post."""
    return word != own[-1] and any(word in name.split() and not set(name.split()) <= set(own) for name in longer)
