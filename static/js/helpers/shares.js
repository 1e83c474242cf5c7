/** After many requests: how many each pod answered, as a bar on the pod. */
import { h } from "./dom.js";

export function showShare(stage, notes, share) {
  const sums = new Map();
  for (const [pod, count] of Object.entries(share ?? {})) {
    const box = stage.box(pod);
    if (box) sums.set(box, (sums.get(box) ?? 0) + count);
  }
  const all = [...sums.values()].reduce((a, b) => a + b, 0);
  for (const [box, count] of sums) notes.append(tally(box, count, all));
}

function tally(box, count, all) {
  const bar = h("i", {});
  bar.style.width = `${(100 * count) / all}%`;
  const found = h("span", { class: "tally", "data-count": count }, bar, h("b", {}, `×${count}`));
  Object.assign(found.style, { width: `${box.w}px`, translate: `${box.x - box.w / 2}px ${box.y + box.h / 2 - 7}px` });
  return found;
}
