/** Parts of the page that the server writes. */
const underway = new WeakMap();

/** Puts what the server answers into a part of the page; done when it stands there. A part's requests follow one
    another. Without a source of their own htmx would queue those of all parts together and keep only the last. */
export function fill(part, url) {
  const before = underway.get(part) ?? Promise.resolve();
  const ask = () => window.htmx.ajax("GET", url, { source: part, target: part, swap: "innerHTML" });
  const done = before.then(ask, ask);
  underway.set(part, done);
  return done;
}
