"""The old question asked of somebody else."""

import pytest

from kzrag.conversation.speakers import asked_of_another


@pytest.mark.parametrize(
    ("core", "previous", "whole"),
    [
        ("the hospital", "How many does the brigade say were hurt?", "How many does the hospital say were hurt?"),
        (
            "What did the insurers put it at",
            "What did the owner say the fire cost?",
            "What did the insurers say the fire cost?",
        ),
        ("what does the hospital say", "How many were hurt?", "How many were hurt according to the hospital?"),
        ("according to the hospital", "How many were hurt?", "How many were hurt according to the hospital?"),
        ("the hospital's figure", "How many were hurt?", "How many were hurt according to the hospital?"),
        (
            "according to the hospital",
            "How many were hurt according to the brigade?",
            "How many were hurt according to the hospital?",
        ),
        ("醫院說是多少人", "消防隊說有多少人受傷？", "醫院說有多少人受傷？"),
        ("醫院", "消防隊說有多少人受傷？", "醫院說有多少人受傷？"),
        ("醫院怎麼說", "火災中有多少人受傷？", "據醫院說，火災中有多少人受傷？"),
        ("医院的说法", "火灾中有多少人受伤？", "据医院说，火灾中有多少人受伤？"),
        ("по данным больницы", "Сколько пострадало, по словам пожарных?", "Сколько пострадало, по данным больницы?"),
        ("по данным больницы", "Сколько пострадало?", "Сколько пострадало, по данным больницы?"),
        ("что говорит больница", "Сколько пострадало?", "Сколько пострадало, как говорит больница?"),
    ],
)
def test_the_other_speaker_is_asked(core: str, previous: str, whole: str) -> None:
    assert asked_of_another(core, previous) == whole


@pytest.mark.parametrize(
    ("core", "previous"),
    [
        ("What does it say", "How many were hurt?"),
        ("What did Ana Velt say about the roof", "How many were hurt?"),
        ("What did Chile say", "What did Peru propose?"),  # a reply
        ("what does the mayor think of it", "Why was the port closed?"),  # an opinion of it
        ("the tunnel", "When was the bridge opened?"),
        ("他怎麼說", "火災中有多少人受傷？"),
        ("有多少人", "消防隊說有多少人受傷？"),
        ("что сказал мэр", "Что предложила Польша?"),
    ],
)
def test_nobody_else_is_asked(core: str, previous: str) -> None:
    assert asked_of_another(core, previous) is None
