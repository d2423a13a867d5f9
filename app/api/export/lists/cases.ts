import { columnsOf, type ExportColumn } from '~/app/api/export/columns';
import type { Words } from '~/app/api/export/words';
import type { CaseRow } from '~/lib/cases/read';

export function caseColumns(words: Words): ExportColumn<CaseRow>[] {
  const { text, code, id, moment, amount, status } = columnsOf<CaseRow>(words);
  return [
    moment('openedAt', (row) => row.openedAt),
    moment('dueAt', (row) => row.dueAt),
    moment('closedAt', (row) => row.closedAt),
    text('kind', 24, (row) => words.caseType(row.type)),
    code('kindCode', (row) => row.type),
    ...status('case', (row) => row.state),
    text('waitsFor', 18, (row) => (row.closedAt ? null : words.caseWaitsFor(row.waitsFor))),
    text('customer', 28, (row) => row.customer?.name),
    text('owner', 22, (row) => row.owner.name),
    text('trackingKey', 32, (row) => row.trackingKey),
    amount(
      'amount',
      (row) => (row.asset ? row.amount : null),
      (row) => row.asset ?? '',
    ),
    text('asset', 8, (row) => row.asset),
    code('subjectCode', (row) => row.subjectType),
    id('subjectId', (row) => row.subjectId),
    id('customerId', (row) => row.customerId),
    id('ownerId', (row) => row.ownerId),
    id('id', (row) => row.id),
  ];
}
