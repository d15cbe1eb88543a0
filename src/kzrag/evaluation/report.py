"""An evaluation as people read it in a terminal: tables of figures, then the failures with what was missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzrag.evaluation.run import Evaluation, Run, failed
from kzrag.evaluation.scorers import METRICS
from kzrag.evaluation.stats import Difference, Interval, compare
from kzrag.evaluation.summary import ALL, kinds_of, languages_of, measured, of, summary, timing

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

MOST_FAILURES = 25
"""So many failures are printed; the page made by `--report` has all."""


def percent(figure: Interval | None, *, sure: bool = False) -> str:
    """`95 %`, or with `sure` `95 % (91–98)`; a dash where nothing was judged."""
    if figure is None:
        return "–"
    shown = f"{figure.mean * 100:.0f} %" if figure.mean in (0.0, 1.0) else f"{figure.mean * 100:.1f} %"
    if sure and figure.low != figure.high:
        shown += f" ({figure.low * 100:.0f}–{figure.high * 100:.0f})"
    return shown


def print_report(evaluation: Evaluation, console: Console) -> None:
    """The whole report: kinds by language, metrics, times, failures."""
    console.print(kinds_table(evaluation))
    console.print(metrics_table(evaluation))
    console.print(times_line(evaluation))
    broken = [run for run in evaluation.runs if failed(run)]
    # What is not right comes first; what is right but long, or cites beside the gold, can wait.
    broken.sort(key=lambda run: run.scores["right"].value != 0)
    for run in broken[:MOST_FAILURES]:
        console.print(failure(run))
    if len(broken) > MOST_FAILURES:
        console.print(f"… and {len(broken) - MOST_FAILURES} more; --report FILE.html shows all.", style="dim")


def kinds_table(evaluation: Evaluation) -> Table:
    """How many are right, by kind and language, with how many cases there are."""
    from rich.table import Table

    languages = languages_of(evaluation)
    table = Table(title=f"Right, {evaluation.engine}, {len(evaluation.runs)} cases", title_justify="left")
    table.add_column("kind", no_wrap=True)
    for heading in ("cases", "all (95 %)", *languages):
        table.add_column(heading, justify="right", no_wrap=True)
    for kind in (*kinds_of(evaluation), ALL):
        every = measured(evaluation, "right", kind)
        if kind == ALL:
            table.add_section()
        table.add_row(
            kind,
            str(sum(of(kind)(run.case) for run in evaluation.runs)),
            percent(every, sure=True),
            *(percent(measured(evaluation, "right", kind, language)) for language in languages),
        )
    return table


def metrics_table(evaluation: Evaluation) -> Table:
    """Each metric over all cases that it could judge."""
    from rich.table import Table

    table = Table(title="Measures", title_justify="left")
    table.add_column("measure", no_wrap=True)
    table.add_column("value (95 %)", justify="right", no_wrap=True)
    table.add_column("judged", justify="right")
    table.add_column("share of")
    for name, metric in METRICS.items():
        figure = measured(evaluation, name)
        table.add_row(name, percent(figure, sure=True), str(figure.count if figure else 0), metric.words)
    return table


def times_line(evaluation: Evaluation) -> str:
    """Length, time and cost in one line."""
    took, figures = timing(evaluation), summary(evaluation)
    line = (
        f"Answers: median {figures['characters']['median']:.0f} characters; "
        f"median {took['median']:.0f} ms, p95 {took['p95']:.0f} ms, {took['total'] / 1000:.1f} s in all."
    )
    if figures["usage"]:
        line += " Used: " + ", ".join(f"{name} {amount:g}" for name, amount in figures["usage"].items()) + "."
    return line


def failure(run: Run) -> RenderableType:
    """A run that fell short: question, answer, what was wrong, and the evidence that was found."""
    from rich.console import Group
    from rich.panel import Panel
    from rich.text import Text

    parts: list[RenderableType] = [Text(run.case.question, style="bold")]
    parts += [Text(f"  {turn['role']}: {turn['content']}", style="dim") for turn in run.case.history]
    parts.append(Text(run.answer.text or "(no answer)"))
    parts += [Text(line, style="red") for line in failed(run)]
    parts += [Text(note, style="yellow") for note in run.answer.notes]
    parts += [Text(f"gold: {each.document}: {each.quote}", style="green") for each in run.case.quotes[:2]]
    return Panel(Group(*parts), title=f"{run.case.id} · {run.case.kind}", title_align="left")


def comparison_table(first: Evaluation, second: Evaluation) -> Table:
    """Each metric and kind of two runs, paired by case, and whether the difference is more than chance."""
    from rich.table import Table

    table = Table(title=f"{first.engine} → {second.engine}, paired by case", title_justify="left")
    table.add_column("measure", no_wrap=True)
    for heading in ("first", "second", "difference (95 %)", "better", "worse", "p", "real"):
        table.add_column(heading, justify="right", no_wrap=True)
    rows = [(name, ALL) for name in METRICS] + [("right", kind) for kind in kinds_of(second)]
    for metric, kind in rows:
        change = compare(first.values(metric, of(kind)), second.values(metric, of(kind)))
        if change is not None:
            table.add_row(
                metric if kind == ALL else f"right, {kind}",
                percent(measured(first, metric, kind)),
                percent(measured(second, metric, kind)),
                difference(change),
                str(change.better),
                str(change.worse),
                f"{change.p:.3f}",
                "yes" if change.real else "no",
            )
    return table


def difference(change: Difference) -> str:
    """`+2.1 (−0.4 to +4.6)`, in points."""
    low, high = (f"{end * 100:+.1f}".replace("-", "−") for end in (change.low, change.high))
    return f"{change.mean * 100:+.1f} ({low} to {high})".replace("-", "−")
