"""What is certain is converted, what is not is said: one sentence each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzrag.corpus.decoding import decode
from kzrag.errors import CorpusError

RUSSIAN = (
    "Паромная компания Корсо перевезла в 2019 году 412 тысяч пассажиров, на 8 процентов больше, чем годом раньше. "
    "Её директор Майя Линд рассчитывала лишь на половину этого числа. Чаек никто не спросил."
)
TRADITIONAL = "科爾索渡輪公司2019年運送旅客41.2萬人次,比前一年增加8%。公司總經理林德原先預計只有一半。沒有人問過海鷗。"
SIMPLIFIED = "科尔索渡轮公司2019年运送旅客41.2万人次,比前一年增加8%。公司总经理林德原先预计只有一半。没有人问过海鸥。"
WESTERN = "The ferry company’s “record” year – its director, Zoë Lind, had expected half of that."


@given(st.text())
def test_utf8_is_taken_as_it_is(text: str) -> None:
    data = text.encode()
    try:
        assert decode(data, "x.txt") == (text, None)
    except CorpusError:
        assert any(character < " " for character in text) or text.startswith(
            ("%PDF", "PK", "GIF8", "RIFF", "ID3", "{\\rtf")
        )


def test_newlines_and_the_byte_order_mark_stay() -> None:
    text = "\ufeffOne.\r\nTwo.\rThree.\n\u2028Four."
    assert decode(text.encode(), "x.txt") == (text, None)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "utf-16"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-16"),
        (SIMPLIFIED, "gb18030"),
        (WESTERN, "utf-16"),
    ],
)
def test_other_encodings_are_converted_when_certain_and_named(text: str, encoding: str) -> None:
    decoded, note = decode(text.encode(encoding), "x.txt")
    assert decoded == text
    assert note is not None
    assert note.startswith("x.txt is not UTF-8; it was read as ")


def test_western_code_pages_are_named_and_refused() -> None:
    with pytest.raises(
        CorpusError, match=r"^x\.txt is not UTF-8; it looks like cp125\d, but not surely: save it as UTF-8\.$"
    ):
        decode(WESTERN.encode("cp1252"), "x.txt")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 \xff", "a PDF document"),
        (b"PK\x03\x04....", "a ZIP or Office file"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"words\x00words", "zero bytes"),
        (b"\x01\x02\x03\x04\x05 words", "control characters"),
        (bytes(range(128, 256)) * 5, "not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_looks_like(data: bytes, says: str) -> None:
    with pytest.raises(CorpusError, match=says):
        decode(data, "x.txt")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_one_sentence(data: bytes) -> None:
    try:
        decode(data, "x.txt")
    except CorpusError as error:
        assert str(error).startswith("x.txt ")
        assert str(error).endswith(".")
