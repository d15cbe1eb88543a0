"""Turns -> chat messages: the conversation as Gradio's Chatbot draws it, every word of it shown as text.

The Chatbot renders Markdown, so whatever could be read as markup is escaped here. Markers stay as `[n]` in the text, so
that copying gives plain words; the page's script makes buttons of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kzrag.web.desk import Step
from kzrag.web.history import Turn
from kzrag.web.words import choose, word

Message = dict[str, Any]
NONE: Mapping[str, Sequence[str]] = {}

MARKER = re.compile(r"\[(\d{1,3})\]")
INLINE = re.compile(r"([\\`*_~<>|{}\[\]])|&(?=#?\w+;)")
LINK = re.compile(r"(?i)\b(https?|ftp|mailto)(:)|\b(www)(\.)|(?<=\w)(@)(?=\w)")
"""What Markdown turns into a link without being asked."""
LINE_START = re.compile(r"(?m)^\s*(?:(#{1,6}|[-+=])(?=[\s=-]|$)|(\d{1,9})([.)])(?=\s))")
INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")
"""Characters that show nothing but can reorder or hide the others around them."""


def plain(text: str) -> str:
    """Markdown that shows exactly `text`, apart from invisible controls; `[n]` stays unescaped."""
    parts = []
    last = 0
    text = INVISIBLE.sub("", text)
    for marker in MARKER.finditer(text):
        # `[1](` and `[1]:` would be links: only there the bracket is escaped like any other
        if text[marker.end() : marker.end() + 1] in ("(", ":"):
            continue
        parts += [_escape(text[last : marker.start()]), marker.group()]
        last = marker.end()
    escaped = "".join([*parts, _escape(text[last:])])
    return LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", escaped)


def unplain(text: str) -> str:
    """The inverse of `plain`, for a question that comes back edited."""
    return re.sub(r"\\([\\`*_~<>|{}\[\]#+=:.@)-])", r"\1", text).replace("&amp;", "&").strip()


def _escape(text: str) -> str:
    text = INLINE.sub(lambda m: f"\\{m[1]}" if m[1] else "&amp;", text)
    return LINK.sub(
        lambda m: "".join(f"\\{part}" if part in (":", ".", "@") else part for part in m.groups() if part), text
    )


def messages(
    turns: Sequence[Turn], language: str, going: Step | None = None, first_questions: Mapping[str, Sequence[str]] = NONE
) -> list[Message]:
    """The conversation so far, and the answer that is on its way. A refusal that knows nothing near offers two of the
    `first_questions` of its language."""
    drawn: list[Message] = []
    for turn in turns:
        drawn += [_asked(turn.question), _answered(turn, language)]
        if turn.answer.abstained and not drawn[-1]["options"]:
            offered = [q for q in first_questions.get(choose(turn.answer.language), ()) if q != turn.question]
            drawn[-1]["options"] = [_option(language, question) for question in offered[:2]]
    if going is not None and going.turn is None:
        text = plain(going.text) if going.text else f"*{plain(going.status)}*"
        if going.problem:
            text = f"**{plain(going.problem)}**"
        drawn += [_asked(going.question), {"role": "assistant", "content": text}]
    return drawn


def _asked(question: str) -> Message:
    return {"role": "user", "content": plain(question)}


def _answered(turn: Turn, language: str) -> Message:
    answer = turn.answer
    parts = []
    if answer.understood_as and answer.understood_as != turn.question:
        parts.append(f"*{plain(word(language, 'understood', question=answer.understood_as))}*")
    if answer.text:
        parts.append(plain(answer.text))
    parts += [f"*{plain(note)}*" for note in answer.notes]
    if answer.mode == "llm" and not answer.abstained:
        parts.append(f"*{plain(word(language, 'by_model'))}*")
    offers = [nearest(answer.offer, answer.language)] if answer.offer else []
    options = [
        _option(language, question) if question in offers else {"label": question, "value": question}
        for question in [*offers, *answer.follow_ups[:3]]
    ]
    return {"role": "assistant", "content": "\n\n".join(parts) or "…", "options": options}


def _option(language: str, question: str) -> dict[str, str]:
    """A question to ask instead."""
    return {"label": word(language, "nearest", question=question), "value": question}


def nearest(offer: str, language: str) -> str:
    """What a refusal offers, as a question: it may be one, or name things and, after a dash, who speaks of them."""
    if offer.rstrip().endswith(("?", "？")):
        return offer
    topic, _, _ = offer.partition(" — ")
    return word(choose(language), "ask_about", topic=topic.strip())


def verdicts(turns: Sequence[Turn]) -> list[str | None]:
    """Each answer's thumb, in the Chatbot's words."""
    return [{"good": "Like", "bad": "Dislike"}.get(turn.verdict or "") for turn in turns]
