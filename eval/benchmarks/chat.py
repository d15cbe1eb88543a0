"""How quickly the web chat is there, says its first words, and answers twenty readers who ask at once.

    python eval/benchmarks/chat.py [--runs 3]

Each run starts `kzrag chat` anew on an index that is built, without a model, and opens the page in a browser that
has never seen it. Prints the seconds of every run with the machine's load, which they depend on, and the server's
processor time, which hardly does (on Linux); nothing is kept.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from kzrag.evaluation.cases import bundled_cases, read_cases
from kzrag.evaluation.stats import percentile

READERS = 20
"""Who ask at the same moment."""
PATIENCE = 120.0
"""Seconds after which a server or a page is given up."""
QUESTIONS = ("How much oil should Kazakhstan's refineries process by 2032?", "里海輸油管道為什麼被關閉？關閉多久？",
             "What did Tokayev say about Donetsk and Luhansk?", "Кто выиграл чемпионат мира 2022 года?")  # fmt: skip
"""The first is asked as soon as the page can be used, the others of a chat that has answered before."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]

WAIT_FOR_WORDS = """() => new Promise(resolve => {
  const log = document.querySelector('#kz-log'), before = log.querySelectorAll('.bot').length;
  const began = performance.now();
  const look = () => {
    const last = [...log.querySelectorAll('.bot')].slice(before).at(-1);
    // Until the first words come, a line in italics says what is being done.
    if (last?.querySelector('p') && !last.querySelector('p > em:only-child')) {
      seen.disconnect();
      resolve((performance.now() - began) / 1000);
    }
  };
  const seen = new MutationObserver(look);
  seen.observe(log, {childList: true, subtree: true, characterData: true});
  document.querySelector('#kz-question textarea').dispatchEvent(
    new KeyboardEvent('keypress', {key: 'Enter', bubbles: true, cancelable: true}));
})"""


@contextmanager
def served(home: Path, port: int) -> Iterator[tuple[str, float, int]]:
    """A chat of its own process: its address, the moment at which it was started, and its number."""
    command = [sys.executable, "-c", "from kzrag.cli import main; main()"]
    environment = {**os.environ, "KZRAG_HOME": str(home)}
    subprocess.run([*command, "index"], env=environment, check=True, stdout=subprocess.DEVNULL)
    began = time.perf_counter()
    server = subprocess.Popen([*command, "chat", "--no-open", "--port", str(port)], env=environment)
    try:
        yield f"http://127.0.0.1:{port}/", began, server.pid
    finally:
        server.terminate()
        server.wait(30)


def processor(process: int) -> float:
    """Seconds of processor time that a process has used; NaN where this can't be told."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return math.nan
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def up(address: str) -> None:
    """Wait until the server answers."""
    given_up = time.monotonic() + PATIENCE
    while time.monotonic() < given_up:
        try:
            if httpx.get(address + "healthz", timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.02)
    raise SystemExit("The server did not come up; start `kzrag chat` by hand to see why.")


def page_figures(browser: Any, address: str, began: float) -> dict[str, float]:
    """Seconds until the page can be used, counted from the server's start, and from Enter to the first words."""
    figures = {}
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    opened = time.perf_counter()
    page.goto(address)
    box = page.locator("#kz-question textarea")
    page.wait_for_function("document.querySelector('#kz-evidence .kz-evidence') && Boolean(window.kz?.signals.read)")
    figures["page usable after start"] = time.perf_counter() - began
    figures["of it, in the browser"] = time.perf_counter() - opened
    waits = []
    for question in QUESTIONS:
        box.fill(question)
        waits.append(page.evaluate(WAIT_FOR_WORDS))
        page.locator("#kz-send").wait_for()
    figures["first words, first question"] = waits[0]
    figures["first words, later questions"] = statistics.median(waits[1:])
    context.close()
    return figures


def crowd_figures(address: str, server: int) -> dict[str, float]:
    """Seconds each of `READERS` waits for a whole answer when all ask something different at once."""
    cases = [case.question for case in read_cases(bundled_cases(), "tune") if not case.history]
    questions = cases[:: max(1, len(cases) // READERS)][:READERS]

    # Made beforehand: a client of its own takes as long to make as the answer to its question.
    clients = [httpx.Client(timeout=PATIENCE) for _ in questions]

    def ask(client: httpx.Client, question: str) -> float:
        began = time.perf_counter()
        client.post(address + "api/answer", json={"question": question}).raise_for_status()
        return time.perf_counter() - began

    alone = statistics.median(ask(clients[0], question) for question in questions[:5])
    # What the asking itself spent of the allowance for one address is given back first.
    time.sleep(10)
    used = processor(server)
    with ThreadPoolExecutor(READERS) as readers:
        waits = sorted(readers.map(ask, clients, questions))
    return {
        "one reader alone": alone,
        f"{READERS} at once, p95": percentile(waits, 0.95),
        "for all of them, processor": processor(server) - used,
    }


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    chromium = os.environ.get("KZRAG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    measured: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for number in range(1, runs + 1):
            with socket.create_server(("127.0.0.1", 0)) as free:
                port = free.getsockname()[1]
            load = os.getloadavg()[0]
            with served(Path(folder), port) as (address, began, server):
                up(address)
                figures = {"server answers": time.perf_counter() - began, "until then, processor": processor(server)}
                figures |= page_figures(browser, address, began) | crowd_figures(address, server)
            measured.append(figures)
            print(
                f"run {number}, load {load:.1f}:", *(f"{name} {s:.2f} s ·" for name, s in figures.items()), flush=True
            )
        browser.close()
    print("\n| | best | median |\n|---|---|---|")
    for name in measured[0]:
        values = [figures[name] for figures in measured]
        print(f"| {name} | {min(values):.2f} s | {statistics.median(values):.2f} s |")


if __name__ == "__main__":
    main()
