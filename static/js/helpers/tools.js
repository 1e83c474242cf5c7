/** The buttons on the stage: what is shown, how large, and as which file it is kept. */
const TOOLS = {
  in: (stage) => stage.camera.zoom(true),
  out: (stage) => stage.camera.zoom(false),
  svg: (stage) => save(stage, "svg"),
  png: (stage) => save(stage, "png"),
  fit: (stage) => fit(stage),
  fold(stage) {
    stage.options.open.clear();
    fit(stage);
  },
  system(stage, button) {
    stage.options.system = !stage.options.system;
    button.setAttribute("aria-pressed", stage.options.system);
    fit(stage);
  },
};

export const use = (name, stage, button) => TOOLS[name]?.(stage, button);

function fit(stage) {
  stage.show(stage.graph);
  stage.camera.fit(stage.drawn);
}

/** Loaded when first asked for: most visits never are. */
async function save(stage, kind) {
  const saving = await import("./saving.js");
  return saving.save(stage, kind);
}
