/** Where a hop goes on the stage: between which things, along which line, and where it ends when it is stopped. */
const GATE = 36;
const STOP = 9;
const PUBLIC_DNS = "dns/public";

export class Ways {
  constructor(stage) {
    this.stage = stage;
  }

  /** A name that is looked up outside is looked up by the client. */
  get home() {
    return [...this.stage.drawn.boxes.values()].find((box) => box.element.type === "client");
  }

  /** From where to where a hop goes. The public DNS is asked without an edge of the graph. */
  ends(hop) {
    if (hop.edge) return hop.edge.split(">");
    return hop.object === PUBLIC_DNS && this.home ? [this.home.id, PUBLIC_DNS] : null;
  }

  /** The line of a hop; none where it stays in one place. */
  of(hop) {
    const [source, target] = (this.ends(hop) ?? []).map((id) => this.at(id));
    return source && target && source !== target ? this.stage.way(source, target) : null;
  }

  /** Where lines and words meet a thing: a firewall is as tall as the node ports, its gate is not. */
  at(id) {
    const box = this.stage.box(id);
    return box?.element.type === "firewall" ? { ...box, h: GATE } : box;
  }

  /** Where the mark of a hop that ended badly stands: on its line, a little before what it did not get into. */
  stop(hop, box) {
    const way = this.of(hop);
    return way ? justBefore(way) : { x: box.x + box.w / 2, y: box.y - box.h / 2 };
  }
}

function justBefore({ to, controls }) {
  const from = controls.at(-1);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: to.x - (STOP * (to.x - from.x)) / length, y: to.y - (STOP * (to.y - from.y)) / length };
}
