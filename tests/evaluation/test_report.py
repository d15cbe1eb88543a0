from rich.console import Console

from kzrag.evaluation.report import MOST_FAILURES, comparison_table, kinds_table, metrics_table, percent, print_report
from kzrag.evaluation.run import evaluate
from kzrag.evaluation.stats import interval
from tests.evaluation.conftest import CASES, Sage, Silent, words_judge


def printed(*things: object) -> str:
    console = Console(width=140, record=True, file=None, force_terminal=False, quiet=False)
    with console.capture() as capture:
        for thing in things:
            console.print(thing)
    return capture.get()


def test_a_share_reads_like_one() -> None:
    assert percent(None) == "–"
    assert percent(interval([1.0, 1.0])) == "100 %"
    assert percent(interval([0.0, 1.0, 1.0])) == "66.7 %"
    assert percent(interval([0.0, 1.0, 1.0]), sure=True) == "66.7 % (0–100)"
    assert percent(interval([0.0] * 3), sure=True) == "0 %"


def test_the_table_has_a_row_for_each_kind_and_a_column_for_each_language(sage: Sage) -> None:
    rows = [line.split("│") for line in printed(kinds_table(evaluate(CASES, sage, judge=words_judge))).splitlines()]
    cells = [[cell.strip() for cell in row[1:-1]] for row in rows if len(row) > 3]
    assert cells == [
        ["fact", "2", "100 %", "100 %", "100 %"],
        ["disagreement", "1", "100 %", "100 %", "–"],
        ["attribution", "1", "100 %", "100 %", "–"],
        ["false-premise", "1", "100 %", "100 %", "–"],
        ["near-miss", "1", "100 %", "100 %", "–"],
        ["all", "6", "100 %", "100 %", "100 %"],
    ]


def test_measures_say_how_many_could_be_judged() -> None:
    text = printed(metrics_table(evaluate(CASES, Silent(), judge=words_judge)))
    assert "supported" in text
    line = next(line for line in text.splitlines() if "citation recall" in line)
    assert "–" in line
    assert "│      0 │" in line


def test_failures_show_question_answer_fault_and_gold(sage: Sage) -> None:
    console = Console(width=140)
    with console.capture() as capture:
        print_report(evaluate(CASES, Silent(), judge=words_judge), console)
    text = capture.get()
    assert "How much did the harbour handle in 2021?" in text
    assert "(no answer)" in text
    assert "right: refused (empty)" in text
    assert "gold: harbour: The harbour of Aktau handled 14 million tons in 2021" in text
    assert "median 0 characters" in text
    assert "How much did the harbour handle in 1999?" not in text  # refused, as it should be


def test_a_long_list_of_failures_is_cut_and_says_so() -> None:
    many = [CASES[0]] * (MOST_FAILURES + 3)
    console = Console(width=140)
    with console.capture() as capture:
        print_report(evaluate(many, Silent(), judge=words_judge), console)
    assert "and 3 more; --report FILE.html shows all" in capture.get()


def test_a_comparison_says_what_is_real(sage: Sage) -> None:
    silent, perfect = evaluate(CASES * 3, Silent(), judge=words_judge), evaluate(CASES * 3, sage, judge=words_judge)
    lines = printed(comparison_table(silent, perfect)).splitlines()
    right = next(line for line in lines if line.startswith("│ right "))
    assert [cell.strip() for cell in right.split("│")[2:4]] == ["16.7 %", "100 %"]
    assert "+83.3" in right
    assert "supported" not in "\n".join(lines)  # never judged in both
