"""What each act of a reader changes on the page, as plain values: no Gradio here.

An `Update` maps the name of a component (those of `page`) to its new value, or to `Props` of it. Acts get the user's
name from the server and ids and words from the page; whatever the page says is checked against the store.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kzrag.errors import KzragError
from kzrag.records import Document
from kzrag.web import chat, export
from kzrag.web.article import Span, article
from kzrag.web.desk import QUESTION_LIMIT, Desk, Step
from kzrag.web.draw import draw
from kzrag.web.evidence import evidence, speaker
from kzrag.web.guard import Limiter
from kzrag.web.history import Turn
from kzrag.web.sources import choices, families
from kzrag.web.timeline import dates_in, timeline
from kzrag.web.words import LANGUAGES, choose, date, word

Update = dict[str, Any]
Data = Mapping[str, Any]
"""What the page's script sends with a click."""

SIGNALS = ("show", "read", "say", "manage", "remove")
"""What the page's script tells the server: show a turn's evidence, open an article, ask, change the history, …"""
LABELS = {
    "evidence_tab": "evidence",
    "timeline_tab": "timeline",
    "sources_tab": "sources",
    "history_tab": "history",
    "comment": "comment",
    "language": "language",
}
VALUES = {"send": "send", "stop": "stop", "new": "new", "dark": "theme", "comment_send": "comment_send"}
"""Components whose label, or whose value, is a word of the page."""


GRADIO_NAMES = {
    "Clear": "clear",
    "Copy message": "copy",
    "Copied message": "copied",
    "Edit": "edit",
    "Retry": "retry",
    "Like": "like",
    "Dislike": "dislike",
    "More tabs": "more_tabs",
    "Submit": "send",
    "Cancel": "cancel",
    "chatbot conversation": "conversation",
    "examples": "first_questions",
}
"""What Gradio calls its own buttons; the page's script puts our words in their place."""


class Props(dict[str, Any]):
    """Properties of a component to change, its value among them or not."""


class Acts:
    """Everything a reader can do, but adding documents."""

    def __init__(self, desk: Desk, limiter: Limiter, questions: Mapping[str, Sequence[str]]) -> None:
        self.desk = desk
        self.limiter = limiter
        self.questions = questions
        """The first questions to offer, by language."""

    # Asking.

    def ask(
        self,
        user: str,
        client: str,
        text: str,
        *,
        identity: str,
        tag: str,
        ticked: Sequence[str],
        again_from: int | None = None,
    ) -> Iterator[Update]:
        """Ask, and show the answer as it comes; what stands `around` it is for afterwards."""
        text = text.strip()
        if not text:
            return
        turns = self.desk.history.turns(user, identity)[:again_from]
        if self.limiter.allows(client):
            steps = self.desk.ask(user, identity or None, text, language=tag, documents=ticked, again_from=again_from)
        else:
            steps = iter([Step(identity, text, problem=word(tag, "too_fast"))])
        named = identity
        step = Step(identity, text)
        update: Update = {"question": ""}
        for step in steps:
            if step.conversation != named:
                named = update["conversation"] = step.conversation
            if step.turn is None and not step.problem:
                yield update | {"log": chat.messages(turns, tag, step)}
                update = {}
        turns = self.desk.history.turns(user, named)
        log = self.log(turns, tag, step if step.problem else None)
        # Where no turn was taken back the thumbs stand, and the Chatbot need not be made anew for the messages alone.
        yield update | {"log": log if again_from is not None else log["value"], "conversation": named}

    def stop(self, user: str, identity: str) -> None:
        self.desk.stop(user, identity)

    # What is shown.

    def conversation(self, user: str, identity: str, tag: str, going: Step | None = None) -> Update:
        """Everything that depends on the conversation; an empty `identity` is a new one."""
        turns = self.desk.history.turns(user, identity)
        log = self.log(turns, tag, going)
        return {"log": log, "conversation": identity, **self.around(user, identity, tag, turns)}

    def log(self, turns: Sequence[Turn], tag: str, going: Step | None = None) -> Props:
        """What was said, and the thumbs."""
        return Props(value=chat.messages(turns, tag, going, self.questions), feedback_value=chat.verdicts(turns))

    def around(self, user: str, identity: str, tag: str, turns: Sequence[Turn] | None = None) -> Update:
        """What stands around a conversation: the evidence of its last turn, the list of all, the words on markers.

        `turns` are the conversation's, where they have been read.
        """
        turns = self.desk.history.turns(user, identity) if turns is None else turns
        return {
            "tips": draw("tips", tag, turns=turns, who=lambda citation: speaker(citation, tag), date=date),
            **self.kept(user, identity, tag),
            "comment_row": Props(visible=False),
            **self.beside(turns, tag),
        }

    def beside(self, turns: Sequence[Turn], tag: str, at: int | None = None) -> Update:
        """The side panels for one turn, the last when not said which."""
        if not turns:
            return {"cards": draw("evidence", tag, view=None), "line": draw("timeline", tag, view=None)}
        number = at if at is not None and 0 <= at < len(turns) else len(turns) - 1
        turn, documents = turns[number], self.desk.documents()
        return {
            "cards": draw("evidence", tag, view=evidence(number, turn.question, turn.answer, documents, tag)),
            "line": draw("timeline", tag, view=timeline(number, turn.answer, documents, tag, dates_in)),
        }

    def show(self, user: str, identity: str, tag: str, data: Data) -> Update:
        """The evidence of an earlier answer."""
        return self.beside(self.desk.history.turns(user, identity), tag, _whole(data.get("turn")))

    def kept(self, user: str, identity: str, tag: str) -> Update:
        """The list of the user's conversations, all of them."""
        return {"find": "", "kept": self.found(user, identity, tag, "")}

    def found(self, user: str, identity: str, tag: str, words: str) -> str:
        """The conversations that hold these words; all of them for none."""
        conversations = self.desk.history.conversations(user, words[:QUESTION_LIMIT])
        return draw("history", tag, conversations=conversations, current=identity, date=date, sought=words.strip())

    def read(self, user: str, identity: str, tag: str, data: Data) -> Update:
        """An article, with what an answer of this conversation cites of it marked."""
        turns = self.desk.history.turns(user, identity)
        at, wanted = _whole(data.get("turn")), str(data.get("document", ""))
        answer = turns[at].answer if at is not None and 0 <= at < len(turns) else None
        view = article(
            wanted,
            self.desk.documents(),
            tag,
            answer=answer,
            turn=at if answer is not None and at is not None else -1,
            focus=_whole(data.get("number")),
            beside=bool(data.get("beside")),
            align=aligned,
        )
        return {"reading": draw("article", tag, view=view, asked=wanted, opened=secrets.token_hex(4))}

    # The page itself.

    def arrive(self, user: str, hints: str | None, identity: str) -> Iterator[Update]:
        """A page is opened: `hints` are its language or the browser's, `identity` the conversation of its address.

        While the index is being built, the page is there already and says so.
        """
        tag = hints if hints in LANGUAGES else choose(hints)
        owned = identity if self.desk.history.owns(user, identity) else ""
        if not self.desk.ready:
            yield self.labels(tag) | {"asking": draw("hint", tag, text=word(tag, "preparing"))}
        try:
            self.desk.documents()
        except KzragError as error:
            yield self.labels(tag) | {"asking": draw("hint", tag, text=str(error))}
            return
        yield self.speak(user, tag, owned, ())

    def speak(self, user: str, tag: str, identity: str, ticked: Sequence[str]) -> Update:
        """All of the page in the language `tag`."""
        return joined(self.conversation(user, identity, tag), self.sources(tag, ticked), self.labels(tag))

    def sources(self, tag: str, ticked: Sequence[str]) -> Update:
        """The corpus as a list, and the ticks that say whom to ask."""
        documents = list(self.desk.documents().values())
        there = [identity for identity in ticked if identity in self.desk.documents()]
        return {
            "listed": draw("sources", tag, families=families(documents, tag), count=len(documents)),
            "only": Props(
                choices=choices(documents, tag),
                value=there,
                label=word(tag, "sources_filter"),
                info=word(tag, "sources_filter_hint"),
            ),
            "asking": self.asking(tag, there),
        }

    def asking(self, tag: str, ticked: Sequence[str]) -> str:
        """The line that reminds of the filter; nothing when all are asked."""
        count = len(self.desk.documents())
        return draw("asking", tag, n=len(ticked), all=count) if ticked and len(ticked) < count else ""

    def labels(self, tag: str) -> Update:
        """The page's own words."""
        update: Update = {
            "brand": draw("brand", tag, buttons={name: word(tag, key) for name, key in GRADIO_NAMES.items()}),
            "question": Props(label=word(tag, "question_label"), placeholder=word(tag, "question_hint")),
            "log": Props(
                label=word(tag, "conversation"),
                placeholder=draw("welcome", tag),
                examples=[{"text": text} for text in self.questions.get(tag, ())],
            ),
            "find": Props(label=word(tag, "find"), placeholder=word(tag, "find")),
        }
        update |= {component: Props(label=word(tag, key)) for component, key in LABELS.items()}
        update |= {component: Props(value=word(tag, key)) for component, key in VALUES.items()}
        update["language"]["value"] = tag
        return update

    # The history.

    def manage(self, user: str, identity: str, tag: str, data: Data) -> Update:
        """Open, rename, delete or export a conversation."""
        chosen, act = str(data.get("conversation", "")), data.get("act")
        history = self.desk.history
        found = {c.id: c for c in history.conversations(user)}.get(chosen)
        if found is not None and act == "open":
            return self.conversation(user, chosen, tag)
        if found is not None and act == "delete":
            history.delete(user, chosen)
            if chosen == identity:
                return self.conversation(user, "", tag)
        if found is not None and act == "rename":
            history.rename(user, chosen, str(data.get("title", ""))[:QUESTION_LIMIT])
        if found is not None and act in ("markdown", "json"):
            turns = history.turns(user, chosen)
            text = export.to_json(found, turns) if act == "json" else export.to_markdown(found, turns, tag)
            name = export.file_name(found, ".json" if act == "json" else ".md")
            return {"outbox": draw("outbox", tag, name=name, text=text, sent=secrets.token_hex(4))}
        return self.kept(user, identity, tag)

    # What readers think.

    def judge(self, user: str, identity: str, number: int, *, good: bool) -> Update:
        """A thumb; a comment may follow."""
        kept = self.desk.history.judge(user, identity, number, verdict="good" if good else "bad")
        return {"judged": number, "comment_row": Props(visible=kept), "comment": ""}

    def comment(self, user: str, identity: str, number: int, text: str) -> Update:
        if text.strip():
            self.desk.history.judge(user, identity, number, comment=text.strip()[:QUESTION_LIMIT])
        return {"comment_row": Props(visible=False), "comment": ""}


def joined(*parts: Update) -> Update:
    """Updates of one moment; two for the same component become one."""
    whole: Update = {}
    for part in parts:
        for name, update in part.items():
            before = whole.get(name)
            if isinstance(before, Props) and isinstance(update, Props):
                whole[name] = Props({**before, **update})
            else:
                whole[name] = update
    return whole


def aligned(one: Document, other: Document) -> Sequence[tuple[Span, Span]]:
    """What two versions of an article say in common, by the corpus's own alignment."""
    from kzrag.corpus.alignment import align

    return align(one, other)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
