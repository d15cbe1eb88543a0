"""Bytes become text: UTF-8 as it stands, another encoding when it is certain, anything else one sentence.

Newlines, byte order marks and whatever else is in UTF-8 text stay as they are, so that offsets point into the file.
"""

from __future__ import annotations

import re

from kzrag.errors import CorpusError
from kzrag.text.language import HAN, script

_SAMPLE = 8192
"""Characters looked at to tell text from something else."""
_CLEARLY = 0.15
"""Lead of the best guess over the next, in charset-normalizer's measure of how much a text is like a language."""
_KNOWN_HAN = 0.95
"""Share of a text's Han characters that the basic sets of mainland China or Taiwan hold; noise decoded as GB 18030 has
rare characters everywhere."""
_FORMATS_ELSEWHERE = {
    b"%PDF": "a PDF document", b"PK\x03\x04": "a ZIP or Office file", b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture",
    b"RIFF": "an audio or video file", b"ID3": "an MP3 file", b"\x7fELF": "a program", b"{\\rtf": "an RTF document",
    b"\x1f\x8b": "a gzip archive", b"SQLite format 3": "an SQLite database",
}  # fmt: skip


def decode(data: bytes, name: str) -> tuple[str, str | None]:
    """The text of some bytes, and a sentence when they were not UTF-8.

    Args:
        data: a whole file.
        name: how the sentences call it.

    Raises:
        CorpusError: they are no text, or their encoding can't be told with certainty.
    """
    for magic, what in _FORMATS_ELSEWHERE.items():
        if data.startswith(magic):
            raise CorpusError(f"{name} is not text: it looks like {what}; give it its own ending or leave it out.")
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        raise CorpusError(f"{name} is not text: it holds zero bytes, as pictures, archives and programs do.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text, encoding = _guess(data, name, error.start)
        return text, f"{name} is not UTF-8; it was read as {encoding}: save it as UTF-8 to be sure of every character."
    control = sum(1 for character in text[:_SAMPLE] if character < " " and character not in "\t\n\r\f\v\x1b")
    if control > max(2, len(text[:_SAMPLE]) // 50):
        raise CorpusError(f"{name} is not text: it is full of control characters.")
    return text, None


def _guess(data: bytes, name: str, at: int) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data))
    if not matches:
        raise CorpusError(
            f"{name} is not UTF-8 (byte {at + 1:,} is wrong), and looks like no other text either; save it as UTF-8."
        )
    best = matches[0]
    text = str(best)
    rivals = [other for other in matches[1:] if str(other) != text]
    if script(text[:_SAMPLE]) == "han":
        sure = _is_everyday_han(text)
    elif best.bom:
        sure = True
    else:
        # Western code pages differ in a few letters, and every text is text in each of them: never sure.
        cyrillic = script(text[:_SAMPLE]) == "cyrillic"
        sure = cyrillic and all(best.coherence - other.coherence > _CLEARLY for other in rivals)
    if not sure or "\ufffd" in text:
        raise CorpusError(f"{name} is not UTF-8; it looks like {best.encoding}, but not surely: save it as UTF-8.")
    return text, best.encoding


def _is_everyday_han(text: str) -> bool:
    han = "".join(re.findall(f"[{HAN}]", text))
    known = max(len(han.encode("gb2312", "ignore")), len(han.encode("big5", "ignore"))) / 2
    return known >= _KNOWN_HAN * len(han)
