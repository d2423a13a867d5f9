import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { SUBJECTS } from '~/lib/outbox/catalogue';

/** What there is to filter the audit log by (`auditChoices`). */
type Choices = { operators: readonly { id: string }[]; actions: readonly string[] };

/** Who acts besides operators. */
export const OTHER_ACTORS = ['system', 'rail'] as const;

/** Reads the address of the audit log. */
export function readAudit(params: SearchParams, choices: Choices, timeZone: string) {
  const read = new AddressReader(params);
  return read.done({
    actors: read.choices('actor', [...choices.operators.map(({ id }) => id), ...OTHER_ACTORS]),
    actions: read.choices('action', choices.actions),
    subjects: read.choices('subject', SUBJECTS),
    subjectId: read.text('q'),
    ...read.days(timeZone),
  });
}
