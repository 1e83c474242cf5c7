/** The page's words in the reader's language, as the server wrote them into the page. */
const table = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

export function word(key, params = {}) {
  const text = table[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => params[name] ?? whole);
}

export const has = (key) => key in table;
