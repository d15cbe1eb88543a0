"""The command line: parse, call, print. What it prints comes from the same `Assistant` as the chat."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from kzrag.errors import KzragError
from kzrag.records import ARTICLE, Answer, Document, Event
from kzrag.settings import Settings

app = typer.Typer(
    name="kzrag",
    help="Ask a news corpus, and get the words, the source and the date of every claim.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Corpus = Annotated[Path | None, typer.Option("--corpus", metavar="DIR", help="The folder of documents.")]
IndexDir = Annotated[Path | None, typer.Option("--index", metavar="DIR", help="Where the index is kept.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Runs the command line; a problem the user can mend is one line on stderr and exit status 1."""
    # NumPy's products here are small: a second thread of its own waits longer than it works, and takes a core from the
    # encoder and from other readers (115 ms of processor time an answer on two busy cores, 42 without it).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    except KzragError as error:
        print(f"kzrag: {error}", file=sys.stderr)  # noqa: T201 - the command line prints
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _settings(corpus: Path | None = None, index: Path | None = None, **more: Any) -> Settings:
    chosen = {"corpus_dir": corpus, "index_dir": index, **more}
    return Settings(**{name: value for name, value in chosen.items() if value is not None})


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on stderr that shows itself only when the work takes over a second."""
    started = time.monotonic()
    bar: Any = None
    task: Any = None

    def report(stage: str, done: int, total: int) -> None:
        nonlocal bar, task
        if bar is None:
            if time.monotonic() - started < 1.0 or not sys.stderr.isatty():
                return
            from rich.console import Console
            from rich.progress import Progress

            bar = Progress(console=Console(stderr=True), transient=True)
            bar.start()
            task = bar.add_task(stage, total=total or None)
        bar.update(task, description=stage, completed=done, total=total or None)

    try:
        yield report
    finally:
        if bar is not None:
            bar.stop()


def _say(text: str = "") -> None:
    typer.echo(text)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in English, Chinese, Russian or Kazakh.")],
    as_json: AsJson = False,
    corpus: Corpus = None,
    index: IndexDir = None,
) -> None:
    """Answer a question with its sources.

    kzrag ask "What refining capacity does Kazakhstan want by 2032?"
    """
    from kzrag.assistant import Assistant

    with _progress() as report:
        assistant = Assistant(_settings(corpus, index), progress=report)
        if as_json:
            _say(json.dumps(assistant.answer(question).to_dict(), ensure_ascii=False, indent=2))
            return
        _ = assistant.index  # built, if it must be, before the first words
    _say(_sources(_told(assistant.stream(question))))


def _told(events: Iterator[Event]) -> Answer:
    """Prints the answer's words as they come; what was taken back is followed by the answer that stands."""
    shown = ""
    for event in events:
        if event.kind == "text":
            typer.echo(event.text, nl=False)
            shown += event.text
    answer = cast("Answer", event.answer)
    whole = answer.text
    _say(whole[len(shown) :] if whole.startswith(shown) else f"\n\n{whole}")
    return answer


def _sources(answer: Answer) -> str:
    lines = [""]
    for note in answer.notes:
        lines += [f"({note})", ""]
    for citation in answer.citations:
        who = "" if citation.voice == ARTICLE else f"{citation.voice}, a reader, in: "
        origin = ", ".join(part for part in (citation.publisher, citation.author) if part)
        when = citation.published or "undated"
        lines.append(f"[{citation.number}] {who}{citation.title or citation.document_id}")
        lines.append(
            f"    {origin + ', ' if origin else ''}{when} · {citation.language} · {citation.document_id}"
            f" [{citation.start}:{citation.end}]"
        )
    return "\n".join(lines).rstrip()


@app.command()
def chat(
    host: Annotated[str, typer.Option(help="Address to listen on; anything but loopback needs --auth.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    auth: Annotated[str | None, typer.Option(metavar="USER:PASSWORD", help="Ask for this login.")] = None,
    auth_file: Annotated[Path | None, typer.Option(help="A file of users with hashed passwords.")] = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = True,
    corpus: Corpus = None,
    index: IndexDir = None,
) -> None:
    """Open the web chat."""
    from kzrag.web import serve

    serve(_settings(corpus, index), host=host, port=port, auth=auth, auth_file=auth_file, open_browser=open_browser)


@app.command(name="index")
def build_index(
    corpus: Corpus = None,
    index: IndexDir = None,
    rebuild: Annotated[bool, typer.Option(help="Build anew even when nothing changed.")] = False,
) -> None:
    """Build or update the index, and say what changed."""
    from kzrag.index import open_index

    with _progress() as report:
        opened = open_index(_settings(corpus, index), progress=report, rebuild=rebuild)
    _say(opened.summary)
    opened.close()


@app.command()
def retrieve(
    question: Annotated[str, typer.Argument(help="What to look for.")],
    top_k: Annotated[int, typer.Option("--top-k", min=1, help="How many passages.")] = 10,
    as_json: AsJson = False,
    corpus: Corpus = None,
    index: IndexDir = None,
) -> None:
    """Show the passages nearest to a question."""
    from dataclasses import asdict

    from kzrag.assistant import Assistant

    with _progress() as report:
        hits = Assistant(_settings(corpus, index), progress=report).retrieve(question, top_k)
    if as_json:
        _say(json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=2))
        return
    for hit in hits:
        voice = "" if hit.voice == ARTICLE else f" · {hit.voice}"
        _say(f"{hit.score:6.3f}  {hit.document_id} [{hit.start}:{hit.end}] {hit.language}{voice}")
        _say(f"        {' '.join(hit.text.split())}\n")


@app.command()
def sources(
    as_json: AsJson = False,
    disagreements: Annotated[bool, typer.Option("--disagreements", help="List what the corpus disagrees on.")] = False,
    corpus: Corpus = None,
    index: IndexDir = None,
) -> None:
    """List the documents: publisher, date, language, family."""
    from kzrag.assistant import Assistant

    with _progress() as report:
        assistant = Assistant(_settings(corpus, index), progress=report)
        documents = assistant.documents()
    if disagreements:
        _print_disagreements(assistant.disagreements(), as_json)
    elif as_json:
        _say(json.dumps([document.about() for document in documents], ensure_ascii=False, indent=2))
    else:
        for document in documents:
            _say(_described(document))


def _described(document: Document) -> str:
    origin = ", ".join(part for part in (document.publisher, document.author) if part) or "unknown publisher"
    when = document.published or "undated"
    family = f" · translation of {document.translation_of}" if document.translation_of else ""
    lines = [f"{document.id}  {document.title or '(untitled)'}", f"    {origin} · {when} · {document.language}{family}"]
    if document.published_note:
        lines.append(f"    date: {document.published_note}")
    return "\n".join(lines)


def _print_disagreements(found: list[tuple[str, list[tuple[Document, str, str]]]], as_json: bool) -> None:
    if as_json:
        plain = [
            {"topic": topic, "positions": [{"document_id": d.id, "voice": v, "claim": text} for d, v, text in sides]}
            for topic, sides in found
        ]
        _say(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for topic, sides in found:
        _say(topic)
        for document, voice, text in sides:
            who = document.publisher or document.id if voice == ARTICLE else f"{voice} (reader)"
            _say(f"    {who}, {document.published or 'undated'}: “{' '.join(text.split())}”")
        _say()


@app.command(name="eval")
def evaluate(
    cases: Annotated[Path | None, typer.Option(help="A file or folder of cases.")] = None,
    report: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Write a page to read.")] = None,
    json_out: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the results.")] = None,
    split: Annotated[str, typer.Option(help="tune, test or all; test is for releases.")] = "tune",
    compare: Annotated[tuple[Path, Path] | None, typer.Option(metavar="A B", help="Compare two results.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="The baseline to hold against.")] = None,
    update_baseline: Annotated[bool, typer.Option("--update-baseline", help="Store this run as baseline.")] = False,
    ablate: Annotated[str, typer.Option(metavar="PARTS", help="Comma-separated parts to leave out in turn.")] = "",
    engine: Annotated[str | None, typer.Option(metavar="MODULE:OBJECT", help="Another engine to score.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Propose cases from the corpus, to be edited.")] = False,
    corpus: Corpus = None,
    index: IndexDir = None,
) -> None:
    """Run the eval set; exit 1 when a figure falls below the stored baseline."""
    from kzrag.evaluation import main as run_eval

    status = run_eval(
        _settings(corpus, index),
        cases=cases,
        report=report,
        json_out=json_out,
        split=split,
        compare=compare,
        baseline=baseline,
        update_baseline=update_baseline,
        ablate=[part for part in ablate.split(",") if part],
        engine=engine,
        draft=draft,
    )
    raise typer.Exit(status)


@app.command()
def feedback(
    as_cases: Annotated[bool, typer.Option("--cases", help="Print them as eval cases to edit.")] = False,
) -> None:
    """List what readers said of answers, or turn it into eval cases."""
    from kzrag.web.history import print_feedback

    print_feedback(_settings(), as_cases=as_cases, echo=_say)


@app.command()
def doctor(corpus: Corpus = None, index: IndexDir = None) -> None:
    """Check the installation, the index and the configured model, and say what to do."""
    from kzrag.doctor import examine

    healthy = True
    for check in examine(_settings(corpus, index)):
        healthy &= check.ok
        _say(f"{'ok  ' if check.ok else 'fix '} {check.what}: {check.detail}")
    raise typer.Exit(0 if healthy else 1)


if __name__ == "__main__":
    main()
