"""Results by commit: small JSON files under `eval/results/`, and the README's table that is made of them.

`python -m kzrag.evaluation.results [RUN.json]` keeps the figures of a run that `kzrag eval --json` wrote, and brings
the table up to date.

A file holds the figures of one measurement (an engine over a set of cases, or a public benchmark) with the commit and
the date it belongs to; nothing of the answers.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kzrag.errors import KzragError
from kzrag.evaluation.cases import KINDS
from kzrag.evaluation.checkout import bundled, commit, commit_date, commits
from kzrag.evaluation.run import Evaluation
from kzrag.evaluation.scorers import METRICS
from kzrag.evaluation.stored import load
from kzrag.evaluation.summary import ALL, summary, timing

STARTS, ENDS = "<!-- results:start -->", "<!-- results:end -->"
"""The table stands between these two lines of the README."""

FACTS = "facts"
"""The name of the known facts among the measured sets; the others are the public benchmarks."""

_JUDGE = {
    "agrees": "agrees with people on labelled pairs",
    "caught": "catches one thing changed in a true sentence (mean over kinds and languages)",
    "let through": "lets a true sentence pass, also said otherwise",
}


@dataclass(frozen=True, slots=True)
class Result:
    """Figures of one measurement: what `summary` makes of the known facts, or name to value for a benchmark."""

    suite: str
    """"facts", or the name of a benchmark."""
    engine: str
    commit: str
    date: str
    """Of the commit, ISO."""
    figures: Mapping[str, Any]
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    about: str = ""
    """For a benchmark: what its figures mean, in one sentence."""
    headline: tuple[str, ...] = ()
    """For a benchmark: which figures the README shows."""

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def bundled_results() -> Path:
    """The folder of results."""
    return bundled("results")


def result_of(evaluation: Evaluation) -> Result:
    """The result of the known facts, dated by the commit."""
    return Result(
        suite=FACTS,
        engine=evaluation.engine,
        commit=evaluation.about.get("commit", ""),
        date=commit_date(),
        figures=summary(evaluation),
        milliseconds=timing(evaluation),
    )


def benchmark_result(
    name: str,
    engine: str,
    figures: Mapping[str, float],
    *,
    about: str,
    headline: Sequence[str],
    milliseconds: Mapping[str, float],
) -> Result:
    """The result of a public benchmark at the present commit."""
    return Result(name, engine, commit(), commit_date(), figures, milliseconds, about, tuple(headline))


def write_result(result: Result, folder: Path) -> Path:
    """Writes a result to `folder`, named by date, commit, suite and engine; returns the file."""
    suite, engine = (re.sub(r"[^\w]+", "-", name).strip("-") for name in (result.suite, result.engine))
    path = folder / f"{result.date}-{result.commit.rstrip('+') or 'none'}-{suite}-{engine}.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result.to_dict(), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path


def read_results(folder: Path) -> list[Result]:
    """All results of a folder, oldest first; those of one day in the order of the project's history."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            found.append(Result(**record | {"headline": tuple(record["headline"])}))
        except (ValueError, TypeError, KeyError) as error:
            raise KzragError(
                f"{path} is not a result ({type(error).__name__}: {error}); delete it or restore it."
            ) from None
    rank = {name: number for number, name in enumerate(commits())}
    return sorted(found, key=lambda result: (result.date, rank.get(result.commit.rstrip("+"), -1)))


def newest(results: Sequence[Result]) -> dict[tuple[str, str], Result]:
    """The last result of each suite and engine."""
    return {(result.suite, result.engine): result for result in results}


def right_by_commit(results: Sequence[Result], engine: str) -> list[tuple[str, float]]:
    """(commit, share right) of the known facts, oldest first: what the report plots over commits."""
    return [
        (result.commit, result.figures["metrics"]["right"]["mean"])
        for result in results
        if result.suite == FACTS and result.engine == engine and result.figures["metrics"]["right"]
    ]


def render_readme_table(results: Sequence[Result]) -> str:
    """The README's results as Markdown, from the newest result of each suite and engine."""
    last = newest(results)
    facts = {engine: result for (suite, engine), result in last.items() if suite == FACTS}
    lines: list[str] = []
    if facts:
        engines = sorted(facts, key=lambda engine: (engine != "kzrag", engine))
        lines += _facts_table(engines, facts)
    benchmarks = [result for (suite, _), result in sorted(last.items()) if suite != FACTS]
    if benchmarks:
        lines += ["", "| public benchmark | engine | measured | commit |", "|---|---|---|---|"]
        for result in benchmarks:
            shown = "; ".join(f"{name} {_figure(result.figures[name])}" for name in result.headline)
            lines.append(f"| {result.suite} | {result.engine} | {shown} | `{result.commit}` |")
        lines += [""] + [f"- **{suite}**: {about}" for suite, about in {r.suite: r.about for r in benchmarks}.items()]
    return "\n".join(lines) + "\n" if lines else ""


def in_readme(readme: str) -> str | None:
    """What stands between the README's two markers; `None` when they are not there."""
    _, start, rest = readme.partition(STARTS)
    inside, end, _ = rest.partition(ENDS)
    return (inside.strip("\n") + "\n").lstrip("\n") if start and end else None


def into_readme(readme: str, table: str) -> str:
    """The README with `table` between its markers; unchanged when there are none."""
    before, start, rest = readme.partition(STARTS)
    _, end, after = rest.partition(ENDS)
    return f"{before}{STARTS}\n{table}{ENDS}{after}" if start and end else readme


def _facts_table(engines: Sequence[str], facts: Mapping[str, Result]) -> list[str]:
    first = facts[engines[0]]
    head = " | ".join(f"{engine} (`{facts[engine].commit}`)" for engine in engines)
    lines = [f"| {first.figures['cases']} known facts | cases | {head} |", "|---|--:|" + "--:|" * len(engines)]
    for kind in (*(kind for kind in KINDS if kind in first.figures["right"]), ALL):
        every = first.figures["right"][kind][ALL]
        cells = [_share(facts[engine].figures["right"].get(kind, {}).get(ALL)) for engine in engines]
        label = "**all right**" if kind == ALL else kind
        lines.append(f"| {label} | {every['judged'] if every else 0} | {' | '.join(cells)} |")
    for metric, meaning in METRICS.items():
        if metric == "right" or not any(facts[engine].figures["metrics"].get(metric) for engine in engines):
            continue
        cells = [_share(facts[engine].figures["metrics"].get(metric)) for engine in engines]
        judged = (first.figures["metrics"].get(metric) or {}).get("judged", 0)
        lines.append(f"| *{metric}*: {meaning.words} | {judged} | {' | '.join(cells)} |")
    for part, words in _JUDGE.items():
        value = (first.figures.get("judge") or {}).get(part)
        if value is not None:
            lines.append(f"| *the judge*: {words} | – | {value * 100:.1f} % |" + " – |" * (len(engines) - 1))
    times = [_milliseconds(facts[engine]) for engine in engines]
    lines.append(f"| time of an answer, median / p95 | {first.figures['cases']} | {' | '.join(times)} |")
    return lines


def _share(figure: Mapping[str, float] | None) -> str:
    return "–" if figure is None else f"{figure['mean'] * 100:.1f} %"


def _figure(value: float) -> str:
    """A share as a percentage, anything else as a number."""
    return f"{value * 100:.1f} %" if isinstance(value, float) and 0 <= value <= 1 else f"{value:,}"


def _milliseconds(result: Result) -> str:
    if not result.milliseconds:
        return "–"
    return f"{result.milliseconds['median']:.0f} / {result.milliseconds['p95']:.0f} ms"


def main(runs: Sequence[str]) -> int:
    """Keeps the figures of stored runs, then writes the table of the newest results into the checkout's README.

    1 when a run can't be read or the README has no place for the table.
    """
    readme = bundled_results().parents[1] / "README.md"  # of a checkout: nobody else has a README to write
    text = readme.read_text(encoding="utf-8")
    try:
        for run in runs:
            write_result(result_of(load(Path(run))), bundled_results())
        table = render_readme_table(read_results(bundled_results()))
    except KzragError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if in_readme(text) is None:
        sys.stderr.write(f"{readme.name} has no lines {STARTS} and {ENDS} to put the results between.\n")
        return 1
    readme.write_text(into_readme(text, table), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
