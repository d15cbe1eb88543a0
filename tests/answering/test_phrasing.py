"""Whatever the model does, the answer that comes out is exact, supported and in the reader's language."""

import re

import pytest

from kzrag.answering.engine import respond
from kzrag.answering.gate import SpanText, check
from kzrag.answering.models import open_model
from kzrag.answering.wording import reason_in_words, say
from kzrag.assistant import Assistant
from kzrag.records import Answer
from kzrag.settings import Settings
from tests.bundled import bundled
from tests.fake_llm import Character, FakeLLM, Reading, Script, quoting, tokens

REFINING = "What refining capacity does Kazakhstan want by 2032?"


def asked(character: str | Character, question: str, timeout: float = 60.0) -> Answer:
    with FakeLLM(character) as server:
        settings = Settings(
            llm="openai-like:scripted", llm_base_url=server.base_url, llm_api_key="none", llm_timeout=timeout
        )
        events = respond(question, (), bundled().index, settings, llm=open_model(settings))
        return next(event.answer for event in events if event.answer is not None)


def sound(answer: Answer, assistant: Assistant) -> bool:
    documents = {document.id: document for document in assistant.documents()}
    numbers = {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)}
    assert numbers == {citation.number for citation in answer.citations}
    return all(documents[c.document_id].raw[c.start : c.end] == c.quote for c in answer.citations)


def test_a_good_model_phrases_the_answer() -> None:
    answer = asked("good", REFINING)
    assert answer.mode == "llm"
    assert "28 million" in answer.text
    assert sound(answer, bundled())


@pytest.mark.parametrize("character", ["never-cites", "invents-keys", "own-knowledge", "empty", "broken-500"])
def test_a_bad_model_is_replaced_by_the_sources_and_the_reader_is_told(character: str) -> None:
    answer = asked(character, REFINING)
    assert answer.mode == "extractive"
    assert answer.text.startswith("28 million tons")
    assert len(answer.notes) == 1 and "not used" in answer.notes[0]
    assert sound(answer, bundled())


def test_a_changed_figure_is_not_shown() -> None:
    answer = asked("changes-figure", REFINING)
    spans = [SpanText(c.quote, c.language, c.published, c.voice, c.publisher, c.author) for c in answer.citations]
    assert sound(answer, bundled())
    for line in re.split(r"(?<=\])\s+", answer.text):
        assert check(re.sub(r"\[\d+\]", "", line), spans).supported


def test_both_sides_are_shown_whatever_the_model_chose() -> None:
    answer = asked("good", "What share of Kazakhstan's oil exports goes through the CPC pipeline?")
    assert "80%" in answer.text and "two-thirds" in answer.text


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans", "ru", "kk"])
def test_why_a_model_was_not_used_is_said_in_the_readers_language(language: str) -> None:
    known = reason_in_words("slow", language)
    assert known != reason_in_words("garbage", language)
    assert reason_in_words("something new", language) == say("why_unusable", language)


def conflicting_question() -> str:
    return "What share of Kazakhstan's oil exports goes through the CPC pipeline?"


@pytest.mark.parametrize("character", ["good", "one-source"])
def test_a_disagreement_cites_only_what_the_text_shows(character: str) -> None:
    def one_source(reading: Reading) -> Script:
        return Script(tokens(quoting(reading, 1)[0]))

    answer = asked(one_source if character == "one-source" else character, conflicting_question())
    assert answer.mode == "llm"
    assert sound(answer, bundled())
    (disagreement,) = answer.disagreements
    assert len(disagreement.positions) >= 2
    for position in disagreement.positions:
        assert all(f"[{number}]" in answer.text for number in position.citations)


def test_a_part_without_an_answer_is_told_beside_the_models_words() -> None:
    answer = asked("good", f"{REFINING} Who won the football World Cup?")
    assert answer.mode == "llm"
    assert "28 million" in answer.text
    refusals = tuple(
        f"Who won the football World Cup? {say(reason, 'en')}" for reason in ("off_topic", "not_in_corpus")
    )
    assert answer.text.endswith(refusals)


def test_a_wrong_premise_is_said_before_the_models_words() -> None:
    question = "Why did Kazakhstan recognize Donetsk and Luhansk as independent?"
    plain = bundled().answer(question)
    assert plain.text.startswith(say("premise", "en"))
    answer = asked("good", question)
    assert answer.mode == "llm"
    assert answer.text.startswith(f"{say('premise', 'en')}\n\n")
    assert sound(answer, bundled())
