/** Whatever was begun is ended in reverse order: on Ctrl-C, on SIGTERM, on failure. */

/** @type {Set<() => unknown>} */
const endings = new Set();
let ending = /** @type {Promise<void> | null} */ (null);

/**
 * Registers what must happen before this process ends; the returned function takes it back.
 *
 * @param {() => unknown} stop
 */
export function atExit(stop) {
  endings.add(stop);
  return () => endings.delete(stop);
}

/** True once the end has begun: a child that dies from then on is no surprise. */
export function isEnding() {
  return ending !== null;
}

/** Runs the endings, last registered first. One that fails does not keep the others from running. */
export function endAll() {
  ending ??= (async () => {
    for (const stop of [...endings].reverse()) {
      try {
        await stop();
      } catch (error) {
        console.error(`While stopping: ${error.message}`);
      }
    }
  })();
  return ending;
}

/**
 * Ctrl-C and SIGTERM end everything in order; a second Ctrl-C ends this process at once.
 *
 * @param {{ message: string, exitCode: number }} options
 */
export function endOnSignals({ message, exitCode }) {
  const end = async (signal) => {
    if (isEnding()) {
      if (signal === 'SIGINT') process.exit(130);
      return;
    }
    console.log(`\n${message}`);
    await endAll();
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  if (process.env.npm_lifecycle_event) endWithParent(end);
}

/** A SIGTERM for npm reaches the shell between npm and us, and goes no further. */
function endWithParent(end) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || end('SIGTERM'), 500).unref();
}
