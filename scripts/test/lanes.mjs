// Which levels run side by side. Each lane takes the next level that may start; a level waits for those that it builds on,
// and none reads dist/ while another writes it.

/** @typedef {import("./levels.mjs").Level} Level */

/**
 * Runs all levels, in their order where that is possible.
 * @param {readonly Level[]} levels each with those that it comes after
 * @param {number} lanes how many run at once, at least 1
 * @param {(level: Level, lane: number) => Promise<void>} runLevel must not reject
 */
export async function runInLanes(levels, lanes, runLevel) {
  const waiting = [...levels];
  /** @type {Set<Level>} */
  const running = new Set();
  /** @type {(() => void)[]} */
  let idle = [];

  /** @param {Level} level */
  const mayStart = ({ after = [], dist }) =>
    ![...waiting, ...running].some(({ name }) => after.includes(name)) &&
    ![...running].some((other) => excludes(dist, other.dist));

  /** @param {number} lane */
  const work = async (lane) => {
    while (waiting.length > 0) {
      const level = waiting.find(mayStart);
      if (level === undefined) {
        await new Promise((/** @type {(value: void) => void} */ resolve) => idle.push(resolve));
        continue;
      }
      waiting.splice(waiting.indexOf(level), 1);
      running.add(level);
      await runLevel(level, lane);
      running.delete(level);
      const woken = idle;
      idle = [];
      woken.forEach((wake) => {
        wake();
      });
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)));
}

/**
 * @param {Level["dist"]} one
 * @param {Level["dist"]} other
 */
function excludes(one, other) {
  return one !== undefined && other !== undefined && (one === "writes" || other === "writes");
}
