import { db } from '~/lib/db';
import { byName } from '~/lib/names';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { isUuid } from '~/lib/uuid';
import type { AuditEntry } from '~/prisma/generated/client';

export type AuditFilter = {
  /** Operators' ids, and `system` or `rail` for what nobody did by hand. */
  actors?: string[] | undefined;
  actions?: string[] | undefined;
  subjects?: string[] | undefined;
  /** The whole id of the thing that was changed. */
  subjectId?: string | undefined;
  since?: Date | undefined;
  /** Exclusive. */
  before?: Date | undefined;
  cursor?: string | undefined;
};

/** What was done, newest first. */
export async function listAudit(filter: AuditFilter, size = PAGE_SIZE): Promise<Page<AuditEntry>> {
  const { actors, actions, subjects, subjectId, since, before, cursor } = filter;
  const rows = await db().auditEntry.findMany({
    where: {
      AND: [
        actors ? { OR: [{ actorId: { in: actors } }, { actorId: null, actorKind: { in: actors } }] } : {},
        since ? { at: { gte: since } } : {},
        before ? { at: { lt: before } } : {},
        // Anything but a row's number is a cursor that nobody here made.
        cursor && /^\d{1,18}$/.test(cursor) ? { id: { lt: BigInt(cursor) } } : {},
      ],
      ...(actions && { action: { in: actions } }),
      ...(subjects && { subjectType: { in: subjects } }),
      ...(subjectId && { subjectId }),
    },
    orderBy: { id: 'desc' },
    take: size + 1,
  });
  const items = rows.slice(0, size);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > size && last ? String(last.id) : null };
}

export type AuditRow = Awaited<ReturnType<typeof listAudit>>['items'][number];

/** What there is to filter by: every action and every actor that the log has seen. */
export async function auditChoices() {
  const [actions, operators] = await Promise.all([
    // Hops along the index from one action to the next, so that it costs what there are actions, not rows.
    db().$queryRaw<{ action: string }[]>`
      WITH RECURSIVE hop AS (
        (SELECT action FROM audit_entries ORDER BY action LIMIT 1)
        UNION ALL
        SELECT (SELECT a.action FROM audit_entries a WHERE a.action > hop.action ORDER BY a.action LIMIT 1)
        FROM hop WHERE hop.action IS NOT NULL
      ) SELECT action FROM hop WHERE action IS NOT NULL`,
    db().operator.findMany({ select: { id: true, name: true } }),
  ]);
  return { actions: actions.map(({ action }) => action), operators: byName(operators) };
}

/** What the things of these rows are called, by `type/id`, for those that have a name. */
export async function namesOfSubjects(
  entries: { subjectType: string; subjectId: string }[],
): Promise<Map<string, string>> {
  const idsOf = (type: string) => [
    ...new Set(entries.flatMap((entry) => (entry.subjectType === type ? [entry.subjectId] : []))),
  ];
  const select = { id: true, name: true } as const;
  const named = (type: string, rows: { id: string; name: string | null }[]) =>
    rows.flatMap(({ id, name }): [string, string][] => (name ? [[`${type}/${id}`, name]] : []));
  const $ = db();
  const [operators, keys, customers, wallets, terms, entities, withdrawals, numbers] = await Promise.all([
    $.operator.findMany({ where: { id: { in: idsOf('operator').filter(isUuid) } }, select }),
    $.apiKey.findMany({ where: { id: { in: idsOf('api_key').filter(isUuid) } }, select }),
    $.customer.findMany({ where: { id: { in: idsOf('customer').filter(isUuid) } }, select }),
    $.wallet.findMany({ where: { id: { in: idsOf('wallet').filter(isUuid) } }, select }),
    $.walletTerms.findMany({ where: { id: { in: idsOf('wallet_terms').filter(isUuid) } }, select }),
    $.entity.findMany({ where: { id: { in: idsOf('entity') } }, select: { id: true, holderName: true } }),
    $.withdrawal.findMany({
      where: { id: { in: idsOf('withdrawal').filter(isUuid) } },
      select: { id: true, beneficiaryName: true },
    }),
    $.accountNumber.findMany({
      where: { id: { in: idsOf('account_number') } },
      select: { id: true, number: true },
    }),
  ]);
  return new Map([
    ...named('operator', operators),
    ...named('api_key', keys),
    ...named('customer', customers),
    ...named('wallet', wallets),
    ...named('wallet_terms', terms),
    ...named(
      'entity',
      entities.map(({ id, holderName }) => ({ id, name: holderName })),
    ),
    ...named(
      'withdrawal',
      withdrawals.map(({ id, beneficiaryName }) => ({ id, name: beneficiaryName })),
    ),
    ...named(
      'account_number',
      numbers.map(({ id, number }) => ({ id, name: number })),
    ),
  ]);
}
