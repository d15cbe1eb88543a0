"""Where sources contradict each other and where they only seem to, on small invented corpora in four languages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kzrag.answering.disagreement import denies
from kzrag.answering.needs import read
from kzrag.answering.reasons import reason, wanted
from kzrag.evaluation.memory import MemoryEngine, memory_index, plain_document
from kzrag.index.encoder import Encoder
from kzrag.records import Answer, Block, Document, Evidence
from kzrag.settings import Settings
from kzrag.text.language import detect
from tests.bundled import shipped

CASES = tomllib.loads((Path(__file__).parent / "disputes.toml").read_text(encoding="utf-8"))["case"]
QUARRELS = tomllib.loads((Path(__file__).parent / "quarrels.toml").read_text(encoding="utf-8"))["corpus"]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return shipped()


def document(name: str, given: str | dict[str, Any]) -> Document:
    about: dict[str, Any] = {"text": given} if isinstance(given, str) else dict(given)
    text, reader = about.pop("text"), about.pop("reader", None)
    if reader is not None:
        start = len(text) + 2
        about["blocks"] = (Block(0, len(text)), Block(start, start + len(reader), "Peter Walker"))
        text = f"{text}\n\n{reader}"
    return plain_document(name, text, detect(text), **{"published": "2021", **about})


def asked(case: dict[str, Any], encoder: Encoder) -> Answer:
    documents = [document(name, given) for name, given in case["documents"].items()]
    # Whether so little text answers at all is another rule's matter.
    engine = MemoryEngine(memory_index(documents, encoder), Settings(), frozenset({"abstention"}))
    return engine.answer(case["question"], [])


@pytest.mark.parametrize("case", [c for c in CASES if c["differ"]], ids=lambda case: case["name"])
def test_each_side_of_a_contradiction_is_shown_and_named(case: dict[str, Any], encoder: Encoder) -> None:
    answer = asked(case, encoder)
    assert all(words in answer.text for words in case["shows"])
    assert answer.disagreements
    assert len(answer.text) <= 700
    cited = [citation.number for citation in answer.citations]
    for disagreement in answer.disagreements:
        voices = {
            (answer.citations[cited.index(number)].family, answer.citations[cited.index(number)].voice)
            for position in disagreement.positions
            for number in position.citations
        }
        assert len(voices) == len(disagreement.positions) >= 2


@pytest.mark.parametrize("case", [c for c in CASES if not c["differ"]], ids=lambda case: case["name"])
def test_what_can_both_be_true_is_no_contradiction(case: dict[str, Any], encoder: Encoder) -> None:
    answer = asked(case, encoder)
    assert answer.citations
    assert answer.disagreements == ()
    assert "differ" not in answer.text.split("\n", 1)[0]


def test_half_of_the_cases_are_no_contradictions() -> None:
    assert 0.4 <= sum(case["differ"] for case in CASES) / len(CASES) <= 0.6
    assert len({case["name"] for case in CASES}) == len(CASES)


def quarrel(corpus: dict[str, Any], encoder: Encoder) -> list[tuple[dict[str, Any], Answer]]:
    documents = [document(name, given) for name, given in corpus["documents"].items()]
    engine = MemoryEngine(memory_index(documents, encoder), Settings(), frozenset({"abstention"}))
    return [(ask, engine.answer(ask["question"], [])) for ask in corpus["ask"]]


def test_sides_stand_in_any_language_and_what_is_undisputed_has_none(encoder: Encoder) -> None:
    answers = [each for corpus in QUARRELS for each in quarrel(corpus, encoder)]
    disputed = [
        bool(answer.disagreements) and all(re.search(side, answer.text) for side in ask["sides"])
        for ask, answer in answers
        if "sides" in ask
    ]
    undisputed = [answer for ask, answer in answers if "sides" not in ask]
    assert sum(disputed) >= 0.45 * len(disputed)
    assert sum(bool(answer.disagreements) for answer in undisputed) <= 0.05 * len(undisputed)


def evidence(text: str, encoder: Encoder) -> tuple[Evidence, Any]:
    index = memory_index([document("only", text)], encoder)
    return Evidence(index.sentences[-1], 1.0), index


@pytest.mark.parametrize(
    ("text", "event", "why"),
    [
        ("The ferry was halted because of a broken pier.", "The ferry was halted", "a broken pier"),
        ("The pier was broken, therefore the ferry was halted.", "the ferry was halted", "The pier was broken"),
        ("Because of his health, the mayor resigned.", "the mayor resigned", "his health"),
        ("渡轮停运是因为码头损坏。", "渡轮停运是", "码头损坏"),
        ("Паром остановили из-за поломки причала.", "Паром остановили", "поломки причала"),
        ("They shut the line on the grounds of a leak and asked for money.", "They shut the line", "a leak"),
    ],
)
def test_a_sentence_is_cut_into_what_happened_and_why(text: str, event: str, why: str, encoder: Encoder) -> None:
    found = reason(*evidence(text, encoder))
    assert found is not None
    assert event in found.event
    assert why in found.why
    assert why not in found.event


def test_what_provoked_a_reply_stands_before_it(encoder: Encoder) -> None:
    piece, index = evidence("The village stopped paying its toll. The baron retaliated by closing the bridge.", encoder)
    found = reason(piece, index)
    assert found is not None
    assert found.reply
    assert "toll" in found.why
    assert reason(piece, index, "ground") is None


def test_a_sentence_without_a_cause_gives_no_reason(encoder: Encoder) -> None:
    assert reason(*evidence("The ferry was halted on Monday morning by the harbour master.", encoder)) is None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Under what pretext was the line closed?", "ground"),
        ("What reason did the mayor give for closing it?", "ground"),
        ("Why was the line closed?", None),
        ("What provoked the baron to close it?", "provocation"),
        ("以什么借口关闭了这条线？", "ground"),
        ("Под каким предлогом закрыли линию?", "ground"),
    ],
)
def test_a_question_may_ask_for_the_ground_or_for_the_provocation(question: str, kind: str | None) -> None:
    assert wanted(read(question)) == kind


def test_who_asks_for_the_sides_hears_each_voice_once(encoder: Encoder) -> None:
    case = {
        "question": "Who says what about the cause of the fire in the Orvel mill?",
        "documents": {
            "police": "The fire in the Orvel mill was caused by a cigarette, the police said. Two rooms burned.",
            "owner": "The owner said that old cables caused the fire in the Orvel mill. He wants to build again.",
            "miller": "A miller believes that lightning caused the fire in the Orvel mill. It rained that night.",
        },
    }
    answer = asked(case, encoder)
    assert all(words in answer.text for words in ("cigarette", "cables", "lightning"))
    assert len(answer.citations) == 3


@pytest.mark.parametrize(
    "question",
    [
        "Did Osk the miller sell the Orvel mill because of the flood, or was that before it?",
        "磨坊主奥斯克是因为洪水才卖掉奥维尔磨坊，还是洪水之前就卖了？",
        "Мельник Оск продал мельницу Орвел из-за наводнения или ещё до него?",
    ],
)
def test_who_offers_two_answers_hears_the_two_best_sources(question: str, encoder: Encoder) -> None:
    documents = {
        "weekly": "After the flood had ruined his flour, Osk the miller sold the Orvel mill. He moved to the coast.",
        "letter": "The harvest was poor. Osk the miller had signed the sale of the Orvel mill weeks before the flood.",
        "guide": "The lake is good for fishing. There are three inns and a church.",
    }
    answer = asked({"question": question, "documents": documents}, encoder)
    assert [citation.document_id for citation in answer.citations] in (["weekly", "letter"], ["letter", "weekly"])


def test_a_bare_denial_stands_beside_what_it_denies(encoder: Encoder) -> None:
    case = {
        "question": "Is it disputed that the mayor of Tarn met the owners of the mill?",
        "documents": {
            "report": "The council says that the mayor of Tarn met the owners of the mill in May. He did not. He was ill.",
            "radio": "The weather in Tarn was fine in May. Many people went to the lake.",
        },
    }
    assert "He did not." in asked(case, encoder).text


def test_what_an_interviewer_puts_to_somebody_is_quoted_with_the_reply(encoder: Encoder) -> None:
    case = {
        "question": "Who had the idea of a common kitchen?",
        "documents": {
            "talk": "Q: The parish says the common kitchen was its idea.\n\nA: I wrote it down in 1998, on a napkin.",
            "guide": "The lake is good for fishing. There are three inns and a church.",
        },
    }
    assert "on a napkin" in asked(case, encoder).text


def test_who_asks_for_the_sides_reads_a_list_of_them_whole(encoder: Encoder) -> None:
    case = {
        "question": "关于奥维尔磨坊起火的原因有哪些不同说法？",
        "documents": {
            "paper": "磨坊烧了一夜。警方坚持奥维尔磨坊起火是因为烟头；厂主至今认为是旧电线；邻居则说是雷击。湖里的鱼很多。",
            "guide": "湖边有三家客栈和一座教堂。",
        },
    }
    assert "烟头；厂主至今认为是旧电线；邻居则说是雷击" in asked(case, encoder).text


def test_who_refuses_does_not_contradict_who_does_not_agree() -> None:
    assert denies("The mill was not sold.", "When was the mill sold?")
    assert not denies("队长是唯一懂行的人,她拒绝签名。", "队长为什么不同意报告？")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("The owner does not say who sold the mill.", "Who sold the mill?"),
        ("She declined to comment on whether the mill was sold.", "When was the mill sold?"),
        ("Владелец не уточнил, когда продана мельница.", "Когда продана мельница?"),
        ("业主没有说明为什么卖掉磨坊。", "业主为什么卖掉磨坊？"),
    ],
)
def test_what_somebody_leaves_open_denies_nothing(text: str, question: str) -> None:
    assert not denies(text, question)


def test_another_years_figure_is_no_other_answer(encoder: Encoder) -> None:
    case = {
        "question": "How much did the council pay for the ferry in 2019?",
        "documents": {
            "report": "In 2019 the council paid 4 million dollars for the ferry. The old boat was sold.",
            "radio": "The council paid 7 million dollars for the ferry in 2022. The harbour was full of people.",
        },
    }
    answer = asked(case, encoder)
    assert "4 million" in answer.text
    assert not answer.disagreements


def test_of_several_figures_in_the_best_sentence_the_one_that_another_source_disputes_is_compared(
    encoder: Encoder,
) -> None:
    documents = {
        "one": "An audit for the town of Brel, which owns 26 per cent of the line, puts the loss from the tram strike at "
        "11 million crowns. The depot is in Mill Lane and has nine tracks.",
        "two": "Экономист Нора Вейл оценивает потери от забастовки трамваев в 7 млн крон. Парк переполнен.",
    }
    index = memory_index([plain_document(name, text, detect(text)) for name, text in documents.items()], encoder)
    answer = MemoryEngine(index, Settings()).answer("电车罢工造成的损失有多少？", [])
    shown = {citation.document_id for citation in answer.citations}
    assert shown == {"one", "two"}


@pytest.mark.parametrize("question", ["How much did the pier at Solm cost?", "What did rebuilding the pier cost?"])
def test_what_may_be_another_answer_is_quoted_and_not_called_a_dispute(question: str, encoder: Encoder) -> None:
    documents = {
        "one": "The old pier at Solm was rebuilt by the town. The work on the pier took 14 months and cost 6 million "
        "crowns, of which the harbour paid 2 million.",
        "two": "Pierre runs the fish stall at Solm. He says that the new pier swallowed 9 million crowns and is crooked.",
    }
    index = memory_index([plain_document(name, text, detect(text)) for name, text in documents.items()], encoder)
    answer = MemoryEngine(index, Settings()).answer(question, [])
    quoted = [citation.quote for citation in answer.citations]
    assert any("6 million" in quote for quote in quoted)
    assert any("9 million" in quote for quote in quoted)
    assert answer.disagreements == ()
