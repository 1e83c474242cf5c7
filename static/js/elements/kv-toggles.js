/** Light or dark, kept in a cookie so that the server writes the page that way at once. */
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

customElements.define("kv-theme", KvTheme);
