"""A language model's reply as it streams in: cut into sentences, freed of markup, its keys and quotations read.

Pure text: what a sentence's sources say about it is the gate's business.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kzrag.answering.prompts import KEY_LENGTH
from kzrag.text.language import fold
from kzrag.text.sentences import sentence_spans

LONGEST_SENTENCE = 1500
"""Characters without an end of sentence after which a reply is no prose any more."""
_LOOKAHEAD = 12
"""Characters that must follow a full stop before it is believed: "U.S." is known by the word after it."""
_LONGEST_QUOTE = 600
"""Characters for which a sentence is kept together because a quotation is open."""
_LONGEST_TAG = 200
"""Characters after which an opened bracket is a bracket and no longer the beginning of a key or a link."""

_FIRST_MARK = 0xE000
"""Keys are held in the text as private characters, which no segmenter cuts at and no article has."""
_LAST_MARK = 0xF8FF
_MARKS = f"[{chr(_FIRST_MARK)}-{chr(_LAST_MARK)}]"

_KEY = re.compile(rf"(?<![a-z0-9])k[a-z0-9]{{{KEY_LENGTH}}}(?![a-z0-9])")
_LINK = re.compile(r"(?P<image>!?)\[(?P<words>[^\[\]\n]*)\]\([^()\n]*\)")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)\b[^<>\n]{0,200}>")
_BRACKETED = re.compile(
    r"[\[【［〔]([^\[\]【】［］〔〕\n]{0,120})[\]】］〕]|[(（]\s*(k[a-z0-9]{5}(?:[\s,;，、；]+k[a-z0-9]{5})*)\s*[)）]"
)
_AFTER_STOP = re.compile(rf"([.!?…。！？；]+[\"'”’»）)」』]*)([ \t]*{_MARKS}(?:[ \t]*{_MARKS})*)")
_LINE_HEAD = re.compile(r"(?m)^[ \t]*(?:#{1,6}[ \t]+|>[ \t]+|[*+•–—-][ \t]+|\d{1,2}[.)][ \t]+(?=\S))")
_EMPHASIS = re.compile(r"\*\*|__|`+|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")
_SPACE_BEFORE_STOP = re.compile(r"[ \t]+([.,;:!?。，；：！？])")
_QUOTATION = re.compile(r"“([^“”]+)”|«([^«»]+)»|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"")
_OPENERS, _CLOSERS = "“«「『", "”»」』"
_THOUGHTS = ("think", "thinking", "thought", "reasoning")
"""Tags in which reasoning models put what is not meant for the reader."""
_TRAILING = ".,;:!?。，；：！？…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a reply, without its keys."""

    text: str
    keys: tuple[str, ...]
    """The offered keys it names, each once."""
    invented: bool
    """Whether it also names something that was not offered."""
    starts_paragraph: bool


class Cutter:
    """Turns a stream of text into sentences as soon as each is complete."""

    def __init__(self, keys: Collection[str]) -> None:
        self._keys = frozenset(keys)
        self._raw = ""
        self._text = ""
        self._marks: list[tuple[str, ...]] = []
        self._thinking = False
        self._first = True
        self._ended = True

    def feed(self, piece: str) -> list[Piece]:
        """The sentences that `piece` completes."""
        self._raw += piece
        safe = _safe_end(self._raw)
        self._absorb(self._raw[:safe])
        self._raw = self._raw[safe:]
        return self._cut(final=False)

    def close(self, *, complete: bool = True) -> list[Piece]:
        """What is left; a sentence without its end is dropped when the reply was not `complete`."""
        self._absorb(self._raw)
        self._raw = ""
        rest = self._cut(final=True)
        if rest and not complete and not self._ended:
            rest.pop()
        return rest

    @property
    def endless(self) -> bool:
        """Whether the reply has gone on for too long without an end of sentence."""
        return len(self._text) + len(self._raw) > LONGEST_SENTENCE

    def _absorb(self, raw: str) -> None:
        """Add to the text without thoughts, tags and links, each bracketed key as a private character."""
        raw = re.sub(_MARKS, "", raw)
        kept, position = "", 0
        for tag in _TAG.finditer(raw):
            before = raw[position : tag.start()]
            thought = tag["name"].lower() in _THOUGHTS
            if thought and tag["end"] and not self._thinking:
                kept = before = self._text = ""  # the template opened the thought, only its end is in the reply
            if not self._thinking:
                kept += before
            if thought:
                self._thinking = not tag["end"]
            position = tag.end()
        if not self._thinking:
            kept += raw[position:]
        kept = _LINK.sub(lambda link: "" if link["image"] else link["words"], kept)
        kept = _BRACKETED.sub(lambda group: self._mark(group[1] or group[2] or "", group.group()), kept)
        self._text += _KEY.sub(lambda key: self._mark(key[0], key[0]) if key[0] in self._keys else key[0], kept)

    def _mark(self, inside: str, whole: str) -> str:
        keys = tuple(_KEY.findall(inside.lower()))
        if not keys and any(character.isalpha() for character in inside) and not re.search(r"\d", inside):
            return inside  # an editor's brackets: [sic]
        if whole[0] in "(（" and not keys:
            return whole
        self._marks.append(keys)
        return chr(_FIRST_MARK + (len(self._marks) - 1) % (_LAST_MARK - _FIRST_MARK))

    def _cut(self, *, final: bool) -> list[Piece]:
        text = _AFTER_STOP.sub(r"\2\1", _EMPHASIS.sub("", _LINE_HEAD.sub("", self._text)))
        spans = _whole_quotations(text, sentence_spans(text))
        pieces: list[Piece] = []
        position = 0
        for start, end in spans:
            if not final and len(text) - end < _LOOKAHEAD:
                break
            between = text[position:start]
            piece = self._piece(text[start:end], "\n" in between and not self._first)
            self._ended = text[end - 1] in _TRAILING + _CLOSERS + "\"')）" or piece.keys != ()
            position = end
            if piece.text:
                pieces.append(piece)
                self._first = False
        self._text = "" if final else text[position:]
        return pieces

    def _piece(self, text: str, starts_paragraph: bool) -> Piece:
        named: list[str] = []
        invented = False
        for mark in re.findall(_MARKS, text):
            keys = self._marks[ord(mark) - _FIRST_MARK]
            named += keys
            invented = invented or not keys
        words = _SPACE_BEFORE_STOP.sub(r"\1", " ".join(re.sub(_MARKS, " ", text).split()))
        known = tuple(dict.fromkeys(key for key in named if key in self._keys))
        return Piece(words, known, invented or len(set(named)) > len(known), starts_paragraph)


def exact_quotations(text: str, quotes: Sequence[str]) -> tuple[str, bool]:
    """`text` with every quotation letter by letter as in one of `quotes`, and whether all of them were found there.

    What differs only in case, width, accents or kind of quotation mark becomes the source's own letters; what the
    sources don't have in this form (a translation, a paraphrase) loses its marks.
    """
    found_all = True

    def exact(match: re.Match[str]) -> str:
        nonlocal found_all
        inner = next(group for group in match.groups() if group)
        core = inner.strip().rstrip(_TRAILING)
        tail = inner.strip()[len(core) :]
        whole = match.group()
        for candidate, after in ((inner, ""), (core, tail)):
            original = _as_written(candidate, quotes)
            if original is not None:
                return f"{whole[0]}{original}{whole[-1]}{after}"
        found_all = False
        return inner

    return _QUOTATION.sub(exact, text), found_all


def own_words(text: str, quotes: Sequence[str]) -> str:
    """`text` without its verbatim quotations: the words the model chose itself."""

    def unless_verbatim(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group)
        return match.group() if _as_written(inner, quotes) is None else " "

    return _QUOTATION.sub(unless_verbatim, text)


def without_thoughts(text: str) -> str:
    """A whole reply without what a reasoning model thinks aloud, without links and tags."""
    cutter = Cutter(())
    cutter._absorb(text)
    return re.sub(_MARKS, "", cutter._text)


def _as_written(words: str, quotes: Sequence[str]) -> str | None:
    """The stretch of one of `quotes` that reads like `words`, on one line."""
    parts = _unmarked(words).split()
    if not parts:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    for quote in quotes:
        if (match := pattern.search(_unmarked(quote))) is not None:
            return " ".join(quote[match.start() : match.end()].split())
    return None


def _unmarked(text: str) -> str:
    """Folded, single and double marks alike: a quotation within a quotation changes its marks. Of the same length."""
    return fold(text).replace('"', "'")


def _safe_end(raw: str) -> int:
    """Up to where `raw` can be read already: before a bracket or tag of which the end is still to come."""
    tail = max(0, len(raw) - _LONGEST_TAG)
    end, before = len(raw), -1
    while end != before:  # what is held back may have been another bracket's end
        before = end
        for opener, closer in ("<>", "[]", "【】", "［］", "〔〕", "()", "（）"):
            start = raw.rfind(opener, tail, end)
            if start >= 0 and closer not in raw[start:end]:
                end = start
        if raw[:end].endswith("]"):  # "](" would make it a link
            end = max(raw.rfind("[", tail, end), tail)
        if raw[:end].endswith("!"):  # and "![" an image
            end -= 1
        # A bare key may be cut in two between the pieces of a stream.
        if (partial := re.search(rf"(?<![a-z0-9])k[a-z0-9]{{0,{KEY_LENGTH}}}$", raw[:end])) is not None:
            end = partial.start()
    return end


def _whole_quotations(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, with those joined that a quotation goes through."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined:
            first = joined[-1][0]
            before = text[first : joined[-1][1]]
            opened = sum(before.count(mark) for mark in _OPENERS) - sum(before.count(mark) for mark in _CLOSERS)
            straight = before.count('"') % 2 == 1
            if (opened > 0 or straight) and end - first <= _LONGEST_QUOTE:
                joined[-1] = (first, end)
                continue
        joined.append((start, end))
    return joined
