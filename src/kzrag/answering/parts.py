"""Several questions in one: cut apart, and each completed with what it leaves to the others.

"Who signed it, and in which year?", "A和B分别是多少", "by 2032 and by 2040", "когда и почему". What only looks like two
("between A and B", "oil and gas", "trade and transport") stays one.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kzrag.answering.kinds import kind_of
from kzrag.answering.sides_asked import sides_asked
from kzrag.conversation import resolve
from kzrag.conversation.cues import ASKS
from kzrag.text.dates import dates
from kzrag.text.language import fold, has_han
from kzrag.text.names import Name, names

_ENGLISH_WH = r"(?:who(?:m|se)?|what|when|where|why|how|which)\b"
_RUSSIAN_WH = (
    r"(?:кто|кого|кому|кем|что|чего|чем|когда|где|куда|откуда|почему|почем|зачем|сколько|скольки\w+"
    r"|насколько|как|как[аоуи]\w{1,2}|"
    r"какого|какому|каким|каких|каков\w?|чей|чья|чье|чьи)\b"
)
_KAZAKH_WH = r"(?:қанша\w*|неше\w*|қашан|кім\w*|қай\w*|неге|неліктен|қандай|қалай|не)\b"
_ENGLISH_BEFORE = r"(?:(?:in|by|at|for|to|from|since|on|of|with|under|until|about|into|through)\s+)?"
_RUSSIAN_BEFORE = r"(?:(?:в|во|на|за|по|к|ко|с|со|из|от|до|о|об|у|для|через|под|про)\s+)?"
_CHINESE_ASKS = (
    r"(?:多少|何时|何地|何处|什么|哪|谁|为何|怎|几|多[大长高远久]|是否|吗|有没有"
    r"|[是能会可要该肯愿]不[是能会可要该肯愿])"
)

_CUT = re.compile(
    r"[?!]\s*(?=[^\s?!])"
    rf"|[,;]?\s+(?:and|but)\s+(?:also\s+)?(?={_ENGLISH_BEFORE}{_ENGLISH_WH})"
    rf"|[,;]\s+(?={_ENGLISH_BEFORE}(?:how|why|what)\b)"
    # "…, by whom, and what did it cost?", "…, кто его …  и сколько …": the middle one of three.
    rf"|[,;]\s+(?={_ENGLISH_BEFORE}{_ENGLISH_WH}[^,?]*,?\s+and\s+(?:also\s+)?{_ENGLISH_BEFORE}{_ENGLISH_WH})"
    rf"|[,;]\s+(?=(?!что|котор){_RUSSIAN_BEFORE}{_RUSSIAN_WH}[^,?]*,?\s+и\s+{_RUSSIAN_BEFORE}{_RUSSIAN_WH})"
    rf"|[,;]\s+(?=(?:[^\s,?]+\s+){{0,2}}{_KAZAKH_WH}[^,?]*\s(?:және|әрі)\s+(?:[^\s,?]+\s+){{0,3}}{_KAZAKH_WH})"
    r"|[,;]\s+and\s+(?=(?:is|are|was|were|do|does|did|has|have|had|can|will|would)\s)"
    # "Where did he go and did he return?"; "who came and did the work" is one.
    r"|,?\s+and\s+(?=(?:is|are|was|were|do|does|did|has|have|had|can|will|would)n?'?t?\s"
    r"(?:he|she|they|there|any(?:one|body|thing)|(?:it|this|that)(?=\s\w))\b)"
    rf"|[,;]?\s+(?:и|а также|а|но)\s+(?={_RUSSIAN_BEFORE}{_RUSSIAN_WH}|(?:не\s+)?[а-я-]+\s+ли\b)"
    rf"|[,;]\s+(?=(?:сколько|почему|когда(?!\s+(?!и\s)\w+\s+\w)|куда|{_RUSSIAN_BEFORE}какой цене)\b)"
    rf"|[,;]\s+(?={_KAZAKH_WH})"
    rf"|[,;]?\s+(?:және|ал|әрі)\s+(?=(?:[^\s,?]+\s+){{0,3}}{_KAZAKH_WH}|[^,?]+\s[мбп][ае]\s*(?:\?|$))"
    rf"|[,;、]\s*(?:以及|并且?|而且?|又|和|还有|那么?)?(?=[^,。?;]{{0,14}}{_CHINESE_ASKS})"
    rf"|(?:以及|还有|并且)(?=[^,。?]{{0,14}}{_CHINESE_ASKS})"
)
"""Where one question ends and the next begins; on folded text."""
_SHARES = re.compile(
    r"(?:in|to) what (?:proportions?|shares?|percentages?|extent|degree|parts?)\b"
    r"|в как(?:их|ой|ом) (?:дол\w+|пропорци\w+|соотношени\w+|степени|част\w+)"
    r"|(?:各|分别)(?:自)?(?:占|持|拥)(?:有)?(?:多少|几|百分)|比例(?:是|为)?(?:多少|如何|怎样)|қандай (?:үлес|мөлшер)\w*"
)
"""Asks how something is divided: told in the same breath as among whom."""
_TOPIC = re.compile(r"^[^?,:]{3,60}:\s")
"""A heading with questions under it ("Trains: how many, how fast?") is about one thing, told in one place."""
_LEAST_PART = {"cjk": 2, "other": 3}
"""Characters: less is no question."""

_TWO_WORDS = re.compile(
    r"^\W*(?P<first>when|where|why|how|by whom|who)(?:,)? and (?P<second>when|where|why|how|by whom|with whom)\s+"
    r"(?=(?:is|are|was|were|do|does|did|has|have|had|will|can)\b)"
    r"|^\W*(?P<rfirst>когда|где|почему|зачем|как|куда|кем) и (?P<rsecond>когда|где|почему|зачем|как|куда|кем)\s+(?=\w)"
)
"""Two question words before one clause: "when and why was …"."""

_TOGETHER = re.compile(
    r"\b(?:between|both|together|combined|in total|altogether|compared?|versus|than|difference)\b"
    r"|之间|共同|一共|总共|合计|相比|比较|差|贸易|关系|距离|边界|边境"
    r"|\b(?:между|вместе|в сумме|всего|разниц\w+|сравн\w+)|арасында|бірге"
)
"""What makes two subjects one question."""
_AND = re.compile(r"\s*(?:,?\s+and|和|与|及|以及|跟|、|,?\s+и|,?\s+және|\s+мен|\s+пен|\s+бен)\s*$")
_LIST_FROM = re.compile(r"(?:\b(?:in|of|for|by|from|to|в|во|на|к|до|из|для|у)\s+(?:the\s+)?)$")
_RESPECTIVELY = re.compile(
    r"^(?P<head>.*?[,])?(?P<one>[^,?]{2,14}?)(?:和|与|及|、)(?P<other>[^,?]{2,14}?)(?:分别|各自?)(?P<tail>.*)$"
)
_TWO_THINGS = re.compile(
    r"^(?P<head>\W*(?:what|which|how (?:big|large|high|long|much|many)) (?:is|was|are|were) )"
    r"(?P<one>the [^,?]+? (?:of|in|for) [^,?]+?),? and (?P<other>the [^,?]+ (?:of|in|for) [^,?]+)$"
)


def split(question: str) -> list[str]:
    """The several questions in one, each as it would be asked alone; `[question]` when there is only one."""
    if whole := _side_by_side(question):
        return whole
    pieces = cut(question)
    if len(pieces) == 1:
        return pieces
    whole = [_with_tail(_with_verb(pieces[0], pieces[1]), pieces[-1])]
    for piece in pieces[1:]:
        whole.append(_counted_there(piece, whole[0]) or resolve(piece, whole[0]))
    return whole


_HOW_MANY = re.compile(
    r"\W*(?:how (?:many|much) (?!(?:is|are|was|were|do|does|did|has|have|had|of)\b)[a-z-]+(?: [a-z-]+)?"
    r"|сколько (?!\w+(?:л|ла|ло|ли|ет|ит|ют|ят|ут)\b)[а-я-]+)"
)
_HAD = re.compile(
    r"^(?:and )?how (?:many|much) [a-z-]+(?: [a-z-]+)??"
    r"(?P<en> (?:is|are|was|were|do|does|did|has|have|had|will|would|can)\s.+)$"
    r"|^сколько [а-я-]+(?P<ru> (?:у|в|на)\s.+)$"
)


def _with_verb(first: str, second: str) -> str:
    """ "How many ships and how many workers does Peru have?": the first wants its "does Peru have" as well."""
    if not _HOW_MANY.fullmatch(fold(first).rstrip("? ")):
        return first
    rest = _HAD.match(second.rstrip("? "))
    return f"{first.rstrip('? ')}{rest['en'] or rest['ru']}?" if rest else first


_HAN_COUNT = re.compile("(?:多少|几)[^多少几,是有在]{1,6}$")


def _counted_there(piece: str, first: str) -> str | None:
    """ "兩家公司有多少艘船、多少員工？": the second is counted where the first is."""
    counted = _HAN_COUNT.search(fold(first).rstrip("?"))
    if counted is None or not _HAN_COUNT.fullmatch(fold(piece).rstrip("?")):
        return None
    return first[: counted.start()] + piece


def cut(question: str) -> list[str]:
    """The questions in one as they were typed; says what kind of thing each asks."""
    if whole := _side_by_side(question):
        return whole
    pieces = _cut(question)
    if len(pieces) == 1:
        return pieces
    mark = "？" if has_han(question) else "?"
    return [piece if piece.endswith(("?", "？", "!")) else f"{piece}{mark}" for piece in pieces]


def _side_by_side(question: str) -> list[str]:
    """Questions that share all their other words, each whole; empty when there are none such."""
    return _of_two_words(question) or (
        [] if len(_cut(question)) > 1 else _of_each(question) or _of_two_things(question)
    )


_OF_WHAT = re.compile(r"^\W*(?:what|which|who|where|how \w+) (?:is|are|was|were) the [a-z-]+(?: [a-z-]+)?$")
_TAIL = re.compile(r"\s(?:of|in|for)\s+(?:the\s+)?$")


def _with_tail(first: str, last: str) -> str:
    """ "What is the capital, and what is the population of Chad?": the first wants its "of Chad" as well."""
    named = names(last)
    if names(first) or not _OF_WHAT.search(fold(first).rstrip("? ")) or not named or last.rstrip("? ")[named[-1].end :]:
        return first
    tail = _TAIL.search(fold(last[: named[-1].start]))
    return f"{first.rstrip('? ')}{last[tail.start() : named[-1].end]}?" if tail else first


def _cut(question: str) -> list[str]:
    folded = fold(question)
    if _TOPIC.match(folded):
        return [question]
    # "Is it open? Do the sources agree?": what asks for the sides of a question is no other question.
    matter = sides_asked(question)
    if matter == question or (matter and len(_cut(matter)) == 1):
        return [question]
    ends = [0]
    starts: list[int] = []
    for match in _CUT.finditer(folded):
        if _SHARES.match(folded, match.end()):
            continue
        # The mark belongs to the question that it ends.
        mark = match.group()[0] in "?!"
        starts.append(match.start() + mark)
        ends.append(match.end())
    starts.append(len(question))
    pieces = [question[a:b].strip(" ,;，；、") for a, b in zip(ends, starts, strict=True)]
    pieces = [piece for piece in pieces if piece.strip("?？!！ ")]
    if len(pieces) < 2:
        return [question]
    least = _LEAST_PART["cjk" if has_han(question) else "other"]
    # "After meeting him, where did he fly?" is one question: its first half asks nothing.
    if any(len(piece.strip("?？")) < least for piece in pieces) or not _asks(pieces[0]):
        return [question]
    # "Is it true? The article says so.": what asks nothing at the end belongs to what stands before it.
    if not all(_asks(piece) for piece in pieces[1:]):
        return [question]
    return pieces


_SHORT = 2
"""Words: "where next?" is too short to be the clause of another question."""
_SUBORDINATE = re.compile(
    r"^(?:and )?(?:when|while|if(?! (?:so|yes|not|no)\b)|after|before|since(?! when\b)|where|as(?! of when\b))\s+"
    r"(?!(?:is|are|was|were|do|does|did|has|have|had|will|can|should|would)\b)"
    r"|^(?:если(?! (?:да|так|нет)\b)|после того)\b|(?:的时候|之后|以后|之前|以前)$"
)


def _asks(piece: str) -> bool:
    """Whether a piece asks something itself: "when he left" does not."""
    folded = fold(piece)
    return ASKS.search(folded) is not None and (
        len(folded.split()) <= _SHORT or not _SUBORDINATE.search(folded.rstrip("?"))
    )


def _of_two_words(question: str) -> list[str]:
    match = _TWO_WORDS.match(fold(question))
    if match is None:
        return []
    rest = question[match.end() :]
    group = "first" if match["first"] else "rfirst"
    other = "second" if match["first"] else "rsecond"
    words = (question[match.start(group) : match.end(group)], question[match.start(other) : match.end(other)])
    return [f"{word[0].upper() if question[0].isupper() else word[0]}{word[1:]} {rest}" for word in words]


_EACH = re.compile(
    r"\s*\b(?:each|respectively)\b|\s*,?\s*(?:кажд(?:ый|ая|ое)(?: из них)?|по отдельности|соответственно)\b"
    r"|各自?|分别|\s*\bәрқайсысы\b"
)
_LISTED = re.compile(r"\s*(?:,|、|(?:,\s*)?\b(?:and|и|және|мен|пен|бен)\b|和|与|及|以及|跟)\s*(?:the\s+)?")


def _of_each(question: str) -> list[str]:
    """The same asked of each of several that are named in one list: "What did A, B and C each do?"."""
    folded = fold(question)
    each = _EACH.search(folded)
    if each is None:
        return []
    runs: list[list[Name]] = [[]]
    for name in names(question):
        last = runs[-1][-1] if runs[-1] else None
        if last is not None and _LISTED.fullmatch(folded[last.end : name.start]) is None:
            runs.append([])
        runs[-1].append(name)
    listed = max(runs, key=len)
    if len(listed) < 2 or each.start() < listed[-1].end:
        return []
    head, between, tail = question[: listed[0].start], question[listed[-1].end : each.start()], question[each.end() :]
    return [f"{head}{name.text}{between}{tail}" for name in listed]


def _of_two_things(question: str) -> list[str]:
    """The same asked of two years, of two places, of two things named side by side."""
    folded = fold(question)
    if kind_of(question) not in ("figure", "date", "list", "statement") or _TOGETHER.search(folded):
        return []
    bare = question.rstrip(" ?？")
    things = _TWO_THINGS.match(fold(bare))
    if things is not None:
        head = bare[: things.end("head")]
        return [f"{head}{bare[things.start(group) : things.end(group)]}?" for group in ("one", "other")]
    apart = _RESPECTIVELY.match(fold(bare))
    if apart is not None and kind_of(question) in ("figure", "date", "place", "person"):
        head, tail = bare[: apart.start("one")], bare[apart.end("other") :]
        tail = re.sub("^(?:分别|分別|各自?)", "", tail)
        first, second = (bare[apart.start(group) : apart.end(group)] for group in ("one", "other"))
        owner = first[: first.rfind("的") + 1]
        second = second if "的" in second or names(second) else owner + second
        return [f"{head}{each}{tail}？" for each in (first, second)]
    if kind_of(question) not in ("figure", "date"):
        return []
    pinned = [(date.start, date.end) for date in dates(bare)]
    named = [(name.start, name.end) for name in names(bare)]
    for spans in (pinned, named if _alike(names(bare)) else []):
        for one, other in pairwise(spans):
            between = _LIST_FROM.sub("", fold(bare[one[1] : other[0]]))
            listed = spans is pinned or _LIST_FROM.search(fold(bare[: one[0]])) or has_han(bare)
            if listed and _AND.fullmatch(between.rstrip()):
                tail = bare[other[1] :]
                return [f"{bare[: one[1]]}{tail}?", f"{bare[: one[0]]}{bare[other[0] : other[1]]}{tail}?"]
    return []


def _alike(found: list[Name]) -> bool:
    return len(found) > 1 and found[-1].kind == found[-2].kind
