"""Conversations and what readers thought of the answers, kept in one SQLite file.

Each conversation belongs to one user and is reached only through that user's name; the page sends ids and words, never
a history of its own. Answers are kept whole, so that a card, an export or an eval case can be made from them later.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from kzrag.errors import KzragError
from kzrag.records import Answer, Citation, Disagreement, Position
from kzrag.settings import Settings
from kzrag.text.language import fold

Verdict = Literal["good", "bad"]

HISTORY_FILE = "conversations.sqlite3"
"""Under `Settings.home`."""
TITLE_LENGTH = 80
"""Characters of a conversation's title: about one line of the list."""
WAIT = 10.0
"""Seconds to wait for another process that is writing."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS conversation_of_user ON conversation (user, updated);
CREATE TABLE IF NOT EXISTS turn (
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    question TEXT NOT NULL, answer TEXT NOT NULL, asked TEXT NOT NULL, stopped INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (conversation, number));
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY, user TEXT NOT NULL, conversation TEXT NOT NULL, number INTEGER NOT NULL,
    verdict TEXT, comment TEXT NOT NULL DEFAULT '', given TEXT NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL,
    UNIQUE (conversation, number));
"""


@dataclass(frozen=True, slots=True)
class Conversation:
    id: str
    title: str
    created: str
    updated: str
    questions: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and the answer it got."""

    question: str
    answer: Answer
    asked: str
    """ISO time, UTC."""
    stopped: bool = False
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thought of an answer, with the answer as it was then."""

    user: str
    given: str
    verdict: Verdict | None
    comment: str
    question: str
    answer: Answer

    def to_case(self) -> dict[str, Any]:
        """The beginnings of an eval case: what was asked, what was said and whether a reader agreed."""
        return {
            "question": self.question,
            "language": self.answer.language,
            "verdict": self.verdict,
            "comment": self.comment,
            "answer": self.answer.to_dict(),
            "given": self.given,
        }


class History:
    """The store. Safe to use from several threads and processes: each call has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._connected() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(SCHEMA)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            db = sqlite3.connect(self.path, timeout=WAIT)
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA foreign_keys = ON")
        except sqlite3.Error as error:
            raise KzragError(
                f"The conversations in {self.path} can't be opened ({error}); move the file away to start afresh."
            ) from error
        try:
            with db:
                yield db
        finally:
            db.close()

    def conversations(self, user: str, containing: str = "") -> list[Conversation]:
        """A user's conversations, the latest first; those that hold all words of `containing` in their title, in a
        question or in an answer."""
        words = fold(containing).split()

        def holds(text: str | None) -> bool:
            said = fold(text or "")
            return all(word in said for word in words)

        with self._connected() as db:
            db.create_function("holds", 1, holds, deterministic=True)
            rows = db.execute(
                "SELECT id, title, created, updated, (SELECT count(*) FROM turn WHERE conversation = id) AS questions"
                " FROM conversation WHERE user = ? AND (holds(title) OR EXISTS (SELECT 1 FROM turn"
                " WHERE conversation = id AND holds(question || char(10) || json_extract(answer, '$.text'))))"
                " ORDER BY updated DESC, rowid DESC",
                (user,),
            ).fetchall()
        return [Conversation(**dict(row)) for row in rows]

    def start(self, user: str, first_question: str) -> str:
        """A new conversation, called after its first question; its id."""
        identity, moment = secrets.token_urlsafe(9), now()
        with self._connected() as db:
            db.execute(
                "INSERT INTO conversation (id, user, title, created, updated) VALUES (?, ?, ?, ?, ?)",
                (identity, user, _title(first_question), moment, moment),
            )
        return identity

    def owns(self, user: str, conversation: str | None) -> bool:
        with self._connected() as db:
            found = db.execute("SELECT 1 FROM conversation WHERE id = ? AND user = ?", (conversation, user)).fetchone()
        return found is not None

    def turns(self, user: str, conversation: str | None) -> list[Turn]:
        """The turns of a conversation in order; none when it is not this user's."""
        with self._connected() as db:
            rows = db.execute(
                "SELECT t.question, t.answer, t.asked, t.stopped, f.verdict FROM turn t"
                " JOIN conversation c ON c.id = t.conversation"
                " LEFT JOIN feedback f ON f.conversation = t.conversation AND f.number = t.number"
                " WHERE c.id = ? AND c.user = ? ORDER BY t.number",
                (conversation, user),
            ).fetchall()
        return [
            Turn(
                row["question"],
                answer_from(json.loads(row["answer"])),
                row["asked"],
                bool(row["stopped"]),
                row["verdict"],
            )
            for row in rows
        ]

    def add(self, user: str, conversation: str, turn: Turn) -> None:
        """Append a turn; nothing happens when the conversation is gone or another user's."""
        with self._connected() as db:
            changed = db.execute(
                "UPDATE conversation SET updated = ? WHERE id = ? AND user = ?", (now(), conversation, user)
            )
            if changed.rowcount:
                db.execute(
                    "INSERT INTO turn (conversation, number, question, answer, asked, stopped) SELECT ?,"
                    " (SELECT coalesce(max(number) + 1, 0) FROM turn WHERE conversation = ?), ?, ?, ?, ?",
                    (conversation, conversation, turn.question, _json(turn.answer), turn.asked, turn.stopped),
                )

    def cut(self, user: str, conversation: str, number: int) -> None:
        """Forget the turns from `number` on, to ask again from there."""
        with self._connected() as db:
            if db.execute("SELECT 1 FROM conversation WHERE id = ? AND user = ?", (conversation, user)).fetchone():
                db.execute("DELETE FROM turn WHERE conversation = ? AND number >= ?", (conversation, number))
                # The verdict was about the answer that is gone: keep it for the evals, free its place.
                db.execute(
                    "UPDATE feedback SET number = -id WHERE conversation = ? AND number >= ?", (conversation, number)
                )

    def rename(self, user: str, conversation: str, title: str) -> None:
        with self._connected() as db:
            db.execute(
                "UPDATE conversation SET title = ? WHERE id = ? AND user = ?", (_title(title), conversation, user)
            )

    def delete(self, user: str, conversation: str) -> None:
        """Delete a conversation with its turns, and what the user said about them."""
        with self._connected() as db:
            if db.execute("DELETE FROM conversation WHERE id = ? AND user = ?", (conversation, user)).rowcount:
                db.execute("DELETE FROM feedback WHERE conversation = ?", (conversation,))

    def judge(
        self, user: str, conversation: str, number: int, *, verdict: Verdict | None = None, comment: str | None = None
    ) -> bool:
        """Keep a thumb or a comment with the answer it is about; what is not given stays. False for no such answer."""
        turns = self.turns(user, conversation)
        if not 0 <= number < len(turns):
            return False
        turn = turns[number]
        with self._connected() as db:
            db.execute(
                "INSERT INTO feedback (user, conversation, number, verdict, comment, given, question, answer)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (conversation, number) DO UPDATE SET"
                " verdict = coalesce(excluded.verdict, verdict), given = excluded.given,"
                " comment = CASE excluded.comment WHEN '' THEN comment ELSE excluded.comment END",
                (user, conversation, number, verdict, comment or "", now(), turn.question, _json(turn.answer)),
            )
        return True

    def feedback(self) -> list[Feedback]:
        """Everything readers said, the latest first; for the person who runs kzrag."""
        with self._connected() as db:
            rows = db.execute("SELECT * FROM feedback ORDER BY given DESC, id DESC").fetchall()
        return [
            Feedback(
                row["user"], row["given"], row["verdict"], row["comment"], row["question"],
                answer_from(json.loads(row["answer"])),
            )
            for row in rows
        ]  # fmt: skip


def print_feedback(settings: Settings, *, as_cases: bool, echo: Callable[[str], None]) -> None:
    """What readers said, a line each; or, `as_cases`, JSON lines to make eval cases from."""
    said = History(settings.home / HISTORY_FILE).feedback()
    if not said:
        echo("No reader has said anything yet; thumbs and comments are given under each answer in the web chat.")
    for one in said:
        if as_cases:
            echo(json.dumps(one.to_case(), ensure_ascii=False))
        else:
            thumb = {"good": "+", "bad": "-"}.get(one.verdict or "", " ")
            comment = f"  “{one.comment}”" if one.comment else ""
            echo(f"{one.given[:10]} {thumb} {one.question}{comment}")


def answer_from(plain: dict[str, Any]) -> Answer:
    """The inverse of `Answer.to_dict`; fields that this version does not know are dropped."""
    known = {name: plain[name] for name in Answer.__dataclass_fields__ if name in plain}
    known["citations"] = tuple(
        Citation(**{name: citation.get(name) for name in Citation.__dataclass_fields__})
        for citation in plain.get("citations", ())
    )
    known["disagreements"] = tuple(
        Disagreement(
            disagreement["topic"],
            tuple(Position(side["claim"], tuple(side["citations"])) for side in disagreement["positions"]),
        )
        for disagreement in plain.get("disagreements", ())
    )
    for name in ("notes", "follow_ups"):
        known[name] = tuple(plain.get(name) or ())
    return Answer(**known)


def _json(answer: Answer) -> str:
    return json.dumps(answer.to_dict(), ensure_ascii=False)


def _title(text: str) -> str:
    """The text on one line, cut at a word when it is long."""
    line = " ".join(text.split()) or "…"
    if len(line) <= TITLE_LENGTH:
        return line
    head, _, _ = line[:TITLE_LENGTH].rpartition(" ")
    return (head or line[: TITLE_LENGTH - 1]) + "…"


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
