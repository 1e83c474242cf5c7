/** Most readers have a Korean font; only for those without one are Pretendard's pieces fetched (400 KiB of them). */
const KNOWN = ["Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", "Pretendard", "NanumGothic", "Nanum Gothic"];
const SAMPLE = "mmmwwwlli 0123";

/** A family that is there looks the same whatever stands behind it. */
function isThere(family, pen) {
  const widths = ["monospace", "serif"].map((behind) => {
    pen.font = `32px "${family}", ${behind}`;
    return pen.measureText(SAMPLE).width;
  });
  return widths[0] === widths[1];
}

export function fetchFontIfNeeded() {
  const sheet = document.querySelector("link[data-when='no-korean-font']");
  const pen = document.createElement("canvas").getContext("2d");
  if (sheet && !KNOWN.some((family) => isThere(family, pen))) sheet.disabled = false;
}
