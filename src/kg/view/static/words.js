"use strict";
// The words of the interface in the language chosen. Names of entities are data: where the graph knows no English
// name they stay as they are.

function createWords(data, state) {
  const tables = { type: data.types, predicate: data.predicates };
  const inLanguage = (names) => names[state.lang] ?? names.zh ?? names.en ?? "";

  /** A word of the interface; an unknown key shows itself. */
  const word = (key) => (data.words[key] ? inLanguage(data.words[key]) : key);

  /** The name of a type or of a predicate. */
  const term = (kind, id) => (tables[kind][id] ? inLanguage(tables[kind][id]) : id);

  /** The name of a predicate read from its object: 印发者, issued by. */
  const inverse = (id) => (data.words[`by.${id}`] ? word(`by.${id}`) : `← ${term("predicate", id)}`);

  /** The name that a node goes by, and the others that it has. */
  const name = (node) => (state.lang === "en" && node.label_en) || node.label;
  const aliases = (node) => node.names.filter((each) => each !== name(node));

  /** What the page shows, in one line: its title and what was singled out. */
  const heading = () => [word("title"), word("note")].filter(Boolean).join(" · ");

  const number = (value) => {
    const plain = Number(value);
    return Number.isFinite(plain) ? new Intl.NumberFormat("zh-CN", { maximumFractionDigits: 12 }).format(plain) : String(value);
  };

  /** The page, paragraph or row of a file, told as `page 3`. */
  const landmark = (mark) => {
    const [kind, number] = mark.split(" ");
    return word(`at.${kind}`).replace("#", number);
  };

  /** Sets every text, label and placeholder that the page marks with a word. */
  function apply() {
    document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
    for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
    for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = word(node.dataset.placeholder);
    for (const node of document.querySelectorAll("[data-label]")) {
      node.setAttribute("aria-label", word(node.dataset.label));
      if (node.tagName === "BUTTON") node.title = word(node.dataset.label);
    }
  }

  return { word, term, inverse, inLanguage, name, aliases, heading, number, landmark, apply };
}
