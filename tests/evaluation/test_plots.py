from xml.etree import ElementTree

import pytest

from kzrag.evaluation import plots
from kzrag.evaluation.stats import Interval

BAR = Interval(0.5, 0.25, 0.75, 8)


@pytest.mark.parametrize(
    "drawn",
    [
        plots.bars([("fact & co", BAR), ("time", Interval(1, 1, 1, 3))], "Right, by <kind>"),
        plots.histogram([1.0, 2.0, 2.0, 900.0], "Time", "ms"),
        plots.histogram([0.0], "Time", "ms"),
        plots.curve([(0.1, 0.2, 5), (0.9, 0.8, 50)], "Sure?", "confidence", "right"),
        plots.history([("a", 0.5), ("b", 0.75), ("c", 1.0)], "Over commits"),
    ],
)
def test_a_plot_is_well_formed_and_named(drawn: str) -> None:
    figure = ElementTree.fromstring(drawn)
    svg = figure.find("svg")
    assert svg is not None
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == figure.findtext("figcaption")


def test_nothing_to_draw_is_no_plot() -> None:
    assert plots.bars([], "x") == plots.histogram([], "x", "ms") == plots.curve([], "x", "y", "z") == ""
    assert plots.history([("only one", 0.5)], "x") == ""


def test_a_bar_is_as_long_as_its_share() -> None:
    figure = ElementTree.fromstring(plots.bars([("half", BAR), ("all", Interval(1, 1, 1, 1))], "x"))
    half, whole = (float(each.get("width", "0")) for each in figure.iter("rect"))
    assert half * 2 == pytest.approx(whole, abs=0.2)
    assert "50 % of 8" in "".join(figure.itertext())
