// Filters the cases of a report, and opens what is wrong when it is printed.
const cases = [...document.querySelectorAll("details.case")];
const fields = ["kind", "language", "state"].map((name) => document.getElementById("by-" + name));
const words = document.getElementById("by-words");

function show() {
  for (const each of cases) {
    const chosen = fields.every((field) => !field.value || each.dataset[field.id.slice(3)] === field.value);
    each.hidden = !(chosen && each.textContent.toLowerCase().includes(words.value.toLowerCase()));
  }
  document.getElementById("shown").textContent = cases.filter((each) => !each.hidden).length + " shown";
}

[...fields, words].forEach((field) => field.addEventListener("input", show));
show();

let opened = [];
addEventListener("beforeprint", () => {
  opened = cases.filter((each) => !each.open && each.dataset.state === "wrong");
  opened.forEach((each) => (each.open = true));
});
addEventListener("afterprint", () => opened.forEach((each) => (each.open = false)));
