from __future__ import annotations

import pytest

from kzrag.text.language import fold
from kzrag.text.unknown_names import romanised, unknown_names


def found(text: str, *taken: tuple[int, int]) -> list[tuple[str, str]]:
    return [(text[name.start : name.end], name.kind) for name in unknown_names(text, fold(text), taken)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They met Professor Jane van der Berg twice.", "Jane van der Berg", "person"),
        ("He moved to Springfield.", "Springfield", "place"),
        ("the National Bank of Ruritania agreed", "National Bank of Ruritania", "org"),
        ("under the Ruritania Trade Agreement", "Ruritania Trade Agreement", "treaty"),
        ("the report of OPQR on oil", "OPQR", "org"),
        ("сообщил Иван Петров", "Иван Петров", "person"),
        ("首席执行官迈克·沃思表示", "迈克·沃思", "person"),
    ],
)
def test_names_by_their_shape(text: str, name: str, kind: str) -> None:
    assert (name, kind) in found(text)


def test_the_head_of_a_sentence_proves_nothing() -> None:
    assert found("Pipelines leak. Outputs fell. However, it holds.") == []
    assert found("Weafer said so.") == [("Weafer", "person")]


def test_what_is_taken_is_not_found_again() -> None:
    text = "They met Jane Roe."
    assert found(text, (9, 17)) == []


def test_a_russian_case_does_not_change_the_key() -> None:
    keys = {
        name.key
        for text in ("сказал Иван Ростоцкий", "спросили Ивана Ростоцкого")
        for name in unknown_names(text, fold(text), ())
    }
    assert {key.rpartition("_")[2] for key in keys} == {"rostotsky"}


def test_romanised_as_newspapers_do() -> None:
    assert romanised("жуковский") == "zhukovsky"
