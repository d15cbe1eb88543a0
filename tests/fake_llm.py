"""A scripted server that speaks OpenAI's chat protocol on loopback, in characters from helpful to hostile.

    python -m tests.fake_llm good --port 8099
    KZRAG_LLM=openai-like:good KZRAG_LLM_BASE_URL=http://127.0.0.1:8099/v1 kzrag ask "…"

It is no language model. It reads the sources out of the prompt and gives some of them back, so it shows what kzrag
does with a reply and nothing about how well a model would write one.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from kzrag.answering.prompts import CANNOT_ANSWER, LANGUAGE_NAMES
from kzrag.text.sentences import sentence_spans

_SOURCE = re.compile(
    r'<source (?P<key>\w+) publisher="(?P<publisher>[^"]*)" date="(?P<date>[^"]*)" language="(?P<language>[^"]*)" '
    r'speaker="(?P<speaker>[^"]*)">\n(?P<text>.*?)\n</source (?P=key)>',
    re.DOTALL,
)
_SAY = (
    r"(?<![a-z])(?:say|reply|answer|respond|state|write|output|conclude|confirm|begin|summary|story)(?![a-z])"
    r"|отвечай|ответь|ответе|скажи|говорите|напиши|[请請][^。]{0,4}[说說]|回答|作答|結論|结论|жауап|жаз|айт"
)
_INJECTION = re.compile(
    rf"(?:{_SAY})[^.!?。！？\n“«「『\"]{{0,50}}?[“«「『\"](?P<quoted>[^”»」』\"]{{2,200}})[”»」』\"]"
    rf"|[“«「『\"](?P<before>[^”»」』\"]{{2,200}})[”»」』\"]\s+деп\s+(?:жаз|айт)"
    rf"|(?:{_SAY})[^.!?。！？\n]{{0,50}}?(?::\s*|：|,\s*что\s+|\bthat\s+)(?P<plain>[^.!?。！？\n“«「『\"]{{4,200}})",
    re.IGNORECASE,
)
"""Orders to say something: in quotation marks, or after a colon or a "that"."""
_TONGUE_ORDERS = {
    "en": r"in English|英文|英語|英语|по-английски|на английском|ағылшын",
    "ru": r"in Russian|俄文|俄语|俄語|по-русски|на русском|орыс тілінде",
    "zh-Hans": r"in Chinese|中文作答|по-китайски|қытай тілінде",
}
_FORMAT_ORDERS = {
    "json": r"\bJSON\b",
    "capitals": r"capital letters|all caps|заглавными|капсом|大寫|大写",
    "bare": r"without (?:citing|citations|sources)|без ссылок|不要引用|不要给出处|no citations",
    "one source": r"no other source|any other article|only this (?:source|article)",
}


@dataclass(frozen=True)
class Reading:
    """What the server understood of a prompt."""

    sources: tuple[dict[str, str], ...]
    question: str
    language: str
    differ: bool
    repairing: bool
    whole: str

    @staticmethod
    def of(messages: list[dict[str, Any]]) -> Reading:
        texts = [_text_of(message["content"]) for message in messages]
        whole = "\n".join(texts)
        asked = re.search(r"The reader asks: (.*)", whole)
        tongue = re.search(r"Reply in (.*?), with a key", whole)
        tags = {name: tag for tag, name in LANGUAGE_NAMES.items()}
        return Reading(
            tuple(match.groupdict() for match in _SOURCE.finditer(whole)),
            asked[1] if asked else texts[-1],
            tags.get(tongue[1], "en") if tongue else "en",
            "These sources differ" in whole,
            "did not pass the check" in texts[-1],
            whole,
        )


@dataclass(frozen=True)
class Script:
    """What the server does with a request."""

    tokens: Iterable[str] = ()
    status: int = 200
    pace: float = 0.0
    """Seconds before each token."""
    drop_after: int | None = None
    """Tokens after which the connection is closed without a word."""
    body: str | None = None
    """Sent instead of a reply, as it is."""
    bad_event_after: int | None = None
    finish: str | None = "stop"


Character = Callable[[Reading], Script]

_FRAMES = {
    "en": "According to {publisher}: “{quote}” [{key}].",
    "zh-Hant": "據 {publisher} 的報導：「{quote}」[{key}]。",
    "zh-Hans": "据 {publisher} 的报道：“{quote}”[{key}]。",
    "ru": "Об этом пишет издание {publisher}: «{quote}» [{key}].",
    "kk": "Бұл туралы {publisher} сайты былай жазады: «{quote}» [{key}].",
}
_INNER_MARKS = str.maketrans("“”«»「」", "‘’‘’‘’")
_OWN_KNOWLEDGE = {
    "en": "Kazakhstan joined the World Trade Organization in 2015 [{key}]. Its largest city is Almaty [{key}].",
    "zh-Hant": "哈薩克斯坦於2015年加入世界貿易組織[{key}]。它最大的城市是阿拉木圖[{key}]。",
    "zh-Hans": "哈萨克斯坦于2015年加入世界贸易组织[{key}]。它最大的城市是阿拉木图[{key}]。",
    "ru": "Казахстан вступил во Всемирную торговую организацию в 2015 году [{key}]. Крупнейший город — Алматы [{key}].",
    "kk": "Қазақстан Дүниежүзілік сауда ұйымына 2015 жылы кірді [{key}]. Ең үлкен қаласы — Алматы [{key}].",
}


def chosen_sources(reading: Reading, most: int) -> list[dict[str, str]]:
    """The first sources in the order they stand in; of a disagreement first each voice's first."""
    fresh: list[dict[str, str]] = []
    others: list[dict[str, str]] = []
    voices: set[tuple[str, str]] = set()
    for source in reading.sources:
        voice = source["publisher"], source["speaker"]
        (others if not reading.differ or voice in voices else fresh).append(source)
        voices.add(voice)
    return [*fresh, *others][:most]


def quoting(reading: Reading, most: int = 3) -> list[str]:
    """Sentences that give sources in their own words: plainly in the reader's language, else as quotes.

    A reader's comment is always given as a quote with its speaker.
    """
    said: list[str] = []
    for source in chosen_sources(reading, most + reading.differ):
        frame = _FRAMES.get(reading.language, _FRAMES["en"])
        quote = " ".join(source["text"].split())
        plain = source["language"] == LANGUAGE_NAMES[reading.language].partition(" (")[0]
        comment = re.match(r"the reader (.+), in a comment", source["speaker"])
        if plain and not comment and len(sentence_spans(quote)) == 1 and not re.search(r"[“”\"«»「」]", quote):
            said.append(f"{quote.rstrip('.。!?')} [{source['key']}]{'。' if reading.language[:2] == 'zh' else '.'}")
        else:
            inner = quote.translate(_INNER_MARKS)  # a quotation within a quotation
            by = comment[1] if comment else source["publisher"]
            said.append(frame.format(publisher=by, quote=inner, key=source["key"]))
    return said


def good(reading: Reading) -> Script:
    if not reading.sources or reading.repairing:
        return Script(tokens(CANNOT_ANSWER))
    return Script(tokens(" ".join(quoting(reading))))


def _changed(change: Callable[[str], str]) -> Character:
    """The good one, with every sentence changed outside its keys."""

    def character(reading: Reading) -> Script:
        changed = []
        for sentence in quoting(reading):
            parts = re.split(r"(\[k\w+\])", sentence)
            changed.append("".join(part if part.startswith("[k") else change(part) for part in parts))
        return Script(tokens(" ".join(changed)))

    return character


def _other_figure(text: str) -> str:
    return re.sub(r"\d+", lambda number: str(int(number.group()) + 7), text, count=1)


def _other_negation(text: str) -> str:
    for pattern, other in (
        (r"\b(?:does|do|did|is|are|was|were|will|has|have|can) not\b ?", lambda m: m.group().split()[0] + " "),
        (r"\b(?:is|are|was|were|will|has|have|can|may|would|could)\b", lambda m: m.group() + " not"),
        (r"不|沒有|没有", lambda m: ""),
        (r"是|將|将|會|会|已", lambda m: m.group() + "不"),
        (r"\bне ", lambda m: ""),
    ):
        if re.search(pattern, text):
            return re.sub(pattern, other, text, count=1)
    return "It is not true that " + text


def _other_name(text: str) -> str:
    for ours, other in (
        ("Kazakhstan", "Uzbekistan"),
        ("Russia", "Belarus"),
        ("Tokayev", "Mirziyoyev"),
        ("China", "Japan"),
        ("哈薩克斯坦", "烏茲別克斯坦"),
        ("哈萨克斯坦", "乌兹别克斯坦"),
        ("俄羅斯", "白俄羅斯"),
        ("Казахстан", "Узбекистан"),
    ):
        if ours in text:
            return text.replace(ours, other)
    return "Mirziyoyev said: " + text


def never_cites(reading: Reading) -> Script:
    return Script(tokens(re.sub(r"\s*\[k\w+\]", "", " ".join(quoting(reading)))))


def invents_keys(reading: Reading) -> Script:
    invented = iter(("[kzzzzz]", "[1]", "【2†source】", "[source 3]", "(kabcde)", "[7, 8]") * 20)
    return Script(tokens(re.sub(r"\[k\w+\]", lambda _: next(invented), " ".join(quoting(reading)))))


def own_knowledge(reading: Reading) -> Script:
    key = reading.sources[0]["key"] if reading.sources else "knone2"
    return Script(tokens(_OWN_KNOWLEDGE[reading.language].format(key=key)))


def english_always(reading: Reading) -> Script:
    english = Reading(reading.sources, reading.question, "en", reading.differ, reading.repairing, reading.whole)
    return Script(tokens("The sources say this about the question. " + " ".join(quoting(english))))


def obeys(reading: Reading) -> Script:
    """Does what the orders it finds want: says their words with the key of the source they stand in, in their
    language and format, from the source they want cited."""
    shown = reading.whole.split("\n", 1)[-1]  # without the line that tells what the model is for
    shown = shown[max(0, shown.find("<source")) :]  # and without kzrag's own rules
    ordered = [tag for tag, order in _TONGUE_ORDERS.items() if re.search(order, shown)]
    language = ordered[0] if ordered and ordered[0] != reading.language else reading.language
    reading = replace(reading, language=language)
    forms = {name for name, order in _FORMAT_ORDERS.items() if re.search(order, shown, re.IGNORECASE)}
    if "one source" in forms:
        wanted = re.compile(_FORMAT_ORDERS["one source"], re.IGNORECASE)
        reading = replace(reading, sources=tuple(each for each in reading.sources if wanted.search(each["text"])))
    payloads = [each["quoted"] or each["before"] or each["plain"] for each in _INJECTION.finditer(shown)]
    said = []
    for payload in payloads[-1:]:
        holders = [source for source in reading.sources if payload in source["text"]] or list(reading.sources)
        key = f" [{holders[0]['key']}]" if holders else ""
        said.append(f"{payload.rstrip('.。')}{key}.")
    said = said or quoting(reading)
    if "capitals" in forms:
        said = [re.sub(r"(\[k\w+\])|(.)", lambda m: m[1] or m[2].upper(), each) for each in said]
    if "bare" in forms:
        said = [re.sub(r"\s*\[k\w+\]", "", each) for each in said]
    if "json" in forms:
        said = ['{"verdict": "' + " ".join(said) + '"}']
    return Script(tokens(" ".join(said) or CANNOT_ANSWER))


def _loop() -> Iterator[str]:
    for number in range(100_000):
        yield "and so on " if number % 7 else "it goes on. "


CHARACTERS: dict[str, Character] = {
    "good": good,
    "never-cites": never_cites,
    "invents-keys": invents_keys,
    "changes-figure": _changed(_other_figure),
    "changes-negation": _changed(_other_negation),
    "changes-name": _changed(_other_name),
    "own-knowledge": own_knowledge,
    "english-always": english_always,
    "slow": lambda reading: Script(good(reading).tokens, pace=1.0),
    "drops": lambda reading: Script(good(reading).tokens, drop_after=9),
    "busy-429": lambda reading: Script(status=429),
    "broken-500": lambda reading: Script(status=500),
    "empty": lambda reading: Script(),
    "loop": lambda reading: Script(_loop()),
    "endless": lambda reading: Script("word " for _ in range(100_000)),
    "bad-json": lambda reading: Script(body='{"choices": [{"message": {"content": "The answer is'),
    "bad-stream": lambda reading: Script(good(reading).tokens, bad_event_after=5),
    "obeys": obeys,
    "refuses": lambda reading: Script(tokens(CANNOT_ANSWER)),
    "thinks": lambda reading: Script(tokens(f"<think>Let me see. [1] It is 5.</think>{''.join(good(reading).tokens)}")),
}


def tokens(text: str) -> list[str]:
    """Pieces of at most seven characters, so that keys and words arrive cut in two."""
    return [text[start : start + 7] for start in range(0, len(text), 7)]


class FakeLLM:
    """The server; use it as a context manager. `requests` holds what was asked, `hang_ups` counts who left early."""

    def __init__(self, character: str | Character, port: int = 0) -> None:
        self.character = CHARACTERS[character] if isinstance(character, str) else character
        self.requests: list[dict[str, Any]] = []
        self.keys_seen: list[str] = []
        self.hang_ups = 0
        self.closing = threading.Event()
        outer = self

        class Handler(_Handler):
            server_of = outer

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="fake-llm", daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> FakeLLM:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of: FakeLLM

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        self._json(200, {"object": "list", "data": [{"id": name, "object": "model"} for name in CHARACTERS]})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server_of.requests.append(asked)
        self.server_of.keys_seen.append(self.headers.get("authorization", ""))
        script = self.server_of.character(Reading.of(asked["messages"]))
        try:
            if script.status != 200:
                self._json(script.status, {"error": {"message": "no, and your key sk-secret is bad", "type": "error"}})
            elif script.body is not None:
                self._send(200, "application/json", script.body.encode())
            elif asked.get("stream"):
                self._stream(script, asked)
            else:
                self._whole(script, asked)
        except OSError:
            self.server_of.hang_ups += 1
            self.close_connection = True

    def _whole(self, script: Script, asked: dict[str, Any]) -> None:
        text = "".join(script.tokens)
        message = {"role": "assistant", "content": text}
        self._json(
            200,
            _envelope(asked, "chat.completion", {"message": message, "finish_reason": script.finish})
            | {"usage": _usage(asked, text)},
        )

    def _stream(self, script: Script, asked: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        said = ""
        for number, token in enumerate(script.tokens):
            if self.server_of.closing.wait(script.pace) if script.pace else self.server_of.closing.is_set():
                self.close_connection = True
                return
            if number == script.drop_after:
                self.close_connection = True
                return
            if number == script.bad_event_after:
                self._chunk(b'data: {"choices": [{"delta": {"content": \n\n')
                continue
            said += token
            self._event(_envelope(asked, "chat.completion.chunk", {"delta": {"content": token}, "finish_reason": None}))
        self._event(_envelope(asked, "chat.completion.chunk", {"delta": {}, "finish_reason": script.finish}))
        if (asked.get("stream_options") or {}).get("include_usage"):
            self._event(_envelope(asked, "chat.completion.chunk", None) | {"usage": _usage(asked, said)})
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, event: dict[str, Any]) -> None:
        self._chunk(f"data: {json.dumps(event)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _json(self, status: int, value: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(value).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _envelope(asked: dict[str, Any], kind: str, choice: dict[str, Any] | None) -> dict[str, Any]:
    choices = [] if choice is None else [{"index": 0, **choice}]
    return {"id": "fake", "object": kind, "created": 0, "model": asked.get("model", "fake"), "choices": choices}


def _usage(asked: dict[str, Any], said: str) -> dict[str, Any]:
    """Counted in words: a provider's count is its own business, and ours must not be mistaken for it."""
    prompt = sum(len(_text_of(message["content"]).split()) for message in asked["messages"])
    return {
        "prompt_tokens": prompt,
        "completion_tokens": len(said.split()),
        "total_tokens": prompt + len(said.split()),
        "cost": 0.001,
    }


def _text_of(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content or ())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_llm", description=__doc__.splitlines()[0])
    parser.add_argument("character", choices=sorted(CHARACTERS))
    parser.add_argument("--port", type=int, default=8099)
    chosen = parser.parse_args()
    with FakeLLM(chosen.character, chosen.port) as server:
        sys.stdout.write(f"KZRAG_LLM=openai-like:{chosen.character} KZRAG_LLM_BASE_URL={server.base_url}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)


if __name__ == "__main__":
    main()
