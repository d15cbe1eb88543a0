"""Dates of sources named in brackets."""

import pytest

from kzrag.text.dates import dates
from kzrag.text.references import told_dates


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He left the alliance (Idel.Realities, October 23).", []),
        ("The talks (Kremlin.ru, November 28) broke off on November 30.", ["November 30"]),
        ("It was said twice (Mk.ru; Interfax, March 3, 2022).", []),
        ("It was said (The New York Times, 5 May 2020), and denied.", []),
        ("Он вышел из союза (Интерфакс, 3 марта).", []),
        ("It was opened (in May 2020).", ["May 2020"]),
        ("The war (February 24, 2022) began at night.", ["February 24, 2022"]),
        ("In June (the first one, on June 3) it rained.", ["June", "June 3"]),
    ],
)
def test_the_date_of_a_source_is_not_what_is_told(text: str, told: list[str]) -> None:
    assert [date.text for date in told_dates(text, tuple(dates(text)))] == told
