"""A conversation as a file to keep or to hand on: Markdown for people, JSON for programs. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kzrag.web.chat import plain
from kzrag.web.evidence import safe_url, speaker
from kzrag.web.history import Conversation, Turn
from kzrag.web.words import date, word


def to_json(conversation: Conversation, turns: Sequence[Turn]) -> str:
    """Everything, with each answer as `Answer.to_dict` gives it."""
    return json.dumps(
        {
            "title": conversation.title,
            "created": conversation.created,
            "turns": [
                {"question": t.question, "asked": t.asked, "stopped": t.stopped, "verdict": t.verdict}
                | {"answer": t.answer.to_dict()}
                for t in turns
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def to_markdown(conversation: Conversation, turns: Sequence[Turn], language: str) -> str:
    """Questions, answers, disagreements, and every citation in full."""
    lines = [f"# {plain(conversation.title)}", "", date(language, conversation.created[:10]), ""]
    for turn in turns:
        lines += [f"## {plain(turn.question)}", "", plain(turn.answer.text), ""]
        lines += [f"*{plain(note)}*\n" for note in turn.answer.notes]
        for disagreement in turn.answer.disagreements:
            lines += [f"**{plain(word(language, 'disagree'))}: {plain(disagreement.topic)}**", ""]
            for side in disagreement.positions:
                numbers = "".join(f"[{number}]" for number in side.citations)
                lines.append(f"- {plain(side.claim)} {numbers}")
            lines.append("")
        for citation in turn.answer.citations:
            facts = [speaker(citation, language), citation.title, date(language, citation.published)]
            lines.append(f"[{citation.number}] " + plain(", ".join(fact for fact in facts if fact)))
            lines.append(f"> {plain(' '.join(citation.quote.split()))}")
            place = f"{citation.document_id}, {citation.start}–{citation.end}"
            url = safe_url(citation.url)
            lines += [f"> ({plain(place)}{', <' + url.replace('>', '%3E') + '>' if url else ''})", ""]
    return "\n".join(lines).rstrip() + "\n"


def file_name(conversation: Conversation, suffix: str) -> str:
    """A name that any file system takes."""
    kept = "".join(ch if ch.isalnum() else "-" for ch in conversation.title)
    return ("-".join(part for part in kept.split("-") if part)[:60] or "conversation") + suffix
