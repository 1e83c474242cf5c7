/** The cluster as it is drawn: elements by id, at a version. Old elements + operations = new elements. */
export class Graph {
  constructor() {
    this.elements = new Map();
    this.rv = -1;
  }

  load({ rv, elements }) {
    this.elements = new Map(elements.map((element) => [element.id, element]));
    this.rv = rv;
  }

  /** Applies one frame of changes. False: something is missing between, a fresh picture is needed. */
  apply({ prev, rv, ops }) {
    if (rv <= this.rv) return true;
    if (prev !== this.rv) return false;
    for (const [op, what] of ops) {
      if (op === "put") this.elements.set(what.id, what);
      else this.elements.delete(what);
    }
    this.rv = rv;
    return true;
  }

  get(id) {
    return this.elements.get(id);
  }

  ofType(type) {
    return [...this.elements.values()].filter((element) => element.type === type);
  }
}
