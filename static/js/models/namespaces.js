/** Which colour and which pattern stand for which namespace. A namespace keeps its own while the page lives. */
const MARKS = 6;

class Namespaces {
  names = new Map();

  /** The number of its mark, as the style sheet knows it. */
  mark(namespace) {
    if (!namespace) return "";
    if (!this.names.has(namespace)) this.names.set(namespace, this.names.size % MARKS);
    return `${this.names.get(namespace)}`;
  }

  /** Asked in name order, so that a reload colours alike. */
  learn(namespaces) {
    for (const name of [...namespaces].sort()) this.mark(name);
  }
}

export const namespaces = new Namespaces();
