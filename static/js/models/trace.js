/** A request's journey as the stage plays it: the hops of one view, calls that pods made in their place. */
export class Trace {
  constructor(record) {
    this.record = record;
    this.id = record.id;
    this.hops = flatten(record, "");
  }

  get delivered() {
    return this.record.verdict === "delivered";
  }

  /** The stop is where the request ended badly: the last hop of the view. */
  steps(view) {
    return this.hops.filter((hop) => hop.view === "both" || hop.view === view);
  }

  edges(view) {
    return this.steps(view).map((hop) => hop.edge).filter(Boolean);
  }

  /** Everything the journey touches, in either view. */
  get objects() {
    const ends = this.hops.flatMap((hop) => (hop.edge ? hop.edge.split(">") : []));
    return new Set([...this.hops.map((hop) => hop.object), ...ends]);
  }

  /** The answer in few words, for a speech bubble. */
  get reply() {
    const { http } = this.record;
    if (!http) return "";
    const text = http.body.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
    return `${http.status} ${text.length > 60 ? `${text.slice(0, 59)}…` : text}`;
  }
}

/** What a pod asked others stands just before its own answer, as in the list below the stage. */
function flatten(record, call) {
  const own = record.hops.map((hop) => ({ ...hop, call }));
  const asked = (record.calls ?? []).flatMap((inner, i) => flatten(inner, `${call}${i + 1}.`));
  return asked.length ? [...own.slice(0, -1), ...asked, ...own.slice(-1)] : own;
}
