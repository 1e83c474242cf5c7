/** Whether the page hears its lab. */
import { word } from "../helpers/words.js";

export class KvLive extends HTMLElement {
  show(state) {
    this.dataset.state = state;
    this.querySelector("span").textContent = word(`live_${state}`);
  }
}

customElements.define("kv-live", KvLive);
