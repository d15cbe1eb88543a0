"""What `kzrag eval` does: one function, from settings and options to an exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kzrag.answering.gate import check
from kzrag.errors import KzragError
from kzrag.evaluation import ablate as ablation
from kzrag.evaluation import baseline as baselines
from kzrag.evaluation import judge as judging
from kzrag.evaluation.cases import Case, bundled_cases, problems, read_cases
from kzrag.evaluation.page import render_page
from kzrag.evaluation.report import comparison_table, print_report
from kzrag.evaluation.results import bundled_results, read_results, right_by_commit
from kzrag.evaluation.run import AssistantEngine, Engine, Evaluation, about_run, evaluate, load_engine, remembering
from kzrag.evaluation.stored import load, save
from kzrag.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

EVERY_SPLIT = "all"
_WIDTH = 120  # columns of a report that goes to a file: a log is wide enough for the tables


def main(
    settings: Settings,
    *,
    cases: Path | None = None,
    report: Path | None = None,
    json_out: Path | None = None,
    split: str = "tune",
    compare: tuple[Path, Path] | None = None,
    baseline: Path | None = None,
    ablate: Sequence[str] = (),
    engine: str | None = None,
    draft: bool = False,
    update_baseline: bool = False,
) -> int:
    """Asks the cases, prints the report, writes what was asked for; 1 when a figure fell below the baseline, else 0.

    `cases`: file or folder, the known facts of the bundled corpus when not given (with `draft`, where drafts go).
    `split`: "tune", "test" or "all". `engine`: `module:object` instead of our own. `baseline`: the stored one of the
    bundled cases when not given. Raises `KzragError` for what the user can mend.
    """
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    if compare is not None:
        console.print(comparison_table(load(compare[0]), load(compare[1])))
        return 0
    if draft:
        return _draft(settings, cases, console)
    chosen = read_cases(cases or bundled_cases(), None if split == EVERY_SPLIT else split)
    encoder, make = _maker(settings)
    whole = make(frozenset())
    judge = remembering(partial(check, encoder=encoder))
    _check_cases(cases or bundled_cases(), whole)
    asked = load_engine(engine, whole.documents.values()) if engine else whole
    with _progress(len(chosen)) as step:
        evaluation = evaluate(
            chosen, asked, judge=judge, about=about_run(chosen, whole.documents.values()), progress=step
        )
    print_report(evaluation, console)
    bundled = cases is None and settings.is_bundled_corpus
    if bundled and engine is None and judging.bundled_pairs().exists():
        examined = judging.examine(judge, chosen, whole.documents)
        evaluation = replace(evaluation, judged=examined.values())
        console.print(judging.judge_table(examined.pairs, examined.said))
        console.print(judging.perturbation_table(examined.changed))
    if ablate:
        with _progress(len(ablate)) as step:
            without = ablation.ablate(chosen, ablate, make, judge=judge, progress=step)
        console.print(ablation.ablation_table(evaluation, without))
    if json_out is not None:
        save(evaluation, json_out)
    if report is not None:
        past = right_by_commit(read_results(bundled_results()), evaluation.engine) if bundled else []
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(render_page(evaluation, whole.documents, past), encoding="utf-8")
        console.print(f"The report is in {report}.")
    stored = baseline
    if stored is None and bundled and engine is None and settings.llm is None:
        stored = baselines.bundled_baseline()
    return _gate(evaluation, stored, update_baseline, required=baseline is not None, laws=engine is None)


def _maker(settings: Settings) -> tuple[Any, Callable[[frozenset[str]], Engine]]:
    """The encoder, and how to make our engine without some of its parts."""
    from kzrag.assistant import Assistant
    from kzrag.index.encoder import load_encoder

    encoder = load_encoder(settings.encoder, threads=settings.threads)
    name = f"kzrag with {settings.llm}" if settings.llm else "kzrag"

    def make(disable: frozenset[str]) -> Engine:
        assistant = Assistant(settings, encoder=encoder, disable=disable, progress=_tell)
        return AssistantEngine(assistant, f"{name} without {', '.join(sorted(disable))}" if disable else name)

    return encoder, make


def _tell(stage: str, done: int, total: int) -> None:
    """A line for each stage of building the index, so that the first run does not seem to hang."""
    if not done:
        sys.stderr.write(f"{stage}\n")


def _check_cases(path: Path, engine: Engine) -> None:
    """Cases that contradict the corpus would blame the engine for it."""
    if found := problems(path, engine.documents):
        more = (
            f" (and {len(found) - 1} more; `python -m kzrag.evaluation.cases {path}` shows them)" if found[1:] else ""
        )
        raise KzragError(found[0] + more)


def _gate(evaluation: Evaluation, path: Path | None, update: bool, *, required: bool, laws: bool) -> int:
    """Holds a run to the laws and to the baseline, or makes it the baseline; the exit status."""
    if path is None:
        return 0
    if update:
        baselines.save_baseline(evaluation, path)
        sys.stderr.write(f"The baseline is now {path}.\n")
        return 0
    if not path.exists() and not required:
        return 0
    found = baselines.faults(evaluation, path, laws=laws)
    for fault in found:
        sys.stderr.write(f"{fault}\n")
    return 1 if found else 0


def _draft(settings: Settings, path: Path | None, console: Console) -> int:
    from kzrag.corpus import load_corpus
    from kzrag.evaluation import draft

    if path is not None and path.exists():
        raise KzragError(f"{path} is there already; name a new file for the drafts with --cases.")
    corpus = load_corpus(settings.corpus_dir, max_bytes=settings.max_document_bytes)
    drafts = draft.draft(corpus.documents)
    if path is None:
        for each in drafts:
            sys.stdout.write(json.dumps(each, ensure_ascii=False) + "\n")
    else:
        draft.write_draft(drafts, path)
        console.print(
            f"{len(drafts)} drafts are in {path}: rewrite each question in a reader's words before you use it."
        )
    return 0


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Case | str], None]]:
    """A progress bar on stderr; each call names what is being done and moves it on."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        begun = False

        def step(what: Case | str) -> None:
            nonlocal begun
            bar.update(task, advance=int(begun), description=what if isinstance(what, str) else what.id)
            begun = True

        yield step
        bar.update(task, completed=total)
