"""What is offered instead of what can't be answered."""

from __future__ import annotations

import pytest

from kzrag.answering.suggest import _readable
from kzrag.text.language import script
from kzrag.text.names import names
from tests.answering.articles import opened


@pytest.mark.parametrize("question", ["油价是多少？", "Какова цена нефти?", "What is the price of oil?"])
def test_a_known_name_is_offered_in_the_readers_script(question: str) -> None:
    for text in ("Kazakhstan", "哈薩克斯坦", "Казахстан"):
        (name,) = names(text)
        assert script(_readable(name, question)) == script(question)


TANKERS = """The company is to get ten new tankers

The Caspian shipping company is to get ten new tankers from Turkey, as Baku said. The Ministry of Energy of Kazakhstan wants a pipeline of its own.
"""


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("When will the tankers from Turkey arrive?", "tankers"),
        ("How long is the pipeline that Kazakhstan wants?", "pipeline"),
        ("What is the salary of the minister of energy of Kazakhstan?", "Ministry of Energy"),
    ],
)
def test_what_was_asked_about_is_offered_first(
    tmp_path_factory: pytest.TempPathFactory, question: str, first: str
) -> None:
    answer = opened(tmp_path_factory.mktemp("tankers"), tankers=TANKERS).answer(question)
    assert answer.abstained and answer.offer is not None
    assert answer.offer.startswith(first)


def test_an_unknown_name_stays_as_it_is_written() -> None:
    (name,) = names("the Tilberg Foundation")
    assert _readable(name, "油价是多少？") == name.text
