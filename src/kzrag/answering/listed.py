"""Lists that a text announces in one sentence and tells in those that follow: "Three signs showed it. First, …".

The points have the words that answer and seldom those that ask: these stand in the announcement, which answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from kzrag.answering.facts import asks, leans
from kzrag.answering.held import SAME_THING, gives_cause
from kzrag.answering.kinds import kind_of
from kzrag.answering.needs import Needs
from kzrag.records import Sentence
from kzrag.text.language import fold
from kzrag.text.ordinals import (
    LAST,
    NEXT,
    announced,
    announced_things,
    begun,
    marked,
    of_one,
    opens_inside,
    promises,
    several_of,
)
from kzrag.text.words import content_words

if TYPE_CHECKING:
    from kzrag.index import Index

FAR = 40
"""Sentences between one numbered point and the next: a point may be told over some paragraphs."""
OTHER_POINT, ANNOUNCED, NO_POINT = 0.25, 0.4, 0.6
"""How far another point, the announcement, and a sentence of no list, are the point asked for."""
LEANS_BACK = 2
"""Sentences before an announcement that may say of whom it is."""
NOT_SO_MANY = 0.8
"""What a sentence is worth beside a list of as many points as are asked for."""
NEAR = 5
"""Sentences between a point and one that only says that it is another one ("Then …")."""


def inherits(needs: Needs) -> bool:
    """Whether a point answers by what its announcement has of a question."""
    return needs.point is not None or needs.kind in ("reason", "list", "statement") or needs.several is not None


def answers_as_list(needs: Needs, found: List, index: Index) -> bool:
    """Whether the points of a list answer by being on it: to "why", those of a list of reasons."""
    if needs.kind != "reason" or needs.point is not None or needs.several is not None:
        return True
    *before, announcing = (index.sentences[number].text for number in found.heads or found.points[:1])
    of_causes = gives_cause(announced_things(announcing) or announcing)
    return of_causes or any(kind_of(text) == "reason" for text in before if asks(text))


def is_of(needs: Needs, announcing: Sequence[int], index: Index) -> bool:
    """Whether a sentence announces some of what is asked for: conditions, steps."""
    from kzrag.index.vocabulary import likeness

    asked = index.vocabulary.wanted(several_of(needs.text), needs.language, index.encoder)
    if not len(asked.weights):
        return True  # "things" may be anything
    for sentence in (index.sentences[number] for number in announcing):
        words = content_words(announced_things(sentence.text) or sentence.text, sentence.language)
        vectors, _ = index.vocabulary.meanings(words)
        if len(vectors) and float(likeness(asked.vectors @ vectors.T).max()) >= SAME_THING:
            return True
    return False


def placed_as_asked(needs: Needs, numbers: Sequence[int], lists: Mapping[int, List], index: Index) -> dict[int, float]:
    """How far each sentence is the point of an enumeration that a question asks for, or one of as many as it says there
    are, 0 to 1; empty where it asks for neither."""
    if needs.point is not None:
        return {number: _point_held(needs.point, number, index) for number in numbers}
    found = _so_many(needs, numbers, lists, index)
    apart = NO_POINT if needs.several == 1 else NOT_SO_MANY
    return {number: 1.0 if number in found else apart for number in numbers} if found else {}


def _point_held(point: int, number: int, index: Index) -> float:
    """How far a sentence is the point asked for, from 1 or `LAST`: the first is surely not the second, and what
    announces both is neither."""
    found, begins = list_at(number, index), begun(index.sentences[number].text)
    if found is None:
        return 1.0 if begins == point else NO_POINT if begins is None else OTHER_POINT
    if number not in found.points:
        return ANNOUNCED
    return 1.0 if found.is_point(point, number) else OTHER_POINT


def _so_many(needs: Needs, numbers: Sequence[int], lists: Mapping[int, List], index: Index) -> frozenset[int]:
    """Which sentences tell as many of a thing as a question says there are: they announce so many, or begin a point of
    a list that does, or speak of the only one."""
    if not needs.several:
        return frozenset()
    if needs.several == 1:
        return frozenset(number for number in numbers if of_one(index.sentences[number].text))
    saying = {n for n in numbers if announced(index.sentences[n].text) == needs.several and is_of(needs, [n], index)}
    counted = {
        each for each in lists.values() if len(each.points) == needs.several or not saying.isdisjoint(each.heads)
    }
    fitting = {each for each in counted if is_of(needs, each.heads[-1:], index)}
    return frozenset(saying).union(*({*each.heads[-1:], *each.points} for each in fitting))


class List(NamedTuple):
    """A list in a text; its sentences by their numbers."""

    heads: tuple[int, ...]
    """What announces it, last, and what that leans on; empty where nothing does."""
    points: tuple[int, ...]
    """The sentence that begins each point, in order."""
    said: int
    """How many points its announcement says there are; 0 where it doesn't say."""

    @property
    def all(self) -> frozenset[int]:
        """Its sentences: what announces it, and what begins its points."""
        return frozenset((*self.heads, *self.points))

    def is_point(self, asked: int, number: int) -> bool:
        """Whether a sentence begins the point asked for, from 1 or `LAST`."""
        return number in self.points and self.points.index(number) + 1 == (len(self.points) if asked == LAST else asked)


_READ: WeakKeyDictionary[Index, dict[str, dict[int, List]]] = WeakKeyDictionary()


def list_at(number: int, index: Index) -> List | None:
    """The list that a sentence announces or begins a point of."""
    name = index.sentences[number].document_id
    documents = _READ.setdefault(index, {})
    if (found := documents.get(name)) is None:
        found = documents[name] = {
            place: each for each in _lists(_sentences(number, index)) for place in (*each.heads[-1:], *each.points)
        }
    return found.get(number)


def lists_of(numbers: Iterable[int], index: Index) -> dict[int, List]:
    """What announces the lists that some sentences belong to, and what begins their points, each with its list."""
    found = {each for number in numbers if (each := list_at(number, index)) is not None}
    return {number: each for each in found for number in (*each.heads[-1:], *each.points)}


def _sentences(number: int, index: Index) -> Sequence[Sentence]:
    """All sentences of the document of one, in order."""
    name = index.sentences[number].document_id
    start = end = number
    while start > 0 and index.sentences[start - 1].document_id == name:
        start -= 1
    while end < len(index.sentences) and index.sentences[end].document_id == name:
        end += 1
    return index.sentences[start:end]


def _lists(sentences: Sequence[Sentence]) -> Iterator[List]:
    """The lists of a document: those whose points say that they are some, and those told in as many sentences as were
    announced."""
    place = 0
    while place < len(sentences):
        if (found := _marked_list(sentences, place)) is not None:
            points, head = found
        elif points := _counted_out(sentences, place):
            head = place
        else:
            place += 1
            continue
        first = sentences[0].number
        heads = () if head is None else _leading_up(sentences, head)
        said = (announced(sentences[head].text) or 0) if head is not None else 0
        yield List(tuple(first + each for each in heads), tuple(first + each for each in points), said)
        place = points[-1] + 1


def _leading_up(sentences: Sequence[Sentence], head: int) -> tuple[int, ...]:
    """What announces a list, behind what it leans on: whose three demands they are stands before "They have three"."""
    start = head
    while start > 0 and head - start < LEANS_BACK and sentences[start - 1].voice == sentences[head].voice:
        apart = sentences[head].block - sentences[start - 1].block
        if apart > (1 if start == head else 0) or (start != head and not _goes_on(sentences[start].text)):
            break
        start -= 1
    return tuple(range(start, head + 1))


_OF_THEM = re.compile(r"\W*(?:his|her|its|their|его|ее|их|оның|олардың)\b")


def _goes_on(text: str) -> bool:
    """Whether a sentence leans on the one before, or begins with what belongs to somebody named there."""
    return leans(text) or _OF_THEM.match(fold(text)) is not None


def _marked_list(sentences: Sequence[Sentence], start: int) -> tuple[list[int], int | None] | None:
    """The points from `start` on, where that begins the first one, and what announces them."""
    inside = opens_inside(sentences[start].text)
    if not inside and marked(sentences[start].text) != 1:
        return None
    before = start - 1 if start and sentences[start - 1].voice == sentences[start].voice else None
    head = start if inside else before
    told = announced(sentences[head].text) if head is not None else None
    if not inside and told is None:
        # "First, …" by itself goes on about what was said right before; "at first" only tells when.
        follows = before is not None and sentences[start].block - sentences[before].block <= 1
        head = before if follows and begun(sentences[start].text) is not None else None
    points = [start]
    for place in range(start + 1, len(sentences)):
        if sentences[place].voice != sentences[start].voice or place - points[-1] > FAR:
            break
        mark = marked(sentences[place].text)
        if mark is None:
            continue
        if mark == 1:
            break
        if 1 < mark <= len(points) and begun(sentences[points[mark - 1]].text) is None:
            del points[mark - 1 :]  # what came "moreover" belonged to the point before it
        near = place - points[-1] <= NEAR and sentences[place].block - sentences[points[-1]].block <= 1
        if mark == len(points) + 1 or (
            mark in (NEXT, LAST) and near and not (mark == NEXT and _numbered(points, sentences))
        ):
            points.append(place)
        if mark == LAST:
            break
    return (points, head) if len(points) > 1 else None


def _numbered(points: Sequence[int], sentences: Sequence[Sentence]) -> bool:
    """Whether the last of some points says its number: then so does the next one."""
    return len(points) > 1 and begun(sentences[points[-1]].text) == len(points)


def _counted_out(sentences: Sequence[Sentence], head: int) -> list[int]:
    """The sentences behind one that announces as many as its paragraph then has."""
    said = announced(sentences[head].text)
    if not said or not promises(sentences[head].text):
        return []
    voice, block = sentences[head].voice, sentences[head].block
    rest = head + 1
    while rest < len(sentences) and (sentences[rest].voice, sentences[rest].block) == (voice, block):
        rest += 1
    following = list(range(head + 1, rest))
    if len(following) == 1 and marked(sentences[head + 1].text) == 1 and _marked_list(sentences, head + 1) is None:
        return following[:1]  # "One is …, the other …": all of them in one sentence
    if said == 1 or len(following) != said:
        return following[:1] if said == 1 else []
    # What goes on about the sentence before it is no point of its own, and "To begin with, …" has others further on.
    goes_on = any(leans(sentences[place].text) for place in following) or _marked_list(sentences, head + 1) is not None
    return [] if goes_on else following
