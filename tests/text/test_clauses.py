"""Where clauses begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kzrag.text.clauses import clause_at, clauses


def test_a_figure_and_its_owner_stand_in_one_clause() -> None:
    text = "Its partners are Chad, Niger and Mali, of which Mali takes 12,5 percent; the rest is small."
    parts = clauses(text)
    start, end = parts[clause_at(parts, text.index("12,5"))]
    assert text[start:end].strip(" ;") == "of which Mali takes 12,5 percent"


@given(st.text(alphabet="ab ,;:，。、и но12", max_size=40))
def test_clauses_are_the_whole_sentence(text: str) -> None:
    assert "".join(text[a:b] for a, b in clauses(text)) == text
