/** What a person sees of a long step: its name, the seconds that pass, and how it ended. */

const interactive = process.stdout.isTTY === true;
const REPORT_EVERY_S = interactive ? 1 : 15;

/**
 * Runs `work` under a title. A failure passes through after its ✗.
 *
 * @template Result
 * @param {string} title
 * @param {() => Result | Promise<Result>} work
 * @param {{ ticking?: boolean }} [options]  false where the work itself writes
 * @returns {Promise<Result>}
 */
export async function step(title, work, { ticking = true } = {}) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  if (interactive && ticking) process.stdout.write(`  ${title} …`);
  const timer = setInterval(() => {
    if (!ticking) return;
    process.stdout.write(interactive ? `\r  ${title} … ${seconds()} s` : `  ${title} … ${seconds()} s\n`);
  }, REPORT_EVERY_S * 1000);
  const finish = (mark) => {
    clearInterval(timer);
    const took = ((Date.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${interactive ? '\r\x1b[2K' : ''}${mark} ${title} (${took} s)\n`);
  };
  try {
    const result = await work();
    finish('✓');
    return result;
  } catch (error) {
    finish('✗');
    throw error;
  }
}

/** A line of its own in the middle of a step. @param {string} line */
export function note(line) {
  process.stdout.write(`${interactive ? '\r\x1b[2K' : ''}  ${line}\n`);
}

/** A failure whose message says everything: shown without a stack. */
export class PlainError extends Error {}
