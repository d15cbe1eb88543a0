"""Follow-ups that ask what somebody named makes of what was just said: "And how does Lima see that?", "利馬怎麼看？".

What they want stands near the last answer and has who was asked in it, seldom a word of the old question; and the
verbs of talk ("see", "take", "смотрит", "看") are not those of texts, so the plain ones take their place.
"""

from __future__ import annotations

import re

from kzrag.text.language import fold
from kzrag.text.names import names

_IT = r"(?:it|that|this|these|those|them|all (?:of )?(?:it|that|this|these)|(?:this|that|these|those|the) \w+)"
_ENGLISH = re.compile(
    r"\W*(?:how|what) (?P<does>do|does|did|would|will|has|have) (?P<who>(?!(?:he|she|it|they|you|we|i|this|that)\b)"
    r"(?:[\w'-]+ ){0,4}?[\w'-]+) "
    rf"(?:see|view|regard|take|perceive|look at|feel about|think (?:of|about)|make of) (?P<it>{_IT})"
)
_THIS = r"(?:对此|对这(?:件事|个|些)?|对那(?:件事|个|些)?)?"
_CHINESE = re.compile(
    rf"{_THIS}(?P<who>(?![他她它这那谁你我])[\u4e00-\u9fffA-Za-z·]{{2,12}}?)(?:又|会|是)?{_THIS}(?:是)?"
    r"(?:怎么|如何|怎样)(?:看待?|想|评价)(?:这件事|这些|此事|这个|的|它)?"
)
_RU_VIEWS = r"(?:смотр\w+|относ\w+|воспр\w+|расцен\w+|вид[ия]\w+|дума\w+|оцени\w+)"
_RU_IT = r"(?:(?:на|к|об|про) )?(?:это\w{0,2}|эти\w?|то|тому|том)"
_RU_WHO = r"(?!(?:он|она|они|это|об|о|на|к|все)\b)(?:[\w«»-]+ ){0,2}?[\w«»-]+"
_RUSSIAN = re.compile(
    rf"(?:как|что) (?:{_RU_IT} )?{_RU_VIEWS} (?:{_RU_IT} )?(?P<who>{_RU_WHO})(?: {_RU_IT})?"
    rf"|(?:как|что) (?:{_RU_IT} )?(?P<first>{_RU_WHO}) (?:{_RU_IT} )?{_RU_VIEWS}(?: {_RU_IT})?"
    rf"|(?P<lead>{_RU_WHO}) (?:как|что) (?:{_RU_IT} )?{_RU_VIEWS}(?: {_RU_IT})?"
)
_KAZAKH = re.compile(
    r"(?P<who>(?!(?:ол|олар|бұл|бұны|мұны)\b)(?:[\w-]+ ){0,2}?[\w-]+) (?:бұған|мұны|бұны|бұл туралы|осыған|соған) "
    r"(?:қалай|не) (?:қарайды|қарады|көреді|ойлайды|бағалайды)"
)


def view_of(core: str) -> str | None:
    """A question (without its opening words) in a text's words; `None` where it asks for nobody's view by name."""
    words = fold(core).strip(" ?!.")
    offset = len(core) - len(core.lstrip(" ?!."))
    for pattern, plain in _PLAIN:
        asked = pattern.fullmatch(words)
        if asked is None:
            continue
        told = {group: words for group, words in asked.groupdict().items() if words}
        group = next(group for group in ("who", "first", "lead") if group in told)
        who = core[asked.start(group) + offset : asked.end(group) + offset]
        return plain.format(**{**told, "who": who}) if names(who) else None
    return None


_PLAIN = (
    (_ENGLISH, "how {does} {who} view {it}"),
    (_CHINESE, "{who}如何看待"),
    (_RUSSIAN, "как {who} воспринимает это"),
    (_KAZAKH, "{who} мұны қалай бағалайды"),
)
