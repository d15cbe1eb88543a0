"""The tab that adds documents: a file is shown as it was read, described, indexed with a progress bar, removed again.

(No postponed annotations here: Gradio reads those of the handlers.)
"""

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kzrag.errors import KzragError
from kzrag.settings import Settings
from kzrag.web.acts import Acts, Props, Update
from kzrag.web.desk import Assistant, Desk
from kzrag.web.draw import draw
from kzrag.web.left_out import left_out
from kzrag.web.library import FIELDS, SUFFIXES, Library
from kzrag.web.words import NAMES, date, language_name, rule_name, word

Open = Callable[[Settings, Callable[[str, int, int], None]], Assistant]
"""Opens an assistant for settings, its index built, and says how far it is."""


class Uploads:
    """Everything about added documents: what the tab shows, and how the desk comes to answer from them."""

    def __init__(self, desk: Desk, acts: Acts, library: Library, open_assistant: Open, *, shared: bool) -> None:
        self.desk, self.acts, self.library, self.open_assistant = desk, acts, library, open_assistant
        self.shared = shared
        """Whether several people use this server: all of them ask, and see, what one of them adds."""
        self._original = desk.assistant
        self._indexing = threading.Lock()

    # What is shown, as `acts` says it.

    def shown(self, tag: str) -> Update:
        """The whole tab."""
        return self.labels(tag) | {"added": self.listed(tag)}

    def labels(self, tag: str) -> Update:
        """The tab's own words; the page is made of them before the index is there."""
        update: Update = {
            "add_tab": Props(label=word(tag, "add")),
            "add_hint": draw("hint", tag, text=word(tag, "add_hint_shared" if self.shared else "add_hint")),
            "add_file": Props(label=word(tag, "add_files")),
            "add_go": Props(value=word(tag, "add_index")),
        }
        return update | {f"add_{name}": Props(label=word(tag, f"field_{name}")) for name in FIELDS}

    def listed(self, tag: str, note: str | None = None, problem: str | None = None) -> str:
        mine = [document for document in self.desk.documents().values() if self.library.holds(document)]
        return draw("uploads", tag, documents=mine, note=note, problem=problem)

    def preview(self, tag: str, path: str | None) -> Update:
        """The file as it was read, and what is known of it, to be corrected."""
        if not path:
            return self._cleared()
        try:
            document = self.library.preview(Path(path))
        except KzragError as error:
            shown = draw("preview", tag, document=None, problem=str(error))
            return self._cleared() | {"add_preview": shown}
        around = left_out(Path(path), document)
        values = {f"add_{name}": Props(value=getattr(document, name) or "") for name in FIELDS}
        return {
            "add_preview": draw(
                "preview",
                tag,
                document=document,
                around=around,
                problem=None,
                date=date,
                language_name=language_name,
                rule_name=rule_name,
            ),
            "add_form": Props(visible=True),
            **values,
        }

    def add(self, tag: str, path: str | None, values: dict[str, str]) -> Iterator[Update]:
        """Take the file in and index it."""
        if not path:
            return
        try:
            self.library.preview(Path(path), values)
            name = self.library.add(Path(path), values)
        except KzragError as error:
            yield {"add_progress": draw("progress", tag, problem=str(error), text="", share=None)}
            return
        undo = lambda: self.library.remove(Path(name).stem)  # noqa: E731 - one line, used once
        yield from self._indexed(tag, word(tag, "add_done", name=name), undo)

    def remove(self, tag: str, document_id: str) -> Iterator[Update]:
        if self.library.remove(document_id):
            yield from self._indexed(tag, word(tag, "add_removed", name=document_id), lambda: None)

    def _cleared(self) -> Update:
        return {"add_preview": "", "add_form": Props(visible=False), "add_progress": ""}

    def _indexed(self, tag: str, done: str, undo: Callable[[], object]) -> Iterator[Update]:
        """Build the index of the library while it is shown how far that is; then let the desk answer from it."""
        steps: queue.SimpleQueue[tuple[str, int, int] | Assistant | Exception] = queue.SimpleQueue()

        def work() -> None:
            try:
                with self._indexing:
                    if self.library.names():
                        steps.put(self.open_assistant(self.library.settings, lambda *step: steps.put(step)))
                    else:
                        steps.put(self._original)
            except Exception as error:  # told to the reader below, whatever it is
                steps.put(error)

        threading.Thread(target=work, name="kzrag-index", daemon=True).start()
        yield {"add_progress": draw("progress", tag, problem=None, text=word(tag, "preparing"), share=None)}
        while isinstance(step := steps.get(), tuple):
            text, at, whole = step
            share = at / whole if whole else None
            yield {"add_progress": draw("progress", tag, problem=None, text=text, share=share)}
        if isinstance(step, Exception):
            undo()
            text = str(step) if isinstance(step, KzragError) else word(tag, "failed")
            yield {"add_progress": draw("progress", tag, problem=text, text="", share=None)}
            return
        self.desk.renew(step)
        yield {
            **self._cleared(),
            "add_file": Props(value=None),
            "added": self.listed(tag, note=done),
            **self.acts.sources(tag, ()),
        }

    # Gradio.

    def build(self, c: dict[str, Any]) -> None:
        """The tab's components, into `c`."""
        import gradio as gr

        words = self.labels("en")

        def label(name: str) -> str:
            return str(words[name]["label"])

        with gr.Tab(label("add_tab")) as c["add_tab"]:
            c["add_hint"] = gr.HTML("")
            c["add_file"] = gr.File(
                label=label("add_file"), file_types=list(SUFFIXES), file_count="single", height=120, elem_id="kz-file"
            )
            c["add_preview"] = gr.HTML("", elem_id="kz-preview")
            with gr.Group(visible=False, elem_id="kz-about-file") as c["add_form"]:
                for name in FIELDS:
                    if name == "language":
                        tags = [(language_name("en", tag), tag) for tag in NAMES["en"]]
                        c["add_language"] = gr.Dropdown(tags, label=label("add_language"), allow_custom_value=True)
                    else:
                        c[f"add_{name}"] = gr.Textbox(label=label(f"add_{name}"), max_length=300)
                c["add_go"] = gr.Button(str(words["add_go"]["value"]), variant="primary", elem_id="kz-add")
            c["add_progress"] = gr.HTML("")
            c["added"] = gr.HTML("", elem_id="kz-added")

    def wire(
        self, c: dict[str, Any], drawn: Callable[[Update], dict[Any, Any]], removing: Any, options: dict[str, Any]
    ) -> None:
        """The tab's events; `drawn` turns an update into Gradio's, `removing` is clicked to remove a document."""
        import gradio as gr

        fields = [c[f"add_{name}"] for name in FIELDS]
        form = [c["add_preview"], c["add_form"], c["add_progress"], *fields]
        after = [*form, c["add_file"], c["added"], c["listed"], c["only"], c["asking"]]

        def preview(path: str | None, tag: str) -> dict[Any, Any]:
            return drawn(self.preview(tag, path))

        def add(path: str | None, tag: str, *values: str) -> Iterator[dict[Any, Any]]:
            yield from map(drawn, self.add(tag, path, dict(zip(FIELDS, values, strict=True))))

        def remove(data: gr.EventData, tag: str) -> Iterator[dict[Any, Any]]:
            yield from map(drawn, self.remove(tag, str((data._data or {}).get("document", ""))))

        c["add_file"].change(preview, [c["add_file"], c["language"]], form, **options)
        c["add_go"].click(add, [c["add_file"], c["language"], *fields], after, **options)
        removing.click(remove, c["language"], after, **options)
