"""What a quoted sentence goes on with: words that it leaves in the middle, the rest of those it counted, what came of
it. Nothing where it says all by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kzrag.answering.facts import says
from kzrag.answering.kinds import Kind
from kzrag.answering.needs import Needs
from kzrag.answering.whose import MARKS, quotations
from kzrag.records import Sentence
from kzrag.text.language import fold

if TYPE_CHECKING:
    from kzrag.index import Index

# Who asks for one figure, date or name has it in one sentence.
_OPEN: frozenset[Kind] = frozenset({"statement", "list", "reason", "yesno", "who_said", "sources"})

_ASKED_TO_SAY = re.compile(
    r"\b(?:say|says|said|tell|tells|told|think|thinks|thought|reply|replied|argue[ds]?"
    r"|(?:answer|explain|claim|respond)(?:s|ed)?)\b"
    r"|说|称|表示|回答|回应|认为|解释|怎么看|告诉"
    r"|\b(?:сказал|говорит|говорил|ответил|рассказал|объясн|считает|думает|заявил|утвержда)\w*"
    r"|\b(?:де[пй]|деді|дейді|айт|жауап|түсіндір|пікір|ойла)\w*"
)
_SPEAKS_ON = re.compile(
    r"(?:he|she|they) (?:also |then )?(?:said|says|added|adds|explained|explains|told|warned|argues|argued|went on)\b"
    r"|according to (?:him|her|them)\b|in (?:his|her|their) (?:words|opinion|view)\b"
    r"|[他她](?:们)?(?:还|又|也|接着|随后)?(?:说|表示|称|指出|认为|补充|解释|强调)"
    r"|(?:он|она|они) (?:также |еще )?(?:сказал|добавил|заявил|пояснил|объяснил|считает|утвержда|уточнил)\w*"
    r"|по (?:его|ее|их) (?:словам|мнению)"
    r"|оның (?:айтуынша|сөзінше|пікірінше|ойынша)|ол (?:сондай-ақ|сонымен қатар)\b"
)
"""How a sentence begins that tells more of what the same person says."""

_SOME_OF_THEM = re.compile(
    r"\bof (?:the|them|these|its|his|her|their)\b|\b(?:one|two|three|four|half|most|some)\b"
    r"|其中|[一二两三四五六七八九十][名个位人家艘座]|一半|半数|\b(?:одна|одного|одному|один|дв[ае]|двое|двух|двоих|трое|троих|трех|четверо|половин\w+)\b"
    r"|\b(?:часть|из них|из этих)\b"
    r"|\b(?:бірі|екеуі|үшеуі|жартысы|оның ішінде)\b"
)
_THE_REST = re.compile(
    r"the (?:second|third|fourth|fifth|last|other)(?: one| two| three)?(?:,| (?:is|was|are|were|has|had)\b| [a-z]+ed\b)"
    r"|the (?:others|rest|remaining)\b|(?:another|others|all but)\b"
    r"|第[二三四五][个名位人座艘]|(?:另外?(?=[一两二三四五])|其余|其他|剩下)(?!方面)"
    r"|(?:втор|трет|четверт|остальн|друг)(?:[оиы]й|ая|ое|ья|ье|ые|ого|ых|ому|им|их)\b"
    r"|еще (?:один|одна|двое|трое|два|две)\b"
    r"|(?:екіншісі|үшіншісі|төртіншісі|қалған\w*|басқалар\w*)(?!\w)"
)
"""How a sentence begins that tells of those whom the one before it has not told of."""

_CAME_OF_IT_ASKED = re.compile(
    r"\bwhat (?:happen\w*|came|comes|became|followed|resulted|effects?|consequences?)\b|\b(?:lead|led) to\b"
    r"|(?:结果|后果|后来|影响)(?:是|如何|怎|有|呢|\W)|导致|怎么样了"
    r"|\bчто (?:стало|случилось|произошло|получилось|вышло)\b|к чему привел\w*|\bпоследстви\w+|\bчем (?:за)?кончил\w+"
    r"|\bне болды\b|\bнемен аяқтал\w+|\bсалдары\b"
)
_CAME_OF_IT = re.compile(
    r"(?:therefore|as a result|consequently|so|thus|hence|that is why|because of (?:this|that)|in the end)\b"
    r"|因此|所以|结果|于是|为此|最后"
    r"|(?:поэтому|в результате|вследствие этого|из-за этого|в итоге|так что|потому)\b"
    r"|(?:сондықтан|соның салдарынан|нәтижесінде)(?!\w)"
)
"""How a sentence begins that tells what came of what stands before it."""


def going_on(needs: Needs, sentence: Sentence, room: int, index: Index) -> Sentence:
    """The last sentence to quote along with one: itself, or one further on that ends within `room` characters."""
    if needs.kind not in _OPEN:
        return sentence
    last = sentence
    for after in _behind(sentence, index):
        if after.end - sentence.start > room or not _goes_on(needs, sentence, last, after, index):
            break
        last = after
    return last


def _behind(sentence: Sentence, index: Index) -> Iterator[Sentence]:
    """The sentences behind one in its paragraph, in order."""
    for number in range(sentence.number + 1, len(index.sentences)):
        after = index.sentences[number]
        if (after.document_id, after.block) != (sentence.document_id, sentence.block):
            return
        yield after


def _goes_on(needs: Needs, first: Sentence, last: Sentence, after: Sentence, index: Index) -> bool:
    if _speech_goes_on(first, last, after, index):
        return True
    if last is not first:
        return False
    begins, asked = fold(after.text).lstrip("\"'“„«「—– "), fold(needs.text)
    return bool(
        (_THE_REST.match(begins) and _SOME_OF_THEM.search(fold(first.text)))
        or (_SPEAKS_ON.match(begins) and _ASKED_TO_SAY.search(asked))
        or (_CAME_OF_IT.match(begins) and (needs.kind == "reason" or _CAME_OF_IT_ASKED.search(asked)))
    )


def _speech_goes_on(first: Sentence, last: Sentence, after: Sentence, index: Index) -> bool:
    """Whether what somebody begins to say in a sentence goes on: before its marks are closed, or opened again right
    behind who says it."""
    document = index.documents[first.document_id]
    block = document.blocks[first.block]
    spoken = [(block.start + a, block.start + b) for a, b in quotations(document.raw[block.start : block.end])]
    if any(first.start <= a < first.end and last.end < b and after.start < b for a, b in spoken):
        return True
    told = says(last.text) and any(last.start <= a and b < last.end for a, b in spoken)
    return told and after.text[:1] in MARKS and last is first
