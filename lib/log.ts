import pino from 'pino';
import { maskedBody } from '~/lib/people/masked-body';

/**
 * Structured logs on standard output. Secrets never reach them: the gateway redacts its errors. Nor does personal data,
 * by whatever way it came into a line: an error's message, what Fintoc sent, a text that somebody typed.
 */
export const log = pino(
  { level: process.env.LOG_LEVEL || 'info', base: undefined },
  { write: (line: string) => process.stdout.write(maskedLine(line)) },
);

/** A line of the log with its personal data masked, by the names of fields and by its form in texts. */
export function maskedLine(line: string): string {
  return `${JSON.stringify(maskedBody(JSON.parse(line)))}\n`;
}
