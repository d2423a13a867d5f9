import { env } from '~/lib/env';

/** A wrong configuration stops the process at boot with one line, rather than the first page that needs it. */
export function checkConfiguration(): void {
  try {
    env();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
