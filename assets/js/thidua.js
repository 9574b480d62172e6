// Small comforts on top of pages that all work without JavaScript. No inline handlers: everything hangs on data attributes.
//   data-print                 a button that prints the page
//   data-copy="text"           a button that copies text
//   data-copy-from="id"        a button that copies what stands in that field
//   data-autosubmit            a select or checkbox that sends its form when changed
//   input[data-check-all="name"]  ticks all boxes of that name in its form; what stands in [data-with-script] is shown
//   data-confirm="question"    a button or form that asks first
//   form[data-guard]           warns before leaving with unsaved changes
//   table[data-grid-keys]      Enter and the arrow keys move between the inputs like in a spreadsheet; Ctrl+Enter saves the row and goes
//                              on to the next, also from a reason or a choice; Esc takes back what was typed in the field, and
//                              leaves a reason; the arrows leave it while it is empty
//   details[data-help]         is opened by the key "?"
//   button[data-take] > data   fills the fields named by data-for with the values: another person's figures
//   input[data-max-bytes]      says data-too-big beside itself when a chosen file is larger, and does not send it
//   [data-shown-when="name=value"]  is seen only while the field of that name in its form has that value, or one of several with blanks
//   table[data-tree-keys="id"]  the arrows go from row to row; Alt+arrow and dragging move a row by that form (code, shift, target, place)
//   form[data-undo]            is sent by Ctrl+Z outside a field
//   [data-passage]             text: what is selected in it fills the first two fields of [data-passage-fields]
//   input[data-found]          hides the empty field #data-why (why is it another figure?) while it holds what was found
//   input[data-slides="id"]    a slider that moves the percentage typed in that field, and follows it
//   [data-whole]               its sliding fields make a whole: the sum is told in output[data-sum]; data-ok when it is 100, data-off when it
//                              is not though something was typed
//   [data-save-state]          shows saving / saved / failed of htmx requests: data-saving, data-saved, data-failed hold the words
const on = (type, handler, options) => document.addEventListener(type, handler, options);
const up = (event, selector) => (event.target.closest ? event.target.closest(selector) : null);

on("click", (event) => {
  if (up(event, "[data-print]")) window.print();
  const copy = up(event, "[data-copy], [data-copy-from]");
  if (copy) copyText(copy);
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  const ask = up(event, "button[data-confirm], a[data-confirm]");
  if (ask && !window.confirm(ask.dataset.confirm)) event.preventDefault();
});

// Without the clipboard (an address without https) the field is selected, so that one key copies it.
function copyText(button) {
  const field = document.getElementById(button.dataset.copyFrom);
  const text = field ? field.value : button.dataset.copy;
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => button.classList.add("ok"));
  else if (field) field.select();
}

on("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
  const field = event.target;
  const help = document.querySelector("details[data-help]");
  if (help && event.key === "?" && !field.matches("textarea, input:not(.pt)")) {
    event.preventDefault();
    help.open = !help.open;
  }
  const grid = up(event, "table[data-grid-keys]");
  if (!grid || !field.matches("input, select, textarea")) return;
  if (event.key === "Enter" && event.ctrlKey) saveAndGoOn(event, grid);
  else if (event.key === "Escape" && "defaultValue" in field) takeBack(field);
  else if (field.matches("input") || (field.matches("textarea") && !field.value && event.key !== "Enter")) move(event, grid);
});

// In a reason the arrows move between its words: once nothing is left to take back, Esc leads from there to the figure beside it.
function takeBack(field) {
  const changed = field.value !== field.defaultValue;
  field.value = field.defaultValue;
  const figure = field.matches("textarea") && !changed && field.closest("td, th").querySelector(FIELDS);
  if (figure) figure.focus();
}

const FIELDS = "input:not([type=hidden], [type=checkbox], [disabled]), select, textarea";

// Leaving a field that was changed sends its row. The last row has no next one: it is left all the same.
function saveAndGoOn(event, grid) {
  event.preventDefault();
  const rows = [...grid.querySelectorAll("tbody tr")];
  const later = rows.slice(rows.indexOf(event.target.closest("tr")) + 1).map((row) => row.querySelector(FIELDS));
  event.target.blur();
  const next = later.find(Boolean);
  if (next) next.focus();
  if (next && next.select) next.select();
}

on("click", (event) => {
  const take = up(event, "button[data-take]");
  if (!take) return;
  const fields = [...take.querySelectorAll("data")].map((each) => Object.assign(document.getElementById(each.dataset.for), { value: each.value }));
  fields[0].dispatchEvent(new Event("change", { bubbles: true }));
  fields[0].focus();
});

// What somebody goes on typing while its row is saved is not replaced by the answer. Where the answer brings another person's words for
// that field, the old revision stays too, so that the next save is still merged with what the writer has seen; otherwise the new one
// is taken, or the writer would clash with what they had typed halfway.
const sent = new WeakMap();
const heldBack = new WeakSet();
on("htmx:configRequest", (event) => sent.set(event.target, new Map(event.detail.formData)));
on("htmx:oobBeforeSwap", (event) => {
  const { target } = event.detail;
  const row = target.closest("tr");
  const field = document.activeElement;
  const was = row && row.contains(field) && field.name && sent.get(row);
  if (!was || was.get(field.name) === field.value) return;
  if (target === field) heldBack.add(row);
  if (target === field || (target.type === "hidden" && heldBack.delete(row))) event.detail.shouldSwap = false;
});

function move(event, grid) {
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
  const input = event.target;
  if (event.key === "ArrowLeft" && input.selectionStart === 0 && input.selectionEnd === 0) steps.ArrowLeft = [0, -1];
  if (event.key === "ArrowRight" && input.selectionStart === input.value.length) steps.ArrowRight = [0, 1];
  const step = steps[event.key];
  if (!step || input.type === "file" || input.type === "checkbox" || input.type === "radio") return;
  event.preventDefault();
  const rows = [...grid.querySelectorAll("tbody tr")];
  const cell = input.closest("td, th");
  let row = rows.indexOf(cell.parentElement);
  let column = cell.cellIndex;
  for (;;) {
    row += step[0];
    column += step[1];
    const next = rows[row] && rows[row].cells[column];
    if (!next) return;
    const target = next.querySelector("input:not([type=hidden]):not([disabled])");
    if (target) {
      target.focus();
      target.select();
      return;
    }
  }
}

on("change", (event) => {
  const field = up(event, "[data-autosubmit]");
  if (field && field.form) field.form.requestSubmit();
});

on("change", (event) => {
  const input = up(event, "input[type=file][data-max-bytes]");
  if (!input) return;
  const tooBig = [...input.files].find((file) => file.size > Number(input.dataset.maxBytes));
  const words = tooBig ? `${tooBig.name}: ${input.dataset.tooBig}` : "";
  input.setCustomValidity(words);
  // The browser's own bubble is gone in seconds.
  let told = input.parentElement.querySelector("[data-told]");
  if (!told) {
    told = Object.assign(document.createElement("p"), { className: "field-error", role: "alert" });
    told.dataset.told = "";
    input.after(told);
  }
  told.hidden = !words;
  told.textContent = words;
});

function showWanted() {
  document.querySelectorAll("[data-shown-when]").forEach((part) => {
    const [name, values] = part.dataset.shownWhen.split("=");
    part.hidden = !values.split(" ").includes(part.closest("form").elements[name].value);
  });
}
on("change", showWanted);

// The passage is named by its first and last words, so that the server finds it in its own copy of the text.
const WORDS = 12;
on("selectionchange", () => {
  const chosen = document.getSelection();
  const fields = document.querySelector("[data-passage-fields]");
  const inside = chosen.anchorNode && chosen.anchorNode.parentElement && chosen.anchorNode.parentElement.closest("[data-passage]");
  const words = inside && fields ? chosen.toString().trim().split(/\s+/) : [];
  if (words.length < 2) return;
  const [first, last] = fields.querySelectorAll("textarea, input");
  first.value = words.slice(0, WORDS).join(" ");
  last.value = words.length > WORDS ? words.slice(-WORDS).join(" ") : "";
  dirty = true;
});

// Ticking one box by hand tells the box for all how it stands.
on("change", (event) => {
  const box = event.target;
  if (!box.form || box.type !== "checkbox") return;
  const all = up(event, "[data-check-all]") || [...box.form.querySelectorAll("[data-check-all]")].find((one) => one.dataset.checkAll === box.name);
  if (!all) return;
  const boxes = [...box.form.elements].filter((one) => one.type === "checkbox" && one.name === all.dataset.checkAll);
  if (box === all) boxes.forEach((one) => (one.checked = all.checked));
  const ticked = boxes.filter((one) => one.checked).length;
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
});

let dirty = false;
on("input", (event) => {
  if (up(event, "form[data-guard]")) dirty = true;
});
on("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) event.preventDefault();
  else dirty = false;
});
window.addEventListener("beforeunload", (event) => {
  if (dirty) event.preventDefault();
});

function askWhy(input) {
  const why = document.getElementById(input.dataset.why);
  if (why) why.hidden = input.value.trim() === input.dataset.found && !why.value.trim();
}
on("input", (event) => {
  if (event.target.matches("input[data-found]")) askWhy(event.target);
});
const askWhys = () => document.querySelectorAll("input[data-found]").forEach(askWhy);

// The typed number is what is sent; the slider only helps. A click takes the slider's value also where it did not move.
const percent = (field) => parseFloat(field.value.replace(",", ".")) || 0;
const slid = (slider) => document.getElementById(slider.dataset.slides);
const isEmpty = (slider) => !slid(slider).value.trim();
function follow(slider) {
  const typed = percent(slid(slider));
  slider.step = Number.isInteger(typed) ? 1 : 0.1;
  slider.value = isEmpty(slider) ? slider.defaultValue : typed;
  slider.classList.toggle("is-unset", isEmpty(slider));
}
function addUp(whole) {
  const output = whole && whole.querySelector("output[data-sum]");
  if (!output) return;
  const sliders = [...whole.querySelectorAll("[data-slides]")];
  const sum = Math.round(sliders.reduce((total, each) => total + percent(slid(each)), 0) * 1e4) / 1e4;
  output.textContent = sum.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 4 });
  output.toggleAttribute("data-ok", sum === 100);
  output.toggleAttribute("data-off", sum !== 100 && !sliders.every(isEmpty));
}
function slide(event) {
  const slider = event.target.matches("input[data-slides]")
    ? event.target
    : [...document.querySelectorAll("input[data-slides]")].find((each) => slid(each) === event.target);
  if (!slider) return;
  if (slider === event.target) slid(slider).value = Math.round(slider.value);
  follow(slider);
  addUp(slider.closest("[data-whole]"));
}
on("input", slide);
on("click", (event) => {
  if (event.target.matches("input[data-slides]")) slide(event);
});
function startSliders() {
  document.querySelectorAll("input[data-slides]").forEach(follow);
  document.querySelectorAll("[data-whole]").forEach(addUp);
}

const say = (state) => document.querySelectorAll("[data-save-state]").forEach((place) => {
  place.dataset.state = state;
  if (place.dataset[state]) place.textContent = place.dataset[state];
});
on("htmx:beforeRequest", (event) => {
  if (event.target.closest("[data-saves]")) say("saving");
});
on("htmx:afterRequest", (event) => {
  // The event comes from a parent when the answer has replaced what asked; the request still knows who that was.
  if (!event.detail.requestConfig.elt.closest("[data-saves]")) return;
  say(event.detail.successful ? "saved" : "failed");
  if (event.detail.successful) dirty = false;
});

// The tabs are one row that scrolls where it is narrow: the current one is brought into sight.
function reveal() {
  document.querySelectorAll(".tabs > li > [aria-current], .site-nav > li > [aria-current]").forEach((link) => {
    const row = link.closest(".site-head nav, .tabs");
    row.scrollLeft += link.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - link.offsetWidth) / 2;
  });
}

// A table that scrolls sideways can be reached and scrolled by keyboard, and has a name.
function reachable() {
  document.querySelectorAll(".table-responsive").forEach((box) => {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (!scrolls || box.hasAttribute("tabindex")) return;
    const card = box.closest(".card, section, main");
    const title = box.querySelector("caption") || (card && card.querySelector("h1, h2, h3"));
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", title ? title.textContent.trim() : document.title);
  });
}
const enliven = () => document.querySelectorAll("[data-with-script]").forEach((part) => (part.hidden = false));
on("htmx:afterSettle", reachable);
on("htmx:afterSettle", enliven);
on("htmx:afterSettle", startSliders);
window.addEventListener("resize", reachable);
window.addEventListener("beforeprint", () => document.querySelectorAll("details.why").forEach((reason) => (reason.open = true)));
if (document.readyState === "loading") on("DOMContentLoaded", () => [reachable, reveal, showWanted, askWhys, enliven, startSliders].forEach((start) => start()));
else [reachable, reveal, showWanted, askWhys, enliven, startSliders].forEach((start) => start());

// A row is moved by the same form as its buttons; without script the buttons do it.
const TREE_ROW = "[data-tree-keys] tr[data-code]";
const SHIFTS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };
let dragged = null;

function moveRow(row, values) {
  const form = document.getElementById(row.closest("[data-tree-keys]").dataset.treeKeys);
  Object.entries({ code: row.dataset.code, ...values }).forEach(([name, value]) => (form.elements[name].value = value));
  form.submit();
}

on("keydown", (event) => {
  const row = up(event, TREE_ROW);
  const shift = SHIFTS[event.key];
  if (!row || !shift || event.ctrlKey || event.metaKey) return;
  const next = shift === "up" ? row.previousElementSibling : shift === "down" ? row.nextElementSibling : null;
  if (event.altKey) moveRow(row, { shift });
  else if (next) next.querySelector("a").focus();
  if (event.altKey || next) event.preventDefault();
});

// Ctrl+Z outside a field, where the browser takes back what was typed itself.
on("keydown", (event) => {
  const form = document.querySelector("form[data-undo]");
  if (!form || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  form.requestSubmit();
});

// The upper and lower quarter of a row mean before and after it, its middle means into it.
function placeOn(event, row) {
  const box = row.getBoundingClientRect();
  const at = (event.clientY - box.top) / box.height;
  return at < 0.25 ? "before" : at > 0.75 ? "after" : "into";
}

function markDrop(row, place) {
  document.querySelectorAll("tr[data-drop]").forEach((marked) => delete marked.dataset.drop);
  if (row) row.dataset.drop = place;
}

on("dragstart", (event) => {
  dragged = up(event, TREE_ROW);
  if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.code);
});
on("dragend", () => markDrop((dragged = null)));
on("dragover", (event) => {
  const row = dragged && up(event, TREE_ROW);
  if (!row || row === dragged) return;
  event.preventDefault();
  markDrop(row, placeOn(event, row));
});
on("drop", (event) => {
  const row = dragged && up(event, TREE_ROW);
  if (!row || row === dragged) return;
  event.preventDefault();
  moveRow(dragged, { target: row.dataset.code, place: placeOn(event, row) });
});

// After the browser itself has gone to the row in the address, which takes the focus away.
window.addEventListener("load", () => requestAnimationFrame(() => {
  const landed = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  const beside = document.querySelector(".beside");
  if (landed && landed.matches(TREE_ROW)) landed.querySelector("a").focus({ preventScroll: true });
  if (beside && window.matchMedia("(max-width: 991.98px)").matches) beside.scrollIntoView();
}));
