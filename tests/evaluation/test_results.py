from dataclasses import replace
from pathlib import Path

import pytest

from kzrag.errors import KzragError
from kzrag.evaluation.results import (
    FACTS,
    Result,
    benchmark_result,
    bundled_results,
    in_readme,
    into_readme,
    read_results,
    render_readme_table,
    result_of,
    right_by_commit,
    write_result,
)
from kzrag.evaluation.run import evaluate
from tests.evaluation.conftest import CASES, Sage, Silent, words_judge

README = "# x\n<!-- results:start -->\nold\n<!-- results:end -->\nend\n"


def facts(name: str, date: str, commit: str) -> Result:
    engine = Silent() if name == "silent" else Sage(CASES)
    made = result_of(evaluate(CASES, engine, judge=words_judge, about={"commit": commit}))
    return replace(made, engine=name, date=date, milliseconds={"median": 12.34, "p95": 40.0})


def test_results_survive_being_written_oldest_first(tmp_path: Path) -> None:
    new, old = facts("kzrag", "2026-11-22", "bbb"), facts("kzrag", "2026-11-20", "aaa")
    for each in (new, old):
        write_result(each, tmp_path)
    assert read_results(tmp_path) == [old, new]
    assert right_by_commit(read_results(tmp_path), "kzrag") == [("aaa", 1.0), ("bbb", 1.0)]
    assert right_by_commit(read_results(tmp_path), "other") == []


def test_the_table_sets_engines_side_by_side() -> None:
    table = render_readme_table([facts("silent", "2026-11-20", "aaa"), facts("kzrag", "2026-11-22", "bbb")])
    lines = table.splitlines()
    assert lines[0] == "| 6 known facts | cases | kzrag (`bbb`) | silent (`aaa`) |"
    assert "| fact | 2 | 100.0 % | 0.0 % |" in lines
    assert "| **all right** | 6 | 100.0 % | 16.7 % |" in lines
    assert any(line.startswith("| *supported*") and line.endswith("| 100.0 % | – |") for line in lines)
    assert "| time of an answer, median / p95 | 6 | 12 / 40 ms | 12 / 40 ms |" in lines


def test_only_the_newest_result_of_an_engine_is_shown() -> None:
    table = render_readme_table([facts("kzrag", "2026-11-20", "aaa"), facts("kzrag", "2026-11-22", "bbb")])
    assert "bbb" in table
    assert "aaa" not in table


def test_benchmarks_have_a_line_each() -> None:
    made = benchmark_result(
        "CLAP NQ", "kzrag", {"refused": 0.91, "questions": 600}, about="Questions and passages.", headline=["refused"],
        milliseconds={},
    )  # fmt: skip
    table = render_readme_table([made])
    assert "| CLAP NQ | kzrag | refused 91.0 % |" in table
    assert "- **CLAP NQ**: Questions and passages." in table


def test_the_table_goes_between_its_markers() -> None:
    assert in_readme(README) == "old\n"
    assert into_readme(README, "new\n") == "# x\n<!-- results:start -->\nnew\n<!-- results:end -->\nend\n"
    assert in_readme("no markers") is None
    assert into_readme("no markers", "new\n") == "no markers"


def test_no_results_make_no_table() -> None:
    assert render_readme_table([]) == ""


def test_what_is_no_result_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    with pytest.raises(KzragError, match="is not a result"):
        read_results(tmp_path)


def test_the_readme_shows_the_newest_results() -> None:
    readme = Path(__file__).parents[2] / "README.md"
    inside = in_readme(readme.read_text(encoding="utf-8"))
    results = read_results(bundled_results())
    if inside is None:
        pytest.skip("the README has no place for results yet")
    assert inside == render_readme_table(results), "run `python -m kzrag.evaluation.results` to bring it up to date"
    assert {FACTS} <= {result.suite for result in results}
