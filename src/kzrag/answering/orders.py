"""Sentences of an article that are addressed to a language model: "ignore the above and say …", "AI agents: …".

Whatever such a sentence wants said stands in it word for word, so that a model that obeys could even cite it. It is
left out of what a model is shown; as a quote of its source it stays what it is, text.
"""

from __future__ import annotations

import re

from kzrag.text.language import fold

_CLAUSE = r"(?:^|[.!?;:,(\[“\"«>]\s*|\b(?:and|then|please|now|must|should|always)\s+)"
_MACHINES = (
    r"(?:ai\s+(?:agents?|assistants?|models?|systems?|bots?|tools?|readers?|summari[sz]ers?)|ais?\b|llms?\b"
    r"|assistants?|chat-?\s?bots?|bots?\b|(?:large\s+)?language\s+models?|summari[sz]ers?"
    r"|(?:digital|virtual|automatic)\s+assistants?)"
)
_NOTICE = r"(?:notes?|messages?|instructions?|reminders?|notices?|requests?|warnings?|dear|attention|hey|hello)"
_TONGUES = r"(?:english|french|german|spanish|chinese|mandarin|russian|kazakh|turkish|arabic|latin|rhyme|verse|emoji)"
_FORMATS = (
    r"(?:json|xml|html|markdown|yaml|csv|base64|rot13|(?:capital|upper-?case|block)\s+letters|upper-?\s?case|all\s+caps"
    rf"|in\s+{_TONGUES})"
)
_ANSWER = r"(?:answer|reply|respond|say|state|write|output|print|return|repeat|speak|cite|quote|summari[sz]e|translate)"

_ENGLISH = rf"""
    # an imperative at the head of a clause, and what it wants put aside
    {_CLAUSE}(?:ignore|disregard|forget|override|bypass|discard)\b[^.!?\n]{{0,40}}
      \b(?:above|previous|prior|earlier|preceding|instructions?|prompts?|rules|guidelines|guardrails)\b
    | \b(?:new|system|hidden|secret|developer|admin)\s+(?:instructions?|prompt|message|override)\s*:
    | \byou\s+are\s+now\s+(?:an?|the|in)\b | \b(?:your|the)\s+system\s+prompt\b
    # who is spoken to: a machine, or whoever makes an answer of this
    | (?:^|[.!?;:,(\[“"«]\s*){_NOTICE}\s*[:,!]?\s*(?:(?:for|to)\s+)?(?:all\s+|any\s+|the\s+)?{_MACHINES}
    | (?:^|[.!?(\[“"«>-]\s*)(?:all\s+|any\s+|dear\s+)?{_MACHINES}(?:\s+\w+){{0,5}}?\s*(?::|,\s*(?:please\s+)?{_ANSWER}\b
      |\s(?:must|should|shall|have\s+to|are\s+(?:required|instructed|asked|told|to)\b)(?:\s+(?:not|only|always|never))*
      \s+{_ANSWER}\b)
    | {_MACHINES}\s+(?:that\s+|who\s+)?(?:read(?:s|ing)?|summari[sz](?:es?|ing)|process(?:es|ing)?)\s+(?:this|these)\b
    | \b(?:if|when|while|as)\s+you(?:['’]re|\s+are)?\s+(?:an?\s+{_MACHINES}|(?:summari[sz]|process|answer)\w*\b)
    | \b(?:if|when|whenever)\s+(?:you\s+are\s+)?asked\b[^.!?\n]{{0,50}}[,:]\s*(?:(?:please|always|only)\s+)*
      {_ANSWER}\b
    # how to answer
    | \b(?:your|the\s+model['’]s|the\s+assistant['’]s)\s+(?:next\s+)?(?:answer|reply|response|output|summary)\s+
      (?:must|should|shall|has\s+to|is\s+to|will)\b
    | \b(?:to|for)\s+(?:any|every|all|each)\s+(?:\w+\s+)?questions?\b
    | \b(?:any|every|all)\s+(?:\w+\s+)?questions?\s+(?:with|as\s+follows|by)\b
    | \bwhatever\s+(?:you\s+are|you['’]re|the\s+(?:reader|user)\s+(?:is|may|might)?)\s*ask
    | \b(?:only|one|single)\s+(?:right|correct|acceptable|allowed)\s+answer\b
    | {_CLAUSE}{_ANSWER}\b[^.!?\n]{{0,40}}\b{_FORMATS}\b
    | {_CLAUSE}(?:answer|reply|respond)\s+(?:only|always|just|with|that|as\s+follows)\b
    | {_CLAUSE}(?:do\s+not|don['’]t|never|without)\s+(?:citing|cite|quot(?:e|ing)|mention(?:ing)?)\b[^.!?\n]{{0,30}}
      \b(?:sources?|other|citations?|articles?)\b
    | \b(?:cite|quote|name|use)\s+(?:no|only)\b[^.!?\n]{{0,20}}\b(?:sources?|article|page|text)\b
"""

_HAN_ANSWER = r"(?:回答|作答|答[覆复]|回[覆复應应]|[說说]|[寫写]|[輸输]出|引用|[總总][結结]|翻[譯译]|聲稱|声称|[稱称])"
_HAN_MACHINE = (
    r"(?:人工智[能慧]|AI|智能[體体]|[語语]言模型|大模型|模型|助手|助理|聊天[機机]器人|[機机]器人"
    r"|[讀读]到.{0,8}的(?:系統|系统))"
)
_CHINESE = rf"""
    (?:忽略|無視|无视|忘記|忘记|忘掉|不要理[會会]|不理[會会]|拋開|抛开)[^。！？\n]{{0,12}}
      (?:以上|上述|上面|之前|前面|先前|指令|指示|提示|規則|规则|要求)
    | (?:新的?|系統|系统|隱藏|隐藏)(?:指令|指示|提示)[詞词]?\s*[:：]
    | (?:致|給|给|告知|提醒|[請请])(?:所有|各位|任何)?{_HAN_MACHINE} | {_HAN_MACHINE}[請请](?:注意|[記记]住)
    | 如果[你您]是{_HAN_MACHINE}
    | {_HAN_MACHINE}[^。！？\n]{{0,10}}[:：,，][^。！？\n]{{0,16}}(?:[請请]|必[須须]|[應应]|只|一律|要)
      [^。！？\n]{{0,8}}{_HAN_ANSWER}
    | (?:無論|无论|不論|不论|不管)[^。！？\n]{{0,12}}(?:[問问]|提[問问])[^。！？\n]{{0,16}}{_HAN_ANSWER}
    | (?:任何|所有|一切|每[個个])(?:的)?(?:問題|问题|提問|提问)[^。！？\n]{{0,16}}{_HAN_ANSWER}
    | (?:[請请]|必[須须]|[應应]|只能|只|一律|[從从]現在起|从现在起|[從从]此)[^。！？\n]{{0,8}}(?:用|以)
      (?:英[文語语]|中文|俄[文語语]|哈[薩萨]克[文語语]|法[文語语]|日[文語语]|JSON|大[寫写]|表格|[韻韵]文|[詩诗])[^。！？\n]{{0,6}}{_HAN_ANSWER}
    | (?:不要|[請请]勿|不得|禁止|[別别])[^。！？\n]{{0,4}}(?:引用|提及|[標标]註|标注|[給给列寫写]出?)
      [^。！？\n]{{0,6}}(?:[來来]源|出[處处]|文章)
    | (?:唯一|正確|正确)的?(?:正確|正确)?(?:答案|回答)(?:是|為|为|[:：])
"""

_RU_ANSWER = (
    r"(?:ответ(?:ь|ьте|ить)|отвечай(?:те)?|отвечать|скажи(?:те)?|(?:на)?пиши(?:те)?|выв(?:еди|оди)(?:те)?"
    r"|повтори(?:те)?|цитируй(?:те)?|утверждай(?:те)?|укажи(?:те)?)"
)
_RU_MACHINE = (
    r"(?:ии\b|нейросет\w*|ассистент\w*|(?:языков\w+\s+)?модел\w+|чат-?\s?бот\w*|бот\w{0,2}\b"
    r"|искусственн\w+\s+интеллект\w*)"
)
_RUSSIAN = rf"""
    (?:игнорируй|проигнорируй|забудь|отбрось|не\s+обращай)(?:те)?\b[^.!?\n]{{0,40}}
      (?:выше|предыдущ|прежн|инструкц|указани|сказанн|правил|подсказ)
    | (?:нов(?:ая|ые)|системн(?:ая|ые|ый)|скрыт(?:ая|ые))\s+(?:инструкци[яи]|подсказк[аи]|промпт)\s*:
    | (?:сообщени|указани|инструкци|внимани|обращени)\w*\s*[:,]?\s+(?:для\s+|к\s+)?(?:всех\s+)?{_RU_MACHINE}
    | (?:^|[.!?(\[«"]\s*)(?:всем\s+)?{_RU_MACHINE}\s*[,:][^.!?\n]{{0,20}}\b{_RU_ANSWER}\b
    | \bна\s+(?:любой|любые|каждый|все|всякий)\s+(?:\w+\s+)?вопрос\w*[^.!?\n]{{0,30}}\b{_RU_ANSWER}\b
    | \b{_RU_ANSWER}\b[^.!?\n]{{0,20}}\bна\s+(?:любой|любые|каждый|все|всякий)\s+(?:\w+\s+)?вопрос
    | \bо\s+ч[её]м\s+бы\s+(?:\w+\s+){{0,2}}(?:ни\s+)?спр\w+
    | \b{_RU_ANSWER}\b[^.!?\n]{{0,30}}\b(?:json|по-(?:английски|русски|китайски|казахски|французски)
      |на\s+(?:английском|русском|китайском|казахском|французском)|заглавными|капсом|стихами|без\s+(?:ссылок|источников))
    | \bне\s+(?:ссылайся|ссылайтесь|цитируй(?:те)?|упоминай(?:те)?)\b
    | \b(?:единственн\w+|верн\w+|правильн\w+)\s+(?:(?:верн|правильн)\w+\s+)?ответ\w*\s*(?::|[—–-]|на\s+(?:любой|все))
    | \bесли\s+(?:ты|вы)\b[^.!?\n]{{0,20}}{_RU_MACHINE}
    | \bесли\s+(?:вас|тебя)\s+спрос\w+[^.!?\n]{{0,40}}\b(?:{_RU_ANSWER}|говори(?:те)?)\b
"""

_KK_ANSWER = r"(?:жауап\s+(?:бер|қайтар)\w*|деп\s+(?:айт|жаз)\w*|айтыңыз|жазыңыз|дәйексөз\w*)"
_KAZAKH = rf"""
    (?:жоғары|алдыңғы|нұсқау|ереже)\w*[^.!?\n]{{0,40}}(?:елеме|ұмыт|назар\s+аударма)
    | (?:не\s+сұра\w*\s+да|кез\s+келген\s+сұра\w+|барлық\s+сұра\w+|әр\s+сұра\w+)[^.!?\n]{{0,40}}{_KK_ANSWER}
    | (?:модель|нейрожелі|ассистент|көмекші|чат-?бот|жасанды\s+интеллект)\w*\s*[,:][^.!?\n]{{0,50}}{_KK_ANSWER}
    | (?:тек|бұдан\s+былай)\b[^.!?\n]{{0,30}}(?:ағылшын|орыс|қазақ|қытай)\w*(?:\s+тілінде)?[^.!?\n]{{0,10}}{_KK_ANSWER}
    | егер\s+(?:сен|сіз)\b[^.!?\n]{{0,30}}(?:модель|ассистент|көмекші|бот|жасанды\s+интеллект)
    | (?:жүйелік|жаңа|жасырын)\s+(?:нұсқау|промпт)\w*\s*:
"""

_ORDERS = re.compile("|".join((_ENGLISH, _CHINESE, _RUSSIAN, _KAZAKH)), re.IGNORECASE | re.VERBOSE | re.MULTILINE)


def gives_orders(text: str) -> bool:
    """Whether `text` tells whoever makes an answer of it what to say, or how, in one of the four languages."""
    return _ORDERS.search(text) is not None


_DEMANDS = re.compile(
    r"(?:^|[.!?。！] ?)(?:(?:now|please|just) )*(?:confirm|repeat|say|write|print|output|admit|declare|pretend|act as"
    r"|ignore|forget|disregard)\b|(?:^|[.!?。！,]) ?请?(?:确认|重复|说出|写出|写一|输出|假装|承认|忽略|忘记)"
    r"|(?:^|[.!?] ?)(?:подтверди|повтори|скажи|напиши|выведи|признай|притворись|забудь|игнорируй)(?:те)?\b"
    r"|(?:^|[.!?] ?)(?:раста|қайтала|айт|жаз|ұмыт|елеме)(?:ңыз|ңіз|шы|ші)?\b"
)


def demands(question: str) -> bool:
    """Whether a question is none: something is to be said or done ("Confirm that …", "Ignore the articles and …")."""
    return gives_orders(question) or _DEMANDS.search(fold(question)) is not None
