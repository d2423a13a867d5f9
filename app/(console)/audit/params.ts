import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { SUBJECTS } from '~/lib/outbox/subjects';

/** What there is to filter the audit log by (`auditChoices`). */
type Choices = { operators: readonly { id: string }[]; actions: readonly string[] };
/** An action in the reader's words. */
type Say = (action: string) => string;

/** Who acts besides operators. */
export const OTHER_ACTORS = ['system', 'rail'] as const;

/** Reads the address of the audit log. */
export function readAudit(params: SearchParams, choices: Choices, timeZone: string, say: Say) {
  const read = new AddressReader(params);
  const text = read.text('q');
  return read.done({
    actors: read.choices('actor', [...choices.operators.map(({ id }) => id), ...OTHER_ACTORS]),
    actions: read.choices('action', choices.actions),
    subjects: read.choices('subject', SUBJECTS),
    text,
    said: text ? choices.actions.filter((action) => isSaid(say(action), text)) : undefined,
    ...read.days(timeZone),
  });
}

/** Whether some words have all that was typed, whatever its case and accents. */
function isSaid(words: string, text: string): boolean {
  const plain = (each: string) => each.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain(text)
    .split(/\s+/)
    .every((word) => plain(words).includes(word));
}
