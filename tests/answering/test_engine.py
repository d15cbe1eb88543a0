"""Questions to a small invented corpus: two papers that differ, a translation of one, and a reader who objects."""

from collections.abc import Iterator

import pytest

from kzrag.answering.wording import say
from kzrag.assistant import Assistant
from kzrag.records import Answer
from kzrag.settings import Settings
from kzrag.text.language import detect
from tests.bundled import shipped

COURIER = """The harbour of Belport

The harbour of Belport handled 12 million tons of grain in 2019, the port authority said on Tuesday. By 2027 it is to handle 20 million tons, and by 2035 as much as 31 million tons.

About 70% of the country's grain exports leave through Belport. Director Anna Velik said that the old quay will be rebuilt because its concrete is crumbling.

The city council does not support the privatisation of the harbour. A private owner would raise the fees, the mayor warned.

Leave a comment

Jo Reader on May 06 2021 said:
This is nonsense. The quay is fine, and no ship was ever late because of it.
"""
COURIER_RU = """Гавань Белпорта

Гавань Белпорта обработала 12 млн тонн зерна в 2019 году, сообщило во вторник портовое управление. К 2027 году она должна обрабатывать 20 млн тонн, а к 2035 году — до 31 млн тонн.

Около 70% зернового экспорта страны уходит через Белпорт. Директор Анна Велик сказала, что старый причал перестроят, потому что его бетон крошится.

Городской совет не поддерживает приватизацию гавани. Частный владелец поднял бы сборы, предупредил мэр.
"""
GAZETTE = """Grain and the sea

Half of the country's grain exports leave through the harbour of Belport, a study by the university found. The rest goes by rail to the south.

Farmers in the south want a second railway line. It would cost $3 billion and be ready by 2030.
"""
SOURCES = """
[[article]]
file = "courier.txt"
publisher = "The Courier"
author = "A. Writer"
language = "en"
published = "2021-05-04"

[[article]]
file = "courier_ru.txt"
publisher = "Вестник"
language = "ru"
published = "2021-05-05"
translation_of = "courier.txt"

[[article]]
file = "gazette.txt"
publisher = "The Gazette"
language = "en"
published = "2021"
published_note = "by its figures"
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("belport")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in (("courier", COURIER), ("courier_ru", COURIER_RU), ("gazette", GAZETTE)):
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    (corpus / "sources.toml").write_text(SOURCES, encoding="utf-8")
    made = Assistant(Settings(corpus_dir=corpus, index_dir=folder / "index", home=folder), encoder=shipped())
    yield made
    made.index.close()


def exact(assistant: Assistant, answer: Answer) -> bool:
    documents = {document.id: document for document in assistant.documents()}
    return all(documents[c.document_id].raw[c.start : c.end] == c.quote for c in answer.citations)


def test_the_figure_asked_for_stands_first_with_its_year(assistant: Assistant) -> None:
    answer = assistant.answer("How much grain is the harbour to handle by 2027?")
    assert answer.text.startswith("20 million tons")
    assert "2027" in answer.text.splitlines()[0]
    assert exact(assistant, answer)


def test_another_year_gets_another_figure(assistant: Assistant) -> None:
    assert assistant.answer("How much grain is the harbour to handle by 2035?").text.startswith("up to 31 million tons")


def test_the_source_and_its_date_are_named(assistant: Assistant) -> None:
    answer = assistant.answer("Why will the old quay be rebuilt?")
    assert "The Courier" in answer.text and "4 May 2021" in answer.text
    assert "concrete is crumbling" in answer.text


def test_a_translation_is_cited_in_the_readers_language_and_is_no_second_source(assistant: Assistant) -> None:
    answer = assistant.answer("Почему перестроят старый причал?")
    assert answer.language == "ru"
    assert answer.citations[0].document_id == "courier_ru"
    assert len({citation.family for citation in answer.citations}) == 1


def test_independent_sources_that_differ_are_both_shown(assistant: Assistant) -> None:
    answer = assistant.answer("What share of the country's grain exports leaves through Belport?")
    assert "70%" in answer.text and "Half" in answer.text
    (disagreement,) = answer.disagreements
    assert len(disagreement.positions) == 2
    cited = {citation.number: citation.family for citation in answer.citations}
    assert len({cited[number] for position in disagreement.positions for number in position.citations}) == 2


def test_a_reader_is_not_the_article(assistant: Assistant) -> None:
    answer = assistant.answer("What does Jo Reader say about the quay?")
    assert {citation.voice for citation in answer.citations} == {"Jo Reader"}
    assert "2021-05-06" in {citation.published for citation in answer.citations}


@pytest.mark.parametrize(
    "question",
    [
        "Who won the chess championship?",
        "How much grain is the harbour to handle by 2050?",
        "How many kilometres long is the quay?",
        "Сколько стоит билет на паром?",
    ],
)
def test_what_the_corpus_does_not_tell_is_refused_without_citations(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert answer.abstained and answer.reason
    assert answer.citations == ()
    assert "[" not in answer.text


def test_a_false_premise_is_corrected_with_a_citation(assistant: Assistant) -> None:
    answer = assistant.answer("Why does the city council support the privatisation of the harbour?")
    assert say("premise", "en") in answer.text
    assert "does not support" in answer.text


def test_a_follow_up_changes_the_year(assistant: Assistant) -> None:
    first = "How much grain is the harbour to handle by 2027?"
    history = [{"role": "user", "content": first}, {"role": "assistant", "content": "20 million tons [1]"}]
    answer = assistant.answer("And by 2035?", history)
    assert answer.text.startswith("up to 31 million tons")
    assert answer.understood_as and "2035" in answer.understood_as
    assert answer.understood_as in answer.text


def test_a_doubt_asks_the_other_sources_too(assistant: Assistant) -> None:
    first = "What share of the country's grain exports leaves through Belport?"
    history = [{"role": "user", "content": first}, {"role": "assistant", "content": "About 70%."}]
    answer = assistant.answer("Are you sure? Does nobody disagree?", history)
    assert "70%" in answer.text and "Half" in answer.text


def test_who_says_so_is_answered_by_the_sentence_that_answered(assistant: Assistant) -> None:
    first = "How much would the second railway line cost?"
    history = [{"role": "user", "content": first}, {"role": "assistant", "content": "3 billion dollars."}]
    answer = assistant.answer("Who says so?", history)
    assert "The Gazette" in answer.text and "$3 billion" in answer.text


def test_several_questions_get_all_their_parts(assistant: Assistant) -> None:
    answer = assistant.answer("How much would the second railway line cost, and why will the old quay be rebuilt?")
    assert "3 billion" in answer.text and "crumbling" in answer.text


@pytest.mark.parametrize("question", ["", "   ", "?", "😀", "a" * 5000, "\x00", "[1](javascript:alert(1))"])
def test_odd_questions_are_answered_calmly(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert answer.text
    assert exact(assistant, answer)


def test_the_stream_ends_with_the_answer_and_its_words_are_the_answers(assistant: Assistant) -> None:
    events = list(assistant.stream("Why will the old quay be rebuilt?"))
    assert events[-1].answer is not None
    assert "".join(event.text for event in events if event.kind == "text") == events[-1].answer.text


def test_two_runs_are_identical(assistant: Assistant) -> None:
    question = "What share of the country's grain exports leaves through Belport?"
    assert assistant.answer(question).to_dict() == assistant.answer(question).to_dict()


def test_every_statement_carries_a_marker_and_every_marker_a_citation(assistant: Assistant) -> None:
    import re

    answer = assistant.answer("Why will the old quay be rebuilt?")
    numbers = {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)}
    assert numbers == {citation.number for citation in answer.citations}


def test_the_corpus_disagreements_are_found_without_a_question(assistant: Assistant) -> None:
    found = assistant.disagreements()
    assert any("70%" in topic or "Half" in topic for topic, _ in found)


def test_own_words_are_in_the_language_of_the_question(assistant: Assistant) -> None:
    assert detect(assistant.answer("Кто выиграл чемпионат по шахматам?").text.split("«")[0]) == "ru"
