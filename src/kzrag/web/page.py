"""The page: Gradio's components and which act each event is.

Only `/answer` is a public endpoint. Every other event is the page's own; it carries ids and words, and what they may
reach is decided by `acts`. (No postponed annotations here: Gradio reads those of the handlers.)
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kzrag.web.acts import SIGNALS, Acts, Props, Update
from kzrag.web.chat import unplain
from kzrag.web.desk import QUESTION_LIMIT
from kzrag.web.words import LANGUAGES, word

if TYPE_CHECKING:
    import gradio as gr

    from kzrag.web.uploads import Uploads

ASSETS = Path(__file__).parent / "assets"
LOCAL = "local"
"""The one user of a page without login."""
ASKS_AT_ONCE = 32
"""Answers being written at the same time; the next ones wait in the queue."""
MESSAGES_A_TURN = 2
"""A question and its answer."""
TIDY = (3600, 86400)
"""Seconds between two looks for old temporary files, and the age at which one is old."""
WAITING = 64
"""Events in the queue before a newcomer is told that it is full."""


def head() -> str:
    """What goes into the page's head: the script, and that search engines stay away."""
    script = (ASSETS / "page.js").read_text(encoding="utf-8")
    return f'<meta name="robots" content="noindex"><script>{script}</script>'


def style() -> str:
    return (ASSETS / "page.css").read_text(encoding="utf-8")


def theme() -> "gr.Theme":
    """Gradio's plainest theme with fonts that every system has; the look itself is in `page.css`."""
    import gradio as gr

    fonts = ["system-ui", "-apple-system", "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "sans-serif"]
    return gr.themes.Base(primary_hue="teal", neutral_hue="stone", font=fonts, font_mono=["ui-monospace", "monospace"])


def build_page(acts: Acts, answer: Callable[..., dict[str, Any]], uploads: "Uploads | None") -> "gr.Blocks":
    """The chat page. `answer` is what programs reach as `/answer`; without `uploads` nothing can be added."""
    import gradio as gr

    with gr.Blocks(title="kzrag", analytics_enabled=False, fill_width=True, delete_cache=TIDY) as page:
        components = _layout(acts, uploads)
        _wire(page, components, acts, uploads)
        gr.api(answer, api_name="answer", concurrency_limit=ASKS_AT_ONCE)  # type: ignore[attr-defined]
    page.queue(max_size=WAITING, default_concurrency_limit=ASKS_AT_ONCE)
    return page  # type: ignore[no-any-return]


def _layout(acts: Acts, uploads: "Uploads | None") -> dict[str, Any]:
    """What is on the page, by name."""
    import gradio as gr

    words = acts.labels("en")

    def said(name: str) -> str:
        """The first word of a component; the reader's own language comes as the page loads."""
        return str(words[name].get("label") or words[name].get("value"))

    c: dict[str, Any] = {}
    with gr.Row(elem_id="kz-bar"):
        c["brand"] = gr.HTML(words["brand"], elem_id="kz-brand")
        c["language"] = gr.Dropdown(
            [(name, tag) for tag, name in LANGUAGES.items()],
            value="en",
            label=said("language"),
            elem_id="kz-language",
            filterable=False,
            scale=0,
            min_width=140,
        )
        c["new"] = gr.Button(said("new"), elem_id="kz-new", size="sm", scale=0, min_width=84)
        c["dark"] = gr.Button(said("dark"), elem_id="kz-theme", size="sm", scale=0, min_width=40)
    with gr.Row(elem_id="kz-desk", equal_height=False):
        with gr.Column(elem_id="kz-talk", scale=6, min_width=320):
            c["log"] = gr.Chatbot(
                show_label=False,
                elem_id="kz-log",
                height=None,
                editable="user",
                buttons=["copy"],
                latex_delimiters=[],
                allow_tags=False,
                group_consecutive_messages=False,
                **words["log"],
            )
            c["asking"] = gr.HTML("", elem_id="kz-asking")
            with gr.Row(elem_id="kz-comment-row", visible=False) as c["comment_row"]:
                c["comment"] = gr.Textbox(label=said("comment"), max_length=QUESTION_LIMIT, scale=5)
                c["comment_send"] = gr.Button(said("comment_send"), size="sm", scale=1, min_width=90)
            with gr.Row(elem_id="kz-ask"):
                c["question"] = gr.Textbox(
                    elem_id="kz-question",
                    lines=1,
                    max_lines=6,
                    max_length=QUESTION_LIMIT,
                    autofocus=True,
                    scale=8,
                    **words["question"],
                )
                c["send"] = gr.Button(said("send"), variant="primary", elem_id="kz-send", scale=1, min_width=84)
                c["stop"] = gr.Button(said("stop"), elem_id="kz-stop", scale=1, min_width=84)
        with gr.Column(elem_id="kz-side", scale=5, min_width=320), gr.Tabs(elem_id="kz-tabs"):
            with gr.Tab(said("evidence_tab")) as c["evidence_tab"]:
                c["cards"] = gr.HTML("", elem_id="kz-evidence")
            with gr.Tab(said("timeline_tab")) as c["timeline_tab"]:
                c["line"] = gr.HTML("")
            with gr.Tab(said("sources_tab")) as c["sources_tab"]:
                c["only"] = gr.CheckboxGroup([], elem_id="kz-only", label=" ")
                c["listed"] = gr.HTML("")
            with gr.Tab(said("history_tab")) as c["history_tab"]:
                c["find"] = gr.Textbox(elem_id="kz-find", lines=1, max_length=QUESTION_LIMIT, **words["find"])
                c["kept"] = gr.HTML("")
            if uploads is not None:
                uploads.build(c)
    # Not shown: where the page is, and the script's way to the server and back.
    c["conversation"] = gr.Textbox(visible="hidden", elem_id="kz-conversation", label="conversation")
    c["judged"] = gr.Number(visible="hidden", precision=0, value=-1, label="judged")
    c["hints"] = gr.Textbox(visible="hidden", label="hints")
    c["tips"] = gr.HTML("", visible="hidden")
    c["reading"] = gr.HTML("", visible="hidden", js_on_load="kz.watchReading(element, watch)")
    c["outbox"] = gr.HTML("", visible="hidden", js_on_load="kz.watchOutbox(element, watch)")
    for name in SIGNALS:
        script = f"kz.signals.{name} = data => trigger('click', data)"
        c[f"signal_{name}"] = gr.HTML("", visible="hidden", js_on_load=script)
    return c


def _wire(page: "gr.Blocks", c: dict[str, Any], acts: Acts, uploads: "Uploads | None") -> None:  # noqa: PLR0915 - a list
    """Which act each event is, and what it may change."""
    import gradio as gr

    def drawn(update: Update) -> dict[Any, Any]:
        return {c[name]: gr.update(**value) if isinstance(value, Props) else value for name, value in update.items()}

    def arrive(hint: str, identity: str, request: gr.Request) -> Iterator[dict[Any, Any]]:
        for update in acts.arrive(user_of(request), hint or request.headers.get("accept-language"), identity):
            adding = uploads if "listed" in update else None
            yield drawn(update | (adding.shown(update["language"]["value"]) if adding else {}))

    def speak(tag: str, identity: str, ticked: list[str], request: gr.Request) -> dict[Any, Any]:
        update = acts.speak(user_of(request), tag, identity, ticked)
        if uploads is not None:
            update |= uploads.shown(tag)
        return drawn(update)

    def ask(text: str, identity: str, tag: str, ticked: list[str], request: gr.Request) -> Iterator[dict[Any, Any]]:
        yield from map(drawn, acts.ask(*who(request), text, identity=identity, tag=tag, ticked=ticked))

    def ask_again(
        data: gr.EventData, identity: str, tag: str, ticked: list[str], request: gr.Request
    ) -> Iterator[dict[Any, Any]]:
        """Retry or edit: that turn and those after it are forgotten first."""
        text, at = unplain(sent_text(sent(data))), int(sent(data).get("index", 0)) // MESSAGES_A_TURN
        yield from map(drawn, acts.ask(*who(request), text, identity=identity, tag=tag, ticked=ticked, again_from=at))

    def ask_this(
        data: gr.EventData, identity: str, tag: str, ticked: list[str], request: gr.Request
    ) -> Iterator[dict[Any, Any]]:
        """A question that was clicked."""
        yield from ask(sent_text(sent(data)), identity, tag, ticked, request)

    def stop(identity: str, request: gr.Request) -> None:
        acts.stop(user_of(request), identity)

    def settle(identity: str, tag: str, request: gr.Request) -> dict[Any, Any]:
        return drawn(acts.around(user_of(request), identity, tag))

    def begin(tag: str, request: gr.Request) -> dict[Any, Any]:
        return drawn(acts.conversation(user_of(request), "", tag))

    def show(data: gr.EventData, identity: str, tag: str, request: gr.Request) -> dict[Any, Any]:
        return drawn(acts.show(user_of(request), identity, tag, sent(data)))

    def read(data: gr.EventData, identity: str, tag: str, request: gr.Request) -> dict[Any, Any]:
        return drawn(acts.read(user_of(request), identity, tag, sent(data)))

    def manage(data: gr.EventData, identity: str, tag: str, request: gr.Request) -> dict[Any, Any]:
        return drawn(acts.manage(user_of(request), identity, tag, sent(data)))

    def find(words: str, identity: str, tag: str, request: gr.Request) -> dict[Any, Any]:
        return drawn({"kept": acts.found(user_of(request), identity, tag, words)})

    def judge(data: gr.LikeData, identity: str, request: gr.Request) -> dict[Any, Any]:
        at = int(str(data.index)) // MESSAGES_A_TURN
        return drawn(acts.judge(user_of(request), identity, at, good=data.liked is True))

    def comment(text: str, at: int, identity: str, tag: str, request: gr.Request) -> dict[Any, Any]:
        if text.strip():
            gr.Info(word(tag, "thanks"), duration=3)
        return drawn(acts.comment(user_of(request), identity, int(at), text))

    def narrow(ticked: list[str], tag: str) -> dict[Any, Any]:
        return drawn({"asking": acts.asking(tag, ticked)})

    own: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    slow = own | {"concurrency_limit": ASKS_AT_ONCE, "concurrency_id": "ask"}
    quick = own | {"concurrency_limit": None}
    here = [c["conversation"], c["language"]]
    asked = [*here, c["only"]]
    side = [c["cards"], c["line"]]
    around = [c["tips"], c["find"], c["kept"], c["comment_row"], *side]
    screen = [c["log"], c["conversation"], *around]
    # No more than an answer changes as it comes: Gradio makes every one of these anew at each step.
    talk = [c["log"], c["conversation"], c["question"]]
    quiet = ("judged", "reading", "outbox", "hints")
    shown = [name for name in c if name not in quiet and not name.startswith("signal_")]
    everything = [c[name] for name in shown]

    page.load(arrive, [c["hints"], c["conversation"]], everything, js="kz.arrive", **quick)
    for begun, act, told in (
        ([c["question"].submit, c["send"].click], ask, [c["question"], *asked]),
        ([c["log"].retry, c["log"].edit], ask_again, asked),
        ([c["log"].example_select, c["log"].option_select, c["signal_say"].click], ask_this, asked),
    ):
        # Whether Send or Stop is shown is the page's own business: it knows before the server does.
        gr.on(begun, None, None, None, js="kz.busy", **own)
        said = gr.on(begun, act, told, talk, **slow).then(settle, here, around, **quick)
        said.then(None, None, None, js="kz.idle", **own)
    c["stop"].click(stop, c["conversation"], None, **quick)
    gr.on([c["new"].click, c["log"].clear], begin, c["language"], screen, **quick)
    c["signal_show"].click(show, here, side, **quick)
    c["signal_read"].click(read, here, c["reading"], **quick)
    c["signal_manage"].click(manage, here, [*screen, c["outbox"]], **quick)
    # One after the other, so that the last words typed are the last that are looked for.
    c["find"].change(find, [c["find"], *here], c["kept"], trigger_mode="multiple", concurrency_limit=1, **own)
    c["log"].like(judge, here[:1], [c["judged"], c["comment_row"], c["comment"]], **quick)
    said_so = [c["comment"].submit, c["comment_send"].click]
    gr.on(said_so, comment, [c["comment"], c["judged"], *here], [c["comment_row"], c["comment"]], **quick)
    c["only"].change(narrow, [c["only"], c["language"]], c["asking"], **quick)
    c["language"].input(speak, [c["language"], c["conversation"], c["only"]], everything, **quick)
    c["language"].input(None, c["language"], None, js="kz.remember", **own)
    c["conversation"].change(None, c["conversation"], None, js="kz.address", **own)
    c["dark"].click(None, None, None, js="kz.theme", **own)
    if uploads is not None:
        uploads.wire(c, drawn, c["signal_remove"], quick)


def user_of(request: Any) -> str:
    """Who is logged in; the one local user on a page without login."""
    return request.username or LOCAL


def who(request: Any) -> tuple[str, str]:
    """The user, and the address that a limit counts by."""
    return user_of(request), request.client.host if request.client else "unknown"


def sent(event: Any) -> dict[str, Any]:
    """What an event brings."""
    return event._data if isinstance(event._data, dict) else {}


def sent_text(data: Any) -> str:
    """The question in what an event brings: a text, a message's parts, an example or an option."""
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return " ".join(sent_text(part) for part in data)
    if isinstance(data, dict):
        return next((sent_text(data[key]) for key in ("value", "text", "content", "label") if data.get(key)), "")
    return ""
