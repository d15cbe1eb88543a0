"""Lines, paragraphs, headings, and sentences torn apart by blank lines."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.corpus.layout import (
    BLANK,
    belongs_to,
    heading_flags,
    is_prose,
    looks_like_heading,
    paragraphs,
    trimmed,
    width,
)

PROSE = (
    "The lighthouse at Korso was lit again on Sunday after forty years of darkness, and its keeper paid for the lamp. "
    "Ships had passed the point by guesswork since the storm, and two of them had not passed it at all."
)


def texts(raw: str) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(raw)]


def test_one_paragraph_per_line_or_per_blank_line() -> None:
    assert texts("One is here.\nTwo is here.\n\n\nThree is here.") == ["One is here.", "Two is here.", "Three is here."]
    assert texts("一。\r\n二。\r三。") == ["一。", "二。", "三。"]


@pytest.mark.parametrize("columns", [50, 64, 72, 80, 100])
def test_lines_wrapped_by_hand_are_one_paragraph(columns: int) -> None:
    wrapped = textwrap.fill(PROSE, columns)
    assert texts(f"{wrapped}\n\n{wrapped}") == [wrapped, wrapped]


def test_wrapped_paragraphs_end_with_a_short_line_and_headlines_stand_alone() -> None:
    first, second = textwrap.fill(PROSE, 70), textwrap.fill(PROSE.replace("Korso", "Nord"), 70)
    assert texts(f"Korso is lit again\n{first}\nWho paid\n{second}") == [
        "Korso is lit again",
        first,
        "Who paid",
        second,
    ]


def test_wrapped_chinese_is_one_paragraph() -> None:
    line = "科爾索的燈塔在四十年的黑暗之後於星期日重新點亮看守人支付了費用"
    assert texts(f"{line}\n{line}\n點亮了。") == [f"{line}\n{line}\n點亮了。"]


def test_a_list_of_headlines_is_not_wrapped() -> None:
    headlines = [
        f"{name} Council Promises Another Lamp For The Point This Spring" for name in ("Korso", "Nord", "Sund")
    ]
    assert texts("\n".join(headlines)) == headlines


def test_a_headline_over_its_text_is_not_wrapped() -> None:
    assert texts(f"Korso is lit again\n{PROSE}") == ["Korso is lit again", PROSE]
    assert texts("燈塔重新點亮\n科爾索燈塔週日重新點亮。") == ["燈塔重新點亮", "科爾索燈塔週日重新點亮。"]


def test_bullets_are_left_out_and_begin_paragraphs() -> None:
    found = paragraphs("  • first thing\n  • second thing\n- third thing\n* fourth thing")
    assert [(p.text, p.bullet) for p in found] == [
        ("first thing", True),
        ("second thing", True),
        ("third thing", True),
        ("fourth thing", True),
    ]
    assert texts("-5 degrees\n— Да, сказал он.\n* * *") == ["-5 degrees", "— Да, сказал он.", "* * *"]


@given(st.text(alphabet=st.sampled_from("aB .\n\r\t•-*。,\u2028\ufeff\u00a0é鏡😀")))
def test_paragraphs_are_in_order_trimmed_and_lose_nothing(raw: str) -> None:
    found = paragraphs(raw)
    position = 0
    for paragraph in found:
        assert paragraph.start >= position
        assert raw[paragraph.start : paragraph.end] == paragraph.text
        assert paragraph.text == paragraph.text.strip(BLANK) != ""
        assert not any(map(str.isalnum, raw[position : paragraph.start]))
        position = paragraph.end
    assert not any(map(str.isalnum, raw[position:]))


@given(st.text(alphabet=st.sampled_from("ab \n\ufeff")), st.data())
def test_trimmed_spans_are_spans(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    left, right = trimmed(raw, start, end)
    assert start <= left <= right <= end
    assert raw[left:right] == raw[start:end].strip(BLANK)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PROSE + " So it still costs too much, so", "Nobody buys it."),
        ("A pier, a lamp,", "And a school."),
        ("燈塔,碼頭,", "還有一所學校。"),
        ("Because of the wonderful “family” of that time", "” According to the plan, it was built."),
        ("Because of the wonderful “family” of that time", "â€\x9d According to the plan, it was built."),
        ("The council had promised it", "and forgotten it."),
    ],
)
def test_torn_sentences_belong_together(before: str, after: str) -> None:
    first, second = paragraphs(f"{before}\n\n{after}")
    assert belongs_to(first, second)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PROSE, PROSE),
        ("Korso is lit again", "The lighthouse was lit."),
        ("First, there is the price;", "Secondly, there is the fog."),
        ("He asked three things:", "Who pays?"),
        ("Korso is lit again", "• the lamp is new"),
        ("Why does a lighthouse cost so much and nobody knows it", "Because nobody asked."),
    ],
)
def test_whole_sentences_and_headlines_stay_apart(before: str, after: str) -> None:
    first, second = paragraphs(f"{before}\n\n{after}")
    assert not belongs_to(first, second)


def test_lines_of_a_signature_belong_together() -> None:
    first, second, third = paragraphs("Dr Maja Lind\n  Keeper of lamps\n\nKorso Institute")
    assert belongs_to(first, second)
    assert not belongs_to(second, third)


@pytest.mark.parametrize(
    "heading",
    ["Korso is lit again", "Who pays for the lamp?", "燈塔重新點亮", "The No. 1 lamp of the coast", "Маяк снова горит"],
)
def test_headings(heading: str) -> None:
    assert looks_like_heading(heading)
    assert is_prose(heading) == heading.endswith("?")


@pytest.mark.parametrize("text", ["It is lit.", "點亮了。", "A lamp,", "Lit? Yes it is", "…", PROSE])
def test_no_headings(text: str) -> None:
    assert not looks_like_heading(text)


def test_a_heading_stands_alone_above_prose() -> None:
    found = paragraphs(
        f"Korso is lit again\n\n{PROSE}\n\nWho pays?\n\nNobody does.\n\n\nWho paid\n\n{PROSE}\n\nMaja Lind"
    )
    assert heading_flags(found) == [True, False, False, False, True, False, False]


def test_han_characters_are_two_columns_wide() -> None:
    assert width("ab燈塔") == 6
