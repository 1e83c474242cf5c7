/** Learner × item: a row a learner, changed in place as news come; sorted and filtered here. */
import { animal } from "../helpers/animals.js";
import { h } from "../helpers/dom.js";
import { word } from "../helpers/words.js";

const SHAPES = { none: "·", working: "◌", failing: "✕", solved: "✓" };
const NEED = { failing: 0, working: 1, none: 2, solved: 3 };

export class KvClassGrid extends HTMLElement {
  begin(classroom, act) {
    Object.assign(this, { classroom, act, rows: new Map(), cells: new Map() });
    classroom.addEventListener("change", ({ detail }) => this.#changed(detail));
    this.querySelector("[name=sort]").addEventListener("change", () => this.#arrange());
    this.querySelector("[name=filter]").addEventListener("change", () => this.#arrange());
    this.addEventListener("click", (event) => this.#click(event.target.closest("[data-do]")));
  }

  #changed(fresh) {
    if (fresh.has("class")) this.#head();
    const seats = new Set();
    for (const id of fresh) {
      const [kind, seat] = id.split("/");
      if (kind === "seat") seats.add(id);
      if (kind === "cell") this.#cell(id), seats.add(`seat/${seat}`);
    }
    for (const id of seats) this.#row(id);
    if (seats.size || fresh.has("class")) this.#arrange();
  }

  #head() {
    const { items } = this.classroom.class;
    const written = items.map((item) => `${item.id}${item.ko}`).join();
    if (written === this.head) return;
    this.head = written;
    const language = document.documentElement.lang;
    const titles = items.map((item, i) => h("th", { scope: "col", title: item[language] || item.ko }, `${i + 1}. ${item[language] || item.ko}`));
    this.querySelector("thead tr").replaceChildren(h("th", { scope: "col" }, word("class_learner")), ...titles, h("th", { scope: "col" }, h("span", { class: "sr" }, word("actions"))));
    for (const id of this.rows.keys()) this.#row(id, true);
  }

  #row(id, anew = false) {
    const seat = this.classroom.things.get(id);
    const known = this.rows.get(id);
    if (!seat) {
      known?.remove();
      return this.rows.delete(id);
    }
    const row = known ?? h("tr", { "data-seat": id.split("/")[1] });
    const now = this.classroom.class;
    const written = JSON.stringify(seat);
    if (row.querySelector(".renaming")) return void this.rows.set(id, row); // written when the new name is
    if (row.written !== written || anew) row.replaceChildren(this.#who(seat), ...now.items.map((item) => this.#place(seat, item)), this.#acts(seat));
    row.written = written;
    row.dataset.hand = Boolean(seat.hand);
    row.dataset.online = Boolean(seat.online);
    this.rows.set(id, row);
  }

  #who(seat) {
    const link = h("a", { href: `${this.classroom.path}/seats/${seat.id.split("/")[1]}/` }, seat.name);
    const here = word(seat.online ? "seat_online" : "seat_away");
    return h("th", { scope: "row" }, h("i", { class: "here", title: here }, h("span", { class: "sr" }, here)), seat.hand ? h("button", { type: "button", class: "hand", "data-do": "hand_down", title: word("class_hand") }, "☝") : "", link, h("small", { title: word("lobby_resume") }, ` ${animal(seat.number)} · ${seat.resume}`));
  }

  #place(seat, item) {
    const id = `cell/${seat.id.split("/")[1]}/${item.id}`;
    const td = h("td", { "data-cell": id });
    this.cells.set(id, td);
    this.#cell(id);
    return td;
  }

  #cell(id) {
    const td = this.cells.get(id);
    if (!td) return;
    const cell = this.classroom.things.get(id);
    const state = cell?.state ?? "none";
    const failing = cell?.failing?.length ? cell.failing.join(", ") : "";
    const more = [failing, cell?.hints ? word("hints_used", { count: cell.hints }) : "", minutes(cell)].filter(Boolean).join(" · ");
    const text = h("span", { class: "cell", title: [word(`cell_${state}`), more].filter(Boolean).join(" · ") }, h("i", { "aria-hidden": "true" }, SHAPES[state]), h("span", { class: "sr" }, word(`cell_${state}`)), more ? h("small", {}, more) : "");
    td.dataset.state = state;
    td.replaceChildren(cell?.lab ? h("a", { href: `${this.classroom.path}/seats/${id.split("/")[1]}/?lab=${cell.lab}` }, text) : text);
  }

  #acts(seat) {
    const button = (name) => h("button", { type: "button", "data-do": name }, word(ACTS[name]));
    const menu = h("div", { class: "menu" }, button("rename_seat"), ...(seat.lab ? [button("reset_learner")] : []), button("remove_seat"));
    return h("td", { class: "acts" }, seat.lab ? button("spotlight") : "", h("details", { class: "presets", "data-popover": "" }, h("summary", { class: "button", "aria-label": word("class_more") }, ""), menu));
  }

  async #click(button) {
    const seat = button?.closest("tr")?.dataset.seat;
    if (!seat) return;
    const name = button.dataset.do;
    button.closest("details")?.removeAttribute("open");
    const fields = { seat };
    if (name === "rename_seat") return this.#rename(seat);
    if (name === "remove_seat" && !confirm(`${word("class_remove")}: ${this.classroom.things.get(`seat/${seat}`).name}`)) return;
    await this.act(name, fields);
  }

  /** The name becomes a field where it stands: Enter keeps what is written, Escape and leaving it do not. */
  #rename(seat) {
    const row = this.rows.get(`seat/${seat}`);
    const { name } = this.classroom.things.get(`seat/${seat}`);
    const field = h("input", { type: "text", value: name, maxlength: 40, "aria-label": word("your_name") });
    const form = h("form", { class: "renaming" }, field);
    const close = () => {
      if (!form.isConnected) return;
      form.remove();
      this.#row(`seat/${seat}`, true);
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (field.value === name || (await this.act("rename_seat", { seat, name: field.value }))) close();
      else field.focus();
    });
    field.addEventListener("keydown", (event) => event.key === "Escape" && close());
    field.addEventListener("blur", () => setTimeout(() => document.activeElement !== field && close(), 200));
    row.querySelector("th").replaceChildren(form);
    field.focus();
    field.select();
  }

  /** Rows in the chosen order, raised hands first; whoever is not wanted is hidden, not lost. */
  #arrange() {
    const how = this.querySelector("[name=sort]").value;
    const stuck = this.querySelector("[name=filter]").value === "stuck";
    const seats = [...this.rows.keys()].map((id) => this.classroom.things.get(id)).filter(Boolean);
    seats.sort((a, b) => raised(a, b) || ORDER[how](a, b, this));
    this.querySelector(".online-count").textContent = seats.length ? word("people_online", { count: seats.filter((seat) => seat.online).length }) : "";
    const body = this.querySelector("tbody");
    seats.forEach((seat, i) => {
      const row = this.rows.get(seat.id);
      row.hidden = stuck && this.need(seat) !== 0 && !seat.hand;
      if (body.children[i] !== row) body.insertBefore(row, body.children[i] ?? null);
    });
    this.querySelector(".nobody").hidden = seats.length > 0;
    this.querySelector(".table").hidden = seats.length === 0;
  }

  /** 0: stuck on the present item … 3: through. */
  need(seat) {
    const cell = this.classroom.things.get(`cell/${seat.id.split("/")[1]}/${this.classroom.class.item}`);
    return NEED[cell?.state ?? "none"];
  }
}

/** Whoever raised a hand comes first, in the order in which hands were raised. */
const raised = (a, b) => Number(Boolean(b.hand)) - Number(Boolean(a.hand)) || (a.hand ?? "").localeCompare(b.hand ?? "");

const ORDER = {
  join: (a, b) => a.number - b.number,
  name: (a, b) => a.name.localeCompare(b.name, "ko"),
  need: (a, b, grid) => grid.need(a) - grid.need(b) || a.number - b.number,
};

const ACTS = { spotlight: "spotlight", rename_seat: "class_rename", reset_learner: "reset_learner", remove_seat: "class_remove" };

function minutes(cell) {
  if (!cell?.solved) return "";
  const seconds = Math.round((Date.parse(cell.solved) - Date.parse(cell.started)) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

customElements.define("kv-class-grid", KvClassGrid);
