/** Small things of every page. Light or dark is kept in a cookie so that the server writes the page that way at once. */
import { fetchFontIfNeeded } from "../helpers/fonts.js";

const YEAR = 31_536_000;

class KvTheme extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.#turn());
  }

  #turn() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `kubeviz_theme=${root.dataset.theme}; path=/; max-age=${YEAR}; samesite=lax`;
    dispatchEvent(new CustomEvent("kv-theme"));
  }
}

/** What folds out over the page folds in again with Escape or a click elsewhere. */
function foldIn(event) {
  if (event.type === "keydown" && event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details[data-popover][open]")) {
    // what a click has replaced belonged to something that is still open
    if (event.type === "click" && (open.contains(event.target) || !event.target.isConnected)) continue;
    open.open = false;
    if (event.type === "keydown") open.querySelector("summary").focus();
  }
}

fetchFontIfNeeded();
document.addEventListener("click", foldIn);
document.addEventListener("keydown", foldIn);
customElements.define("kv-theme", KvTheme);
