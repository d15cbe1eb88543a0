// What the page does in the browser: turns [n] into buttons, shows quotes, opens articles, keeps language and theme.
// Nothing is ever fetched from here; the server is spoken to through Gradio's events (kz.signals).
(() => {
  const kz = (window.kz = { signals: {} });
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const store = {
    get: (key) => { try { return localStorage.getItem("kz-" + key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem("kz-" + key, value); } catch { /* private mode: not kept */ } },
  };

  // Language, theme and address.

  kz.arrive = () => [store.get("language") || navigator.languages.join(","), new URL(location).searchParams.get("c") || ""];
  kz.remember = (tag) => { store.set("language", tag); document.documentElement.lang = tag; return []; };
  kz.theme = () => {
    const dark = document.body.classList.toggle("dark");
    store.set("theme", dark ? "dark" : "light");
    return [];
  };
  kz.busy = () => { document.body.classList.add("kz-busy"); return []; };
  kz.idle = () => { document.body.classList.remove("kz-busy"); return []; };
  kz.address = (conversation) => {
    const url = new URL(location);
    if (conversation) url.searchParams.set("c", conversation);
    else url.searchParams.delete("c");
    history.replaceState(history.state, "", url);
    return [];
  };
  const dress = () => {
    const wanted = store.get("theme");
    if (wanted && document.body) document.body.classList.toggle("dark", wanted === "dark");
  };

  // Markers: [n] in an answer becomes a button.

  const MARK = /\[(\d{1,3})\]/;
  const mark = (message, turn) => {
    const walker = document.createTreeWalker(message, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (MARK.test(walker.currentNode.data) && !walker.currentNode.parentElement.closest("button,textarea")) found.push(walker.currentNode);
    for (const node of found) {
      const parts = node.data.split(/\s*\[(\d{1,3})\]/);
      const fragment = document.createDocumentFragment();
      parts.forEach((part, i) => {
        if (i % 2 === 0) return void fragment.append(part);
        const tip = $(`[data-tip="${turn}-${part}"]`);
        const button = Object.assign(document.createElement("button"), { type: "button", className: "kz-mark", textContent: part });
        button.dataset.turn = turn;
        button.dataset.show = part;
        button.setAttribute("aria-label", tip ? tip.dataset.who : `[${part}]`);
        fragment.append(button);
      });
      node.replaceWith(fragment);
    }
  };
  const decorate = () => {
    const log = $("#kz-log");
    if (!log) return;
    $$(".bot-row, .message-row.bot-row", log).forEach((row, turn) => mark(row, turn));
    $$(".message p, .message li", log).forEach((p) => { if (!p.dir) p.dir = "auto"; });
  };
  // Gradio names its buttons in the browser's language, the page may be in another: what each is for is told by where it
  // stands, its English name is kept on it, and our word for that is what is read.
  const COPY = "Copy message";
  const kinds = (wrapper) => {
    if (wrapper.classList.contains("top-panel")) return ["Clear"];
    const row = wrapper.parentElement;
    if (!row.classList.contains("message-buttons-right"))
      return $$(".icon-button", wrapper).length > 3 ? [COPY, "Retry", "Dislike", "Like"] : [COPY, "Dislike", "Like"];
    return row.previousElementSibling?.querySelector("textarea") ? ["Submit", "Cancel"] : [COPY, "Edit"];
  };
  const call = (named, english) => {
    const label = named.getAttribute("aria-label");
    if (named.dataset.english !== english) Object.assign(named.dataset, { english, gradio: label });
    const ours = words[english];
    if (!ours || label === ours) return;
    // A copy button says so for a moment when it has copied.
    const shown = english === COPY && label !== named.dataset.gradio && named.dataset.ours === words[english] ? words["Copied message"] : ours;
    if (label === shown) return;
    named.dataset.ours = ours;
    named.setAttribute("aria-label", shown);
    if (named.title) named.title = shown;
  };
  let words = {}, spoken = "";
  const relabel = () => {
    const brand = $("#kz-brand .kz-brand");
    if (brand && brand.dataset.words !== spoken) {
      spoken = brand.dataset.words;
      words = JSON.parse(spoken);
      document.documentElement.lang = brand.dataset.lang;
    }
    // Gradio calls the first questions a list, but its items are buttons: a group is what they are.
    $$('#kz-log .examples[role="list"]').forEach((group) => {
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", words.examples || "");
    });
    $$("#kz-log .example").forEach((button) => button.removeAttribute("aria-label"));
    $$('#kz-log [role="complementary"]').forEach((placeholder) => placeholder.removeAttribute("role"));
    for (const wrapper of $$("#kz-log .icon-button-wrapper"))
      kinds(wrapper).forEach((english, at) => { const button = $$(".icon-button", wrapper)[at]; if (button) call(button, english); });
    for (const log of $$("#kz-log [role=log]")) call(log, "chatbot conversation");
    for (const more of $$("#kz-tabs .overflow-menu > button")) call(more, "More tabs");
  };
  const name = () => {
    // A marker drawn before its sources came learns its name when they do.
    $$("#kz-log .kz-mark").forEach((button) => {
      const tip = $(`[data-tip="${button.dataset.turn}-${button.dataset.show}"]`);
      if (tip && button.getAttribute("aria-label") !== tip.dataset.who) button.setAttribute("aria-label", tip.dataset.who);
    });
  };

  // The quote behind a marker, while the pointer or the focus is on it.

  let bubble;
  const tell = (button) => {
    const turn = button.dataset.turn ?? button.closest("[data-turn]")?.dataset.turn;
    const tip = $(`[data-tip="${turn}-${button.dataset.show}"]`);
    if (!tip) return;
    if (!bubble) {
      bubble = document.createElement("div");
      bubble.className = "kz-bubble";
      bubble.setAttribute("role", "tooltip");
      bubble.id = "kz-bubble";
      ($("main.contain") || document.body).append(bubble);
    }
    const who = document.createElement("strong");
    who.textContent = tip.dataset.who;
    const when = document.createElement("span");
    when.textContent = tip.dataset.when;
    const quote = document.createElement("q");
    quote.textContent = tip.textContent;
    quote.lang = tip.lang;
    quote.dir = "auto";
    bubble.replaceChildren(who, when, quote);
    bubble.hidden = false;
    button.setAttribute("aria-describedby", "kz-bubble");
    const at = button.getBoundingClientRect();
    const width = bubble.offsetWidth;
    bubble.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
    const below = at.bottom + 8;
    bubble.style.top = `${below + bubble.offsetHeight < innerHeight ? below : Math.max(8, at.top - bubble.offsetHeight - 8)}px`;
  };
  const hush = () => { if (bubble) bubble.hidden = true; };
  const over = (event) => { const button = event.target.closest?.(".kz-mark"); button ? tell(button) : hush(); };

  // Showing a card, and going back from it.

  let from = null;
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const present = (number, focus) => {
    const card = $(`#kz-evidence #kz-card-${number}`);
    if (!card) return false;
    $$(".kz-card.kz-lit").forEach((other) => other.classList.remove("kz-lit"));
    card.classList.add("kz-lit");
    card.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
    if (focus) card.focus({ preventScroll: true });
    return true;
  };
  const tab = (index) => $$('#kz-tabs [role="tab"]')[index]?.click();
  const show = (button) => {
    from = button.closest("#kz-log") ? { turn: button.dataset.turn, show: button.dataset.show } : null;
    hush();
    const turn = Number(button.dataset.turn ?? button.closest("[data-turn]")?.dataset.turn ?? -1);
    const shown = Number($("#kz-evidence .kz-evidence")?.dataset.turn ?? -1);
    tab(0);
    wanted = { turn, number: button.dataset.show };
    if (turn >= 0 && turn !== shown) kz.signals.show({ turn });
    else requestAnimationFrame(arrived);
  };
  let wanted = null;
  const arrived = () => {
    if (!wanted) return;
    const shown = Number($("#kz-evidence .kz-evidence")?.dataset.turn ?? -1);
    if ((wanted.turn < 0 || wanted.turn === shown) && present(wanted.number, true)) wanted = null;
  };
  const back = () => {
    if (!from) return false;
    $(`#kz-log .kz-mark[data-turn="${from.turn}"][data-show="${from.show}"]`)?.focus();
    from = null;
    return true;
  };

  // The article, in a dialog that the browser itself keeps the focus in.

  let dialog;
  kz.watchReading = (element, watch) => watch("value", () => {
    const source = $(".kz-article, .kz-empty", element);
    if (!source) return;
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "kz-dialog";
      dialog.setAttribute("aria-labelledby", "kz-article-title");
      const close = Object.assign(document.createElement("button"), { type: "button", className: "kz-close", textContent: "×" });
      close.addEventListener("click", () => dialog.close());
      const body = document.createElement("div");
      body.className = "kz-body";
      body.tabIndex = 0;
      dialog.append(close, body);
      dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
      ($("main.contain") || document.body).append(dialog);
    }
    $(".kz-close", dialog).setAttribute("aria-label", source.dataset.close || "Close");
    const body = $(".kz-body", dialog);
    body.replaceChildren(source.cloneNode(true));
    body.setAttribute("role", "document");
    if (!dialog.open) dialog.showModal();
    source.replaceChildren();
    const focus = $("mark.kz-focus", body);
    if (focus) focus.scrollIntoView({ block: "center" });
    else body.scrollTop = 0;
  });

  // A file that the server wrote for the reader, handed over without being stored.

  kz.watchOutbox = (element, watch) => watch("value", () => {
    const file = $("pre", element);
    if (!file) return;
    const type = file.dataset.name.endsWith(".json") ? "application/json" : "text/markdown";
    const url = URL.createObjectURL(new Blob([file.textContent], { type: `${type};charset=utf-8` }));
    Object.assign(document.createElement("a"), { href: url, download: file.dataset.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  });

  const copy = async (button) => {
    const before = button.textContent;
    try { await navigator.clipboard.writeText(button.dataset.copy); } catch { return; }
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = before; }, 1500);
  };

  // One listener for all buttons of ours, wherever the server draws them.

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest?.(selector);
    let button;
    if ((button = on("[data-show]"))) { event.preventDefault(); show(button); }
    else if ((button = on("[data-open]")))
      kz.signals.read({
        document: button.dataset.open, turn: Number(button.dataset.turn),
        number: button.dataset.n ? Number(button.dataset.n) : null, beside: Boolean(button.dataset.beside),
      });
    else if ((button = on("[data-copy]"))) copy(button);
    else if ((button = on("[data-do]"))) {
      const { conversation, do: act, ask, title, sure } = button.dataset;
      const renamed = ask ? prompt(ask, title) : "";
      if (renamed === null || (sure && !confirm(sure))) return;
      kz.signals.manage({ conversation, act, title: renamed });
    } else if ((button = on("[data-remove]"))) kz.signals.remove({ document: button.dataset.remove });
    else hush();
  });
  document.addEventListener("mouseover", over);
  document.addEventListener("focusin", over);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !dialog?.open) { hush(); if (document.activeElement?.closest(".kz-card")) back(); }
    if (event.key === "/" && !event.target.closest?.("input,textarea,[contenteditable]")) {
      event.preventDefault();
      $("#kz-question textarea")?.focus();
    }
  });
  new MutationObserver(() => { decorate(); name(); relabel(); arrived(); }).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", dress);
  dress();
})();
