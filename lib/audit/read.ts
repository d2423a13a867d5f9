import { openedEntries } from '~/lib/audit/sealed';
import { db } from '~/lib/db';
import { keyset } from '~/lib/keyset';
import { byName } from '~/lib/names';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { type Reader, shownAll, shownText } from '~/lib/people/sight';
import { allOf } from '~/lib/search/typed';
import { isUuid } from '~/lib/uuid';
import { type AuditEntry, Prisma } from '~/prisma/generated/client';

export type AuditFilter = {
  /** Operators' ids, and `system` or `rail` for what nobody did by hand. */
  actors?: string[] | undefined;
  actions?: string[] | undefined;
  /** The actions whose words were typed: besides what else was. */
  said?: string[] | undefined;
  subjects?: string[] | undefined;
  /** The whole id of the thing that was changed. */
  subjectId?: string | undefined;
  /** What was typed may mean any of these. */
  about?: About | undefined;
  since?: Date | undefined;
  /** Exclusive. */
  before?: Date | undefined;
  cursor?: string | undefined;
};

export type About = {
  actorIds: string[];
  subjects: { type: string; id: string }[];
  /** The id of a subject, or its end. */
  id: string;
};

const NEWEST = keyset({ id: 'number' }, 'desc');
/** So much of the end of an id finds it. */
const LEAST_END = 5;

export type AuditRow = AuditEntry;

/** What was done, newest first. */
export async function listAudit(
  reader: Reader,
  filter: AuditFilter,
  size = PAGE_SIZE,
): Promise<Page<AuditRow>> {
  if (filter.about) return listAbout(reader, filter, filter.about, size);
  const { actors, actions, subjects, subjectId, since, before, cursor } = filter;
  const rows = await db().auditEntry.findMany({
    where: {
      AND: [
        actors ? { OR: [{ actorId: { in: actors } }, { actorId: null, actorKind: { in: actors } }] } : {},
        since ? { at: { gte: since } } : {},
        before ? { at: { lt: before } } : {},
        NEWEST.where(cursor),
      ],
      ...(actions && { action: { in: actions } }),
      ...(subjects && { subjectType: { in: subjects } }),
      ...(subjectId && { subjectId }),
    },
    orderBy: NEWEST.orderBy,
    take: size + 1,
  });
  const { items, nextCursor } = NEWEST.page(rows, size);
  return { items: shownAll(reader, 'audit', await openedEntries(db(), items)), nextCursor };
}

/**
 * Merged from the newest of each person, action and thing that may be meant, each in its index's order: it costs what
 * the page holds, however long the log is.
 */
async function listAbout(
  reader: Reader,
  filter: AuditFilter,
  about: About,
  size: number,
): Promise<Page<AuditRow>> {
  const { said = [] } = filter;
  const { actorIds, subjects, id } = about;
  const within = withinOf(filter);
  const newest = (condition: Prisma.Sql) => Prisma.sql`
    SELECT a.id FROM audit_entries a WHERE ${condition} AND ${within} ORDER BY a.id DESC LIMIT ${size + 1}`;
  const end = `${[...id]
    .reverse()
    .join('')
    .replace(/[\\%_]/g, (letter) => `\\${letter}`)}%`;
  const rows = await db().$queryRaw<{ id: bigint }[]>`
    SELECT DISTINCT id FROM (
      SELECT f.id FROM unnest(${actorIds}::text[]) x(v) CROSS JOIN LATERAL (${newest(Prisma.sql`a.actor_id = x.v`)}) f
      UNION ALL
      SELECT f.id FROM unnest(${said}::text[]) x(v) CROSS JOIN LATERAL (${newest(Prisma.sql`a.action = x.v`)}) f
      UNION ALL
      SELECT f.id FROM unnest(${subjects.map(({ type }) => type)}::text[], ${subjects.map((each) => each.id)}::text[]) x(type, v)
      CROSS JOIN LATERAL (${newest(Prisma.sql`a.subject_type = x.type AND a.subject_id = x.v`)}) f
      UNION ALL
      SELECT a.id FROM audit_entries a
      WHERE reverse(a.subject_id) LIKE ${end} AND ${id.length >= LEAST_END} AND ${within}) found
    ORDER BY id DESC LIMIT ${size + 1}`;
  const page = NEWEST.page(rows, size);
  const items = await db().auditEntry.findMany({
    where: { id: { in: page.items.map((row) => row.id) } },
    orderBy: NEWEST.orderBy,
  });
  return { items: shownAll(reader, 'audit', await openedEntries(db(), items)), nextCursor: page.nextCursor };
}

function withinOf({ actors, actions, subjects, subjectId, since, before, cursor }: AuditFilter): Prisma.Sql {
  return allOf([
    actors &&
      Prisma.sql`(a.actor_id = ANY (${actors}) OR (a.actor_id IS NULL AND a.actor_kind = ANY (${actors})))`,
    actions && Prisma.sql`a.action = ANY (${actions})`,
    subjects && Prisma.sql`a.subject_type = ANY (${subjects})`,
    subjectId && Prisma.sql`a.subject_id = ${subjectId}`,
    since && Prisma.sql`a.at >= ${since}`,
    before && Prisma.sql`a.at < ${before}`,
    NEWEST.after(cursor, [Prisma.sql`a.id`]),
  ]);
}

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
  reader: Reader,
  entries: { subjectType: string; subjectId: string }[],
): Promise<Map<string, string>> {
  const idsOf = (type: string) => [
    ...new Set(entries.flatMap((entry) => (entry.subjectType === type ? [entry.subjectId] : []))),
  ];
  const select = { id: true, name: true } as const;
  const named = (type: string, rows: { id: string; name: string | null }[]) =>
    rows.flatMap(({ id, name }): [string, string][] => (name ? [[`${type}/${id}`, name]] : []));
  const $ = db();
  const [operators, roles, keys, customers, wallets, terms, entities, withdrawals, numbers] =
    await Promise.all([
      $.operator.findMany({ where: { id: { in: idsOf('operator').filter(isUuid) } }, select }),
      $.customRole.findMany({ where: { id: { in: idsOf('role').filter(isUuid) } }, select }),
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
    ...named('role', roles),
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
      withdrawals.map(({ id, beneficiaryName }) => ({ id, name: shownText(reader, null, beneficiaryName) })),
    ),
    ...named(
      'account_number',
      numbers.map(({ id, number }) => ({ id, name: number })),
    ),
  ]);
}

/** So many acts are told to a dialog that is open: it wants to know of the latest. */
const ACTS = 50;

/** What was done last to some things of a kind, the latest last: what, when and by whom, and no more of it. */
export async function actsOn(subjectType: string, ids: readonly string[]) {
  const rows = await db().auditEntry.findMany({
    where: { subjectType, subjectId: { in: [...ids] } },
    select: { at: true, action: true, actorName: true, actorId: true, subjectId: true },
    orderBy: { id: 'desc' },
    take: ACTS,
  });
  return rows
    .map(({ at, action: kind, actorName, actorId, subjectId: about }) => ({
      ...{ at, kind, about },
      actor: actorId === null ? null : actorName,
    }))
    .reverse();
}
