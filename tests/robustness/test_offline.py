"""With every outside connection refused, and none even tried: index, search and answer with the shipped encoder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from kzrag.settings import Settings
from tests.bundled import bundled
from tests.robustness import indexing

# The hook sees what Python tries; the namespace, where the system allows one, has no way out for native code either.
_PROGRAM = """
import ctypes, json, sys
tried = []

def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else "unix"
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if host not in ("127.0.0.1", "::1", "localhost", "unix", None):
        tried.append(f"{event} {host}")
        raise ConnectionError(f"an outside connection was tried: {host}")

sys.addaudithook(watch)
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)

from pathlib import Path
from kzrag.index import open_index
from kzrag.retrieval import dense, hybrid, lexical
from kzrag.settings import Settings

question = "How many tons of grain does berth 3 hold?"
summaries = []
for _ in range(2):
    index = open_index(Settings(corpus_dir=Path(sys.argv[1]), index_dir=Path(sys.argv[2])))
    summaries.append(index.summary)
    found = [search(index, question, 3)[0].document_id for search in (dense, lexical, hybrid)]
    index.close()
loaded = [name for name in ("chromadb", "onnxruntime", "bm25s", "tiktoken") if name in sys.modules]
print(json.dumps({"summaries": summaries, "found": found, "loaded": loaded, "tried": tried}))
"""


def test_no_outside_connection_is_tried(tmp_path: Path) -> None:
    settings = Settings(corpus_dir=tmp_path / "corpus", index_dir=tmp_path / "index")
    indexing.write_corpus(settings.corpus_dir, 3, documents=5)
    hidden = {name: value for name, value in os.environ.items() if not name.endswith("_CACHE_DIR")}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(settings.corpus_dir), str(settings.index_path)],
        capture_output=True,
        check=False,
        text=True,
        timeout=240,
        env=hidden | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    built, opened = said["summaries"]
    assert built.startswith("Built the index")
    assert opened.startswith("The index is current")
    assert said["tried"] == []
    assert {"chromadb", "onnxruntime", "bm25s", "tiktoken"} <= set(said["loaded"])
    assert len(said["found"]) == 3


# The same watch over what readers use: an answer, the eval set, the web chat with its program door.
_EVERYTHING = (
    _PROGRAM.split("sys.addaudithook(watch)", maxsplit=1)[0]
    + """
sys.addaudithook(watch)
import os, threading, time, urllib.error, urllib.request
from pathlib import Path

import kzrag
from kzrag.evaluation.cases import bundled_cases, read_cases
from kzrag.evaluation.run import AssistantEngine, evaluate
from kzrag.answering.gate import check
from kzrag.web import serve

port = int(sys.argv[1])
question = "What refining capacity does Kazakhstan want by 2032?"
answer = kzrag.answer(question)
assistant = kzrag.Assistant()
judged = evaluate(read_cases(bundled_cases())[:3], AssistantEngine(assistant, "kzrag"), judge=check)
threading.Thread(target=serve, args=(kzrag.Settings(),), kwargs={"port": port, "open_browser": False}, daemon=True).start()
request = urllib.request.Request(
    f"http://127.0.0.1:{port}/api/answer", json.dumps({"question": question}).encode(), {"Content-Type": "application/json"}
)
for _ in range(300):
    try:
        over_http = json.load(urllib.request.urlopen(request))
        break
    except (urllib.error.URLError, ConnectionError):
        time.sleep(0.3)
print("RESULT " + json.dumps({"answer": answer.text, "cases": len(judged.runs), "http": over_http["text"], "tried": tried}))
sys.stdout.flush()
os._exit(0)
"""
)


def test_answers_eval_and_chat_try_no_outside_connection() -> None:
    import socket

    assert bundled().index, "there before the other process, which opens what is current"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = subprocess.run(
        [sys.executable, "-c", _EVERYTHING, str(port)], capture_output=True, check=False, text=True, timeout=240
    )
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")] or [done.stderr[-800:]]
    said = json.loads(line.removeprefix("RESULT "))
    assert said["tried"] == []
    assert said["answer"] == said["http"]
    assert said["answer"].startswith("28 million tons")
    assert said["cases"] == 3
