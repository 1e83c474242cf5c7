/** The stage as a file: SVG for slides and print, PNG for everything else. What is on it is what was on the stage. */
import { h } from "./dom.js";
import { picture } from "./picture.js";

const SHARP = 2;
const LATER = 2000;

export async function save(stage, kind) {
  const root = picture(stage, caption(stage));
  const text = new XMLSerializer().serializeToString(root);
  const blob = kind === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await pixels(text, root);
  const href = URL.createObjectURL(blob);
  h("a", { href, download: `${fileName(stage)}.${kind}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), LATER);
}

/** kubeviz-snackbar-nodeport-timeout */
function fileName(stage) {
  return ["kubeviz", stage.dataset.name, stage.dataset.lit === undefined ? "" : stage.dataset.verdict].filter(Boolean).join("-");
}

function caption() {
  const request = document.querySelector(".run .request")?.textContent.trim() ?? "";
  const verdict = document.querySelector(".run .verdict")?.textContent.trim() ?? "";
  return [document.querySelector(".top-title")?.textContent.trim(), request, verdict].filter(Boolean).join(" · ").replace(/\s+/g, " ");
}

async function pixels(text, root) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = h("canvas", { width: root.getAttribute("width") * SHARP, height: root.getAttribute("height") * SHARP });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
