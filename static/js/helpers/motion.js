/** Whether the reader wants things to move. */
const query = matchMedia("(prefers-reduced-motion: reduce)");

export const still = () => query.matches;
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
