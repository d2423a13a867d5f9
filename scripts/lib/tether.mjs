/**
 * Preloaded into every program that the starter runs: standard input is a pipe from the starter, so when that
 * ends, even by `kill -9`, this program stops too instead of keeping its port.
 */
process.stdin.on('error', stop).on('close', stop).resume();
process.stdin.unref?.();

function stop() {
  process.kill(process.pid, 'SIGTERM');
}
