/** Brings xterm.js to the page when it is first wanted, and makes it look at home. */
const COLOURS = {
  foreground: "#e9eef5", cursor: "#ff8a4c", cursorAccent: "#10161f", selectionBackground: "#3d4b5e",
  black: "#10161f", red: "#ff7d74", green: "#4ecb85", yellow: "#f2b23e", blue: "#6ea3ff", magenta: "#a78bfa", cyan: "#4fc3cc", white: "#e9eef5",
  brightBlack: "#9dabbd", brightRed: "#ff7d74", brightGreen: "#4ecb85", brightYellow: "#f2b23e", brightBlue: "#6ea3ff", brightMagenta: "#a78bfa", brightCyan: "#4fc3cc", brightWhite: "#ffffff",
};

/** `files` is a template with the elements that load its script and style. */
export async function load(files) {
  nonced();
  const elements = [...files.content.cloneNode(true).children];
  await Promise.all(elements.map((element) => new Promise((done, failed) => {
    element.addEventListener("load", done);
    element.addEventListener("error", () => failed(new Error(element.src ?? element.href)));
    document.head.append(element);
  })));
}

/** xterm writes its sizes into style elements of its own; the page's policy lets them in by the page's nonce. */
function nonced() {
  const { nonce } = document.querySelector("script[nonce]");
  const create = document.createElement.bind(document);
  document.createElement = (name, options) => {
    const element = create(name, options);
    if (name === "style") element.nonce = nonce;
    return element;
  };
}

/** A terminal in `place`, and the addon that fits it into the room it has. */
export function make(place, open) {
  const style = getComputedStyle(place);
  const terminal = new window.Terminal({
    theme: { ...COLOURS, background: style.getPropertyValue("--terminal").trim() },
    fontFamily: style.getPropertyValue("--mono"),
    fontSize: innerWidth < 700 ? 12 : 14,
    lineHeight: 1.2,
    cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    screenReaderMode: true,
    scrollback: 5000,
    minimumContrastRatio: 4.5,
    linkHandler: { activate: (event, uri) => open(event, uri) },
  });
  const fit = new window.FitAddon.FitAddon();
  terminal.loadAddon(fit);
  terminal.open(place);
  return { terminal, fit };
}
