"""An evaluation as one self-contained HTML page: figures, plots, and every case with its answer and evidence.

No script is needed to read it; the few lines there are filter the cases and open the failures for printing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from kzrag.evaluation import plots
from kzrag.evaluation.matching import MARKER
from kzrag.evaluation.report import percent
from kzrag.evaluation.run import Evaluation, Run, failed
from kzrag.evaluation.scorers import METRICS
from kzrag.evaluation.summary import ALL, judge_figures, kinds_of, languages_of, measured, of, summary, timing
from kzrag.records import Citation, Document

# Characters of the article shown on either side of a quote.
_AROUND = 160
_BINS = 10
_WHITE = re.compile(r"\s+")
_HERE = Path(__file__)


def render_page(
    evaluation: Evaluation,
    documents: Mapping[str, Document],
    history: Sequence[tuple[str, float]] = (),
) -> str:
    """The page. `history`: share of right answers by commit, oldest first, when results are kept."""
    about = " · ".join(f"{name} {escape(value)}" for name, value in evaluation.about.items() if value)
    title = f"{escape(evaluation.engine)}: {len(evaluation.runs)} questions whose answers are known"
    return "".join((
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{title}</title><style>{_HERE.with_suffix('.css').read_text('utf-8')}</style></head><body>",
        f"<h1>{title}</h1>",
        f'<p class="soft">{about}</p><p>{_times(evaluation)}</p>',
        "<h2>Right answers by kind and language</h2>", _kinds(evaluation),
        "<h2>Measures</h2>", _metrics(evaluation), _judge(evaluation),
        '<h2>Plots</h2><div class="plots">', _plots(evaluation, history), "</div>",
        "<h2>Cases</h2>", _filter(evaluation),
        *(_case(run, documents) for run in evaluation.runs),
        f"<script>{_HERE.with_suffix('.js').read_text('utf-8')}</script></body></html>\n",
    ))  # fmt: skip


def calibration(evaluation: Evaluation) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, count) by tenths of confidence, over the answers that were given and carry one."""
    tenths: dict[int, list[tuple[float, float]]] = {}
    for run in evaluation.runs:
        sure, right = run.answer.confidence, run.scores["right"].value
        if sure is None or right is None or run.answer.abstained:
            continue
        tenths.setdefault(min(_BINS - 1, int(sure * _BINS)), []).append((sure, right))
    return [
        (sum(sure for sure, _ in pairs) / len(pairs), sum(right for _, right in pairs) / len(pairs), len(pairs))
        for _, pairs in sorted(tenths.items())
    ]


def refusals(evaluation: Evaluation) -> list[tuple[float, float, int]]:
    """(share of answerable questions refused, share of unanswerable ones, both together as a count) if every question
    below a confidence were refused and no other, for each tenth of confidence; empty without both sorts."""
    sure: dict[str, list[float]] = {"answer": [], "refuse": []}
    for run in evaluation.runs:
        if run.answer.confidence is not None and run.case.expect in sure:
            sure[run.case.expect].append(run.answer.confidence)
    if not all(sure.values()):
        return []
    points = []
    for tenth in range(_BINS + 1):
        below = {sort: sum(value * _BINS < tenth for value in values) for sort, values in sure.items()}
        shares = [below[sort] / len(values) for sort, values in sure.items()]
        points.append((shares[0], shares[1], sum(below.values())))
    return points


def _times(evaluation: Evaluation) -> str:
    took, figures = timing(evaluation), summary(evaluation)
    return (
        f"An answer has {figures['characters']['median']:.0f} characters (median) and takes {took['median']:.0f} ms "
        f"(median), {took['p95']:.0f} ms (p95)."
    )


def _kinds(evaluation: Evaluation) -> str:
    languages = languages_of(evaluation)
    head = "".join(f"<th>{escape(name)}</th>" for name in ("kind", "cases", "all (95 %)", *languages))
    rows = []
    for kind in (*kinds_of(evaluation), ALL):
        cells = [
            escape(kind),
            str(sum(of(kind)(run.case) for run in evaluation.runs)),
            percent(measured(evaluation, "right", kind), sure=True),
            *(percent(measured(evaluation, "right", kind, language)) for language in languages),
        ]
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        rows.append(f'<tr class="all">{row}</tr>' if kind == ALL else f"<tr>{row}</tr>")
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _metrics(evaluation: Evaluation) -> str:
    rows = []
    for name, metric in METRICS.items():
        figure = measured(evaluation, name)
        rows.append(
            f"<tr><td>{escape(name)}</td><td>{percent(figure, sure=True)}</td><td>{figure.count if figure else 0}</td>"
            f'<td class="words">{escape(metric.words)}</td></tr>'
        )
    head = '<th>measure</th><th>value (95 %)</th><th>judged</th><th class="words">share of</th>'
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _judge(evaluation: Evaluation) -> str:
    """What is known of the judge that decided what is supported."""
    known = judge_figures(evaluation)
    words = {
        "agrees": "the judge says what people said of labelled pairs of sentence and passage",
        "caught": "it lets a true sentence fall when one figure, unit, date, name, negation or speaker is changed",
        "let through": "it lets a true sentence pass, also when it is said otherwise",
    }
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{value * 100:.1f} %</td>"
        f'<td class="words">{escape(words.get(name, ""))}</td></tr>'
        for name, value in known.items()
    )
    head = '<th>the judge</th><th>share</th><th class="words">in which</th>'
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>' if rows else ""


def _plots(evaluation: Evaluation, past: Sequence[tuple[str, float]]) -> str:
    kinds = [(kind, figure) for kind in kinds_of(evaluation) if (figure := measured(evaluation, "right", kind))]
    languages = [
        (language, figure)
        for language in languages_of(evaluation)
        if (figure := measured(evaluation, "right", ALL, language))
    ]
    milliseconds = [run.seconds * 1000 for run in evaluation.runs if run.seconds]
    return "".join((
        plots.bars(kinds, "Right, by kind"),
        plots.bars(languages, "Right, by language"),
        plots.histogram(milliseconds, "Time of an answer", "ms"),
        plots.histogram([float(len(run.answer.text)) for run in evaluation.runs], "Length of an answer", "characters"),
        plots.curve(calibration(evaluation), "Is confidence deserved?", "confidence", "share right"),
        plots.curve(
            refusals(evaluation), "Refusing below each confidence", "answerable refused", "unanswerable refused"
        ),
        plots.history(past, "Right, over commits"),
    ))  # fmt: skip


def _filter(evaluation: Evaluation) -> str:
    def choice(name: str, values: Sequence[str]) -> str:
        options = "".join(f"<option>{escape(value)}</option>" for value in values)
        return f'<select id="by-{name}" aria-label="{name}"><option value="">every {name}</option>{options}</select>'

    return (
        '<div class="filter">'
        + choice("kind", kinds_of(evaluation))
        + choice("language", languages_of(evaluation))
        + choice("state", ("wrong", "flawed", "fine"))
        + '<input id="by-words" type="search" placeholder="words" aria-label="words"><span id="shown" class="soft">'
        + "</span></div>"
    )


def _case(run: Run, documents: Mapping[str, Document]) -> str:
    case, answer = run.case, run.answer
    faults = failed(run)
    is_right = run.scores["right"].value == 1
    state = "wrong" if not is_right else "flawed" if faults else "fine"
    turns = "".join(f'<p class="soft">{escape(turn["role"])}: {escape(turn["content"])}</p>' for turn in case.history)
    citations = "".join(_evidence(citation, documents, case.id) for citation in answer.citations)
    gold = "".join(
        _passage(documents[each.document], *span, each.document)
        for each in case.quotes
        if each.document in documents and (span := _found(documents[each.document].raw, each.quote))
    )
    notes = "".join(f'<p class="soft">{escape(note)}</p>' for note in answer.notes)
    return "".join((
        f'<details class="case {state}" id="{escape(case.id)}" data-kind="{escape(case.kind)}" ',
        f'data-language="{escape(case.language)}" data-state="{state}"><summary>',
        f'<span class="{"right" if is_right else "wrong"}" aria-label="{"right" if is_right else "wrong"}"></span>',
        f'<span class="q" lang="{escape(case.language)}">{escape(case.question)}</span>',
        f'<span class="id">{escape(case.id)} · {escape(case.kind)}</span></summary><div class="body">',
        f"{'<h3>Before</h3>' if turns else ''}{turns}",
        f'<h3>Answer</h3><p class="answer">{_linked(answer.text, case.id)}</p>{notes}',
        f"<h3>What fell short</h3>{_list(faults)}" if faults else "",
        f"<h3>Cited</h3>{citations}" if citations else "",
        f'<div class="gold"><h3>Known to answer it</h3>{gold}</div>' if gold else "",
        f'<p class="soft">{escape(_scores(run))}</p></div></details>',
    ))  # fmt: skip


def _scores(run: Run) -> str:
    shown = [f"{name} {each.value:g}" for name, each in run.scores.items() if each.value is not None]
    return " · ".join([*shown, f"{run.seconds * 1000:.0f} ms"])


def _list(lines: Sequence[str]) -> str:
    return f'<ul class="faults">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def _linked(text: str, case_id: str) -> str:
    """The answer's text with its markers linked to the evidence below."""

    def link(match: re.Match[str]) -> str:
        return f'<a class="cite" href="#{escape(case_id)}-{match.group(1)}">[{match.group(1)}]</a>'

    return MARKER.sub(link, escape(text)) or "(no answer)"


def _evidence(citation: Citation, documents: Mapping[str, Document], case_id: str) -> str:
    said = [citation.publisher, citation.author, citation.published, citation.document_id]
    said.append(None if citation.voice == "article" else f"voice: {citation.voice}")
    label = f"[{citation.number}] " + " · ".join(part for part in said if part)
    anchor = f' id="{escape(case_id)}-{citation.number}"'
    if citation.document_id in documents:
        return _passage(documents[citation.document_id], citation.start, citation.end, label, anchor)
    return f'<p class="evidence"{anchor}><span class="soft">{escape(label)}</span><br>{escape(citation.quote)}</p>'


def _passage(document: Document, start: int, end: int, label: str, anchor: str = "") -> str:
    """Words of a document with the quote marked and some of what stands around it."""
    raw = document.raw
    before, after = raw[max(0, start - _AROUND) : start], raw[end : end + _AROUND]
    marked = escape(_flat(raw[start:end]))
    return (
        f'<p class="evidence"{anchor} lang="{escape(document.language)}"><span class="soft">{escape(label)}</span><br>'
        f"…{escape(_flat(before))}<mark>{marked}</mark>{escape(_flat(after))}…</p>"
    )


def _flat(text: str) -> str:
    return _WHITE.sub(" ", text)


def _found(raw: str, quote: str) -> tuple[int, int] | None:
    start = raw.find(quote)
    return (start, start + len(quote)) if start >= 0 else None
