/** A YAML editor in place of a textarea, loaded when it is first needed. Without it the textarea stays as it is. */
export async function editorFor(textarea) {
  try {
    const [{ EditorView, keymap, lineNumbers }, { defaultKeymap, history, historyKeymap, indentWithTab }, { yaml }, language, lint] = await Promise.all([
      import("@codemirror/view"),
      import("@codemirror/commands"),
      import("@codemirror/lang-yaml"),
      import("@codemirror/language"),
      import("@codemirror/lint"),
    ]);
    const host = Object.assign(document.createElement("div"), { className: "editor" });
    textarea.before(host);
    const view = new EditorView({
      doc: textarea.value,
      parent: host.attachShadow({ mode: "open" }), // its style sheets are adopted there: the page's policy allows no <style>
      root: host.shadowRoot,
      extensions: [
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        history(),
        lineNumbers(),
        yaml(),
        language.syntaxHighlighting(language.defaultHighlightStyle, { fallback: true }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": textarea.getAttribute("aria-label") }),
        EditorView.theme(THEME),
        EditorView.updateListener.of((update) => update.docChanged && write(textarea, update.state.doc.toString())),
      ],
    });
    textarea.hidden = true;
    return new Editor(view, lint);
  } catch {
    return new Plain(textarea);
  }
}

/** The textarea has what the editor shows, and says so as if it had been typed there. */
function write(textarea, text) {
  textarea.value = text;
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}

const THEME = {
  "&": { color: "var(--text)", backgroundColor: "var(--sunken)", fontSize: ".8rem", maxHeight: "60vh" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-gutters": { color: "var(--muted)", backgroundColor: "transparent", border: "0" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-diagnostic": { fontFamily: "var(--sans)" },
};

class Editor {
  constructor(view, lint) {
    Object.assign(this, { view, lint });
  }

  /** Marks what the server said, each at its line. */
  mark(problems) {
    const { doc } = this.view.state;
    const marks = problems.filter(({ line }) => line > 0 && line <= doc.lines).map(({ line, message }) => {
      const { from, to } = doc.line(line);
      return { from, to, severity: "error", message };
    });
    this.view.dispatch(this.lint.setDiagnostics(this.view.state, marks));
  }

  go(line) {
    const { from } = this.view.state.doc.line(Math.min(line, this.view.state.doc.lines));
    this.view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    this.view.focus();
  }
}

class Plain {
  constructor(textarea) {
    this.textarea = textarea;
  }

  mark() {}

  go(line) {
    const lines = this.textarea.value.split("\n");
    const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.textarea.focus();
    this.textarea.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  }
}
