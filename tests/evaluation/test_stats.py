import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.evaluation.stats import compare, interval, percentile

shares = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=40)


def test_no_values_have_no_interval() -> None:
    assert interval([]) is None


def test_equal_values_are_sure() -> None:
    found = interval([1.0] * 20)
    assert found is not None
    assert (found.low, found.mean, found.high, found.count) == (1, 1, 1, 20)


def test_the_interval_of_half_heads_is_the_one_of_the_textbook() -> None:
    found = interval([0.0, 1.0] * 50)
    assert found is not None
    # 0.5 plus and minus 1.96 standard errors of 0.05
    assert (found.low, found.high) == (pytest.approx(0.402, abs=0.02), pytest.approx(0.598, abs=0.02))


@given(shares)
def test_the_mean_lies_in_its_interval_and_comes_out_the_same_twice(values: list[float]) -> None:
    found = interval(values)
    assert found is not None
    assert found.low <= found.mean + 1e-9
    assert found.mean <= found.high + 1e-9
    assert interval(list(values)) == found


@given(shares)
def test_a_run_does_not_differ_from_itself(values: list[float]) -> None:
    run = {str(number): value for number, value in enumerate(values)}
    change = compare(run, run)
    assert change is not None
    assert (change.mean, change.p, change.better, change.worse, change.real) == (0, 1, 0, 0, False)


def test_only_shared_cases_are_compared() -> None:
    assert compare({"a": 1.0}, {"b": 1.0}) is None
    change = compare({"a": 1.0, "b": 0.0}, {"b": 1.0, "c": 0.0})
    assert change is not None
    assert (change.mean, change.count) == (1, 1)


@pytest.mark.parametrize(("worse", "p"), [(1, 1.0), (2, 0.5), (5, 0.0625), (6, 0.03125)])
def test_p_of_cases_that_all_got_worse_is_that_of_the_sign_test(worse: int, p: float) -> None:
    before = {str(number): 1.0 for number in range(30)}
    after = {name: float(int(name) >= worse) for name in before}
    change = compare(before, after)
    assert change is not None
    assert change.p == pytest.approx(p)
    assert change.real == (p < 0.05)
    assert change.mean == pytest.approx(-worse / 30)


def test_p_of_many_differences_is_drawn_and_close_to_the_exact_one() -> None:
    before = {str(number): float(number < 15) for number in range(20)}
    after = {name: 1 - value for name, value in before.items()}
    change = compare(before, after)  # 15 worse, 5 better: two-sided binomial 0.0414
    assert change is not None
    assert change.p == pytest.approx(0.0414, abs=0.006)


def test_percentile_of_nothing_is_nought() -> None:
    assert percentile([], 0.95) == 0
    assert percentile([1.0, 2.0, 3.0], 0.5) == 2
