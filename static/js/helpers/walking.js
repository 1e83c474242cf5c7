/** Arrow keys on the stage: to the nearest thing that way. */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NEXT = 8;

export function next(key, here, boxes) {
  const way = WAYS[key];
  return way && here ? nearest(here, way, boxes) : null;
}

function nearest(here, [dx, dy], boxes) {
  const scored = [...boxes].filter((box) => box !== here && !holds(box, here)).map((box) => {
    const along = (box.x - here.x) * dx + (box.y - here.y) * dy;
    const aside = Math.abs((box.x - here.x) * dy) + Math.abs((box.y - here.y) * dx);
    return { box, along, cost: along + 2 * aside };
  });
  return scored.filter(({ along }) => along > NEXT).sort((a, b) => a.cost - b.cost)[0]?.box;
}

/** A node is reached from its pods upwards only by leaving it: its middle says nothing about where it is. */
const holds = (box, here) => box.element.type === "node" && here.element.node === box.id && box.h > here.h;
