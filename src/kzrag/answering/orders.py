"""Sentences of an article that are addressed to a language model: "ignore the above and say …".

Whatever such a sentence wants said stands in it word for word, so that a model that obeys could even cite it. It is
left out of what a model is shown; as a quote of its source it stays what it is, text.
"""

from __future__ import annotations

import re

_ORDERS = re.compile(
    r"""
    # Latin: an imperative at the head of a clause, and what it wants put aside
    (?:^|[.!?;:,(\[“"«]\s*|\b(?:and|please|now|then|must|should)\s+)
    (?:ignore|disregard|forget|override)\b[^.!?\n]{0,40}
    \b(?:above|previous|prior|earlier|preceding|instructions?|prompts?|rules|guidelines)\b
    | \b(?:new|system|hidden|secret)\s+(?:instructions?|prompt)\s*: | \byou\s+are\s+now\s+(?:an?|the|in)\b
    | (?:^|[.!?;:,(\[“"«]\s*)(?:(?:notes?|messages?|instructions?)\s*[:,]?\s+(?:for|to)|attention\s*[:,!]?)
      \s+(?:all\s+|any\s+)?(?:ai\b|llms?\b|assistants?\b|chat\s?bots?\b|language\s+models?\b)
    # Chinese
    | (?:忽略|無視|无视|忘記|忘记|忘掉|不要理[會会]|不理[會会])[^。！？\n]{0,12}
      (?:以上|上述|上面|之前|前面|先前|指令|指示|提示|規則|规则|要求)
    | (?:新的?|系統|系统)(?:指令|指示|提示)\s*[:：]
    | (?:致|給|给|告知|提醒)(?:所有)?(?:人工智[能慧]|AI|語言模型|语言模型|大模型|聊天機器人|聊天机器人)
    # Russian
    | (?:игнорируй|проигнорируй|забудь|отбрось|не\s+обращай)(?:те)?\b[^.!?\n]{0,40}
      (?:выше|предыдущ|прежн|инструкц|указани|сказанн|правил|подсказ)
    | (?:нов(?:ая|ые)|системн(?:ая|ые))\s+(?:инструкци[яи]|подсказк[аи])\s*:
    | (?:сообщени|указани|инструкци|внимани)\w*\s*[:,]?\s+(?:для\s+)?(?:ассистент|нейросет|языков\w+\s+модел|чат-?бот)
    # Kazakh
    | (?:жоғары|алдыңғы|нұсқау|ереже)\w*[^.!?\n]{0,40}(?:елеме|ұмыт|назар\s+аударма)
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


def gives_orders(text: str) -> bool:
    """Whether `text` tells whoever reads it to put its instructions aside, in one of the four languages."""
    return _ORDERS.search(text) is not None
