/** Lines that pass a lane without stopping there go between its things, never behind them. */
const CLEAR = 9;

/** The level stretches through the columns between two boxes: [{left, right, y}]. */
export function corridor(a, b, columns) {
  const start = a.x + a.w / 2;
  const end = b.x - b.w / 2;
  if (end <= start) return [];
  return columns
    .filter((column) => column.left > start && column.right < end)
    .map((column) => ({ left: column.left, right: column.right, y: passage(column, level(a, b, column, start, end)) }));
}

function level(a, b, column, start, end) {
  const along = ((column.left + column.right) / 2 - start) / (end - start);
  return a.y + (b.y - a.y) * along;
}

/** The free height of a column that is nearest to where the line wants to be. */
function passage({ boxes }, wanted) {
  const sorted = [...boxes].sort((a, b) => a.top - b.top);
  const edges = [-Infinity, ...sorted.flatMap((box) => [box.top, box.bottom]), Infinity];
  const free = [];
  for (let i = 0; i < edges.length; i += 2) free.push(within(edges[i], edges[i + 1], wanted));
  return free.reduce((best, y) => (Math.abs(y - wanted) < Math.abs(best - wanted) ? y : best));
}

function within(from, to, wanted) {
  const clear = Math.min(CLEAR, (to - from) / 2);
  return Math.min(to - clear, Math.max(from + clear, wanted));
}
