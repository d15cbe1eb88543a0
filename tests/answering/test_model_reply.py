"""A reply is cut into sentences the same way however its stream is cut into pieces."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.answering.model_reply import Cutter, Piece, exact_quotations, own_words, without_thoughts

KEYS = ("kaaaaa", "kbbbbb")


def cut(text: str, size: int = 4, *, complete: bool = True) -> list[Piece]:
    cutter = Cutter(KEYS)
    pieces = [piece for start in range(0, len(text), size) for piece in cutter.feed(text[start : start + size])]
    return pieces + cutter.close(complete=complete)


def pairs(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(piece.text, piece.keys) for piece in cut(text)]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("It carries 80 percent [kaaaaa]. It is old [kbbbbb].",
         [("It carries 80 percent.", ("kaaaaa",)), ("It is old.", ("kbbbbb",))]),
        ("It carries 80 percent. [kaaaaa] It is old. [kbbbbb]",
         [("It carries 80 percent.", ("kaaaaa",)), ("It is old.", ("kbbbbb",))]),
        ("到2032年增加到2800萬噸【kaaaaa】。然後呢？（kbbbbb）",
         [("到2032年增加到2800萬噸。", ("kaaaaa",)), ("然後呢？", ("kbbbbb",))]),
        ("到2032年增加到2800萬噸。［kaaaaa］以後更多。[kbbbbb]",
         [("到2032年增加到2800萬噸。", ("kaaaaa",)), ("以後更多。", ("kbbbbb",))]),
        ("Two in one [kaaaaa, kbbbbb]. And apart [KAAAAA][kaaaaa].",
         [("Two in one.", ("kaaaaa", "kbbbbb")), ("And apart.", ("kaaaaa",))]),
        ("Without brackets kaaaaa.", [("Without brackets.", ("kaaaaa",))]),
        ("He said: “It is so. It will be so.” [kaaaaa]", [("He said: “It is so. It will be so.”", ("kaaaaa",))]),
        ("In the U.S. it costs $3.50 a day [kaaaaa].", [("In the U.S. it costs $3.50 a day.", ("kaaaaa",))]),
        ("# Oil\n\n- **It** is `old` [kaaaaa].\n1. It is big [kbbbbb].",
         [("Oil", ()), ("It is old.", ("kaaaaa",)), ("It is big.", ("kbbbbb",))]),
        ("See ![a](http://evil/?q=1) and [this](http://evil) <b>now</b> [kaaaaa].",
         [("See and this now.", ("kaaaaa",))]),
        ("<think>Is it 5 [1]? Yes.</think>It is old [kaaaaa].", [("It is old.", ("kaaaaa",))]),
        ("So I think it is 5.</think>It is old [kaaaaa].", [("It is old.", ("kaaaaa",))]),
        ("He is [sic] old [kaaaaa].", [("He is sic old.", ("kaaaaa",))]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_and_their_keys(reply: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert pairs(reply) == expected


@pytest.mark.parametrize(
    "marker", ["[1]", "[kzzzzz]", "【3†source】", "[source 2]", "[^4]", "(kzzzzz)", "[1, 2]", "[ID:5]"]
)
def test_invented_markers_never_stay(marker: str) -> None:
    (piece,) = cut(f"It is old {marker}.")
    assert piece == Piece("It is old.", (), True, False)


def test_brackets_that_are_no_markers_stay() -> None:
    assert pairs("The route (opened in 2001) is old [kaaaaa].") == [("The route (opened in 2001) is old.", ("kaaaaa",))]


def test_paragraphs() -> None:
    assert [piece.starts_paragraph for piece in cut("One is so. Two is so.\n\nThree is so.")] == [False, False, True]


def test_a_sentence_is_out_before_the_reply_ends() -> None:
    cutter = Cutter(KEYS)
    assert cutter.feed("It carries 80 percent. [kaaa") == []
    assert [piece.text for piece in cutter.feed("aa] And then there is more")] == ["It carries 80 percent."]


def test_a_cut_reply_loses_its_unfinished_sentence() -> None:
    assert [piece.text for piece in cut("It is old [kaaaaa]. It carries 8", complete=False)] == ["It is old."]
    assert [piece.text for piece in cut("It is old [kaaaaa]. It is big.", complete=False)] == [
        "It is old.",
        "It is big.",
    ]


def test_prose_without_end_is_noticed() -> None:
    cutter = Cutter(KEYS)
    assert not cutter.feed("word " * 400)
    assert cutter.endless


@given(st.text(alphabet="Ab1. [](){}<>k“”」「。!?\n*#-/\ue000İ石", max_size=80), st.integers(1, 9))
def test_a_stream_in_pieces_of_any_size_leaves_no_marker(text: str, size: int) -> None:
    for piece in cut(text, size):
        assert not re.search(r"\[[^\[\]]*\d[^\[\]]*\]", piece.text)
        assert "\ue000" not in piece.text
    cut(text, size, complete=False)


REPLY = (
    "It carries 80 percent. [kaaaaa]\n\n- See [this](http://x) and [2] (it is [sic] old) kbbbbb. "
    "“It is. So it is.” [kbbbbb]"
)


@given(st.integers(1, 130))
def test_a_stream_in_pieces_of_any_size_gives_the_same(size: int) -> None:
    assert cut(REPLY, size) == cut(REPLY, len(REPLY))


SPAN = "He said: “We won’t\nleave the route”, and 哈薩克斯坦 stayed."


@pytest.mark.parametrize(
    ("text", "expected", "verbatim"),
    [
        ("He said “we won't leave the route”.", "He said “We won’t leave the route”.", True),
        ('He said "we won’t leave the route."', 'He said "We won’t leave the route".', True),
        ("他說「哈萨克斯坦」。", "他說「哈薩克斯坦」。", True),
        ("He said “we will leave”.", "He said we will leave.", False),
        ("No quotation.", "No quotation.", True),
    ],
)
def test_quotations_are_the_sources_own_letters(text: str, expected: str, verbatim: bool) -> None:
    assert exact_quotations(text, [SPAN]) == (expected, verbatim)


def test_own_words_are_what_is_not_quoted() -> None:
    assert own_words("Он сказал: «We won't leave the route».", [SPAN]).split() == ["Он", "сказал:", "."]


def test_thoughts_are_taken_out_of_a_whole_reply() -> None:
    assert without_thoughts("<think>Hm.</think>What is it?").strip() == "What is it?"
