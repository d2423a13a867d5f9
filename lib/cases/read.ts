import { type CaseState, type CaseSubject, type CaseTypeName, caseState } from '~/lib/cases/kinds';
import { type Subject, type SubjectRef, subjectOf } from '~/lib/cases/subject';
import { maskClabe } from '~/lib/clabe';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { byName } from '~/lib/names';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import type { Sight } from '~/lib/people/masking';
import { operatorNames } from '~/lib/people/operator-names';
import { roleOf, WITH_ROLE, whoMay } from '~/lib/people/role-of';
import { type Reader, shownText, sightOf } from '~/lib/people/sight';
import type { Role } from '~/lib/roles';
import { pageOf, type Search } from '~/lib/search/page';
import { anyOf, isTrackingKey, saysWords, type Typed, typedSearch } from '~/lib/search/typed';
import { isUuid } from '~/lib/uuid';
import { Prisma } from '~/prisma/generated/client';

export type CaseFilter = {
  /** The customer's name, the clave de rastreo or its end, or an id. */
  text?: string | undefined;
  /** Left out, all. What is overdue is open too. */
  state?: CaseState[] | undefined;
  type?: CaseTypeName[] | undefined;
  ownerId?: string | undefined;
  subject?: SubjectRef | undefined;
  /** On them or on anything of theirs. */
  customerId?: string | undefined;
  cursor?: string | undefined;
};

const PEOPLE = {
  customer: { select: { id: true, name: true } },
  owner: { select: { id: true, name: true } },
} satisfies Prisma.CaseInclude;
const WITHOUT = { beneficiaryAccount: true } satisfies Prisma.CaseOmit;

export type CaseRow = Prisma.CaseGetPayload<{ include: typeof PEOPLE; omit: typeof WITHOUT }> & {
  state: CaseState;
};

/** Cases: open ones by when they are due, the soonest first; with closed ones among them, the newest first. */
export async function listCases(filter: CaseFilter, size = PAGE_SIZE): Promise<Page<CaseRow>> {
  const { text, state, type, ownerId, subject, customerId, cursor } = filter;
  const typed = await typedSearch(text);
  const isOpen = state !== undefined && !state.includes('closed');
  const [column, direction] = isOpen
    ? ([Prisma.sql`c.due_at`, 'asc'] as const)
    : ([Prisma.sql`c.opened_at`, 'desc'] as const);
  return pageOf(
    {
      table: Prisma.sql`cases`,
      alias: Prisma.sql`c`,
      ids: 'uuid',
      by: { column, kind: 'time', direction },
      where: [
        isOpen && Prisma.sql`c.closed_at IS NULL`,
        isOpen && !state.includes('open') && Prisma.sql`c.due_at < now()`,
        state && !isOpen && stateIs(state),
        type && Prisma.sql`c.type = ANY (${type}::case_type[])`,
        ownerId && Prisma.sql`c.owner_id = ${ownerId}::uuid`,
        customerId && Prisma.sql`c.customer_id = ${customerId}::uuid`,
        subject &&
          Prisma.sql`(c.subject_type = ${subject.subjectType} AND c.subject_id = ${subject.subjectId})`,
      ],
      search: typed && searchOf(typed),
      cursor,
    },
    size,
    caseRows,
  );
}

function searchOf(typed: Typed): Search {
  const named = saysWords(Prisma.sql`p.search_text`, typed);
  const own = anyOf([
    isTrackingKey(Prisma.sql`c.tracking_key`, typed),
    Prisma.sql`c.subject_id = ${typed.whole}`,
    typed.uuid !== null && Prisma.sql`(c.id = ${typed.uuid}::uuid OR c.customer_id = ${typed.uuid}::uuid)`,
  ]);
  return {
    own,
    elsewhere: [
      { ids: Prisma.sql`SELECT p.id FROM customers p WHERE ${named}`, columns: [Prisma.sql`c.customer_id`] },
    ],
    matches: anyOf([own, Prisma.sql`(SELECT ${named} FROM customers p WHERE p.id = c.customer_id)`]),
  };
}

function stateIs(states: CaseState[]): Prisma.Sql | null {
  if (states.includes('open')) return null;
  return states.includes('overdue')
    ? Prisma.sql`(c.closed_at IS NOT NULL OR c.due_at < now())`
    : Prisma.sql`c.closed_at IS NOT NULL`;
}

async function caseRows(ids: string[]): Promise<CaseRow[]> {
  const rows = await db().case.findMany({ where: { id: { in: ids } }, include: PEOPLE, omit: WITHOUT });
  return rows.map((row) => ({ ...row, state: caseState(row) }));
}

const WITH_ACTS = { ...PEOPLE, acts: { orderBy: { id: 'asc' } } } satisfies Prisma.CaseInclude;

type WithActs = Prisma.CaseGetPayload<{ include: typeof WITH_ACTS }>;

export type CaseRecord = Omit<WithActs, 'subjectType' | 'acts'> & {
  subjectType: CaseSubject;
  subject: Pick<Subject, 'customerName' | 'amount' | 'asset'>;
  state: CaseState;
  sight: Sight;
  acts: (Omit<WithActs['acts'][number], 'facts'> & { facts: ToldFacts })[];
  /** The names of those whom its acts gave it to, by id. */
  owners: Record<string, string>;
};

/** A case with its acts, the first one first. The beneficiary's account is masked where the reader may not see it. */
export async function getCase(reader: Reader, id: string): Promise<CaseRecord> {
  const found = isUuid(id) ? await db().case.findUnique({ where: { id }, include: WITH_ACTS }) : null;
  if (!found) throw notFound('case', id);
  const ref = { subjectType: found.subjectType as CaseSubject, subjectId: found.subjectId };
  const subject = await subjectOf(db(), ref);
  const sight = sightOf(reader, subject.person);
  const { beneficiaryAccount: account } = found;
  const ownerIds = found.acts.flatMap(({ facts }) => ownersIn(facts));
  return {
    ...found,
    ...ref,
    subject: { customerName: subject.customerName, amount: subject.amount, asset: subject.asset },
    state: caseState(found),
    sight,
    beneficiaryAccount: account && (sight.seen || (await isOurs(account)) ? account : maskedAccount(account)),
    // What an act changed of a claim may be somebody's number: which fields is told, not what they were.
    acts: found.acts.map(({ facts, ...act }) => ({
      ...act,
      note: shownText(reader, subject.person, act.note),
      facts: toldOf(facts),
    })),
    owners: Object.fromEntries(await operatorNames(ownerIds)),
  };
}

/** A CLABE that a customer receives on is nobody's secret here. */
async function isOurs(number: string): Promise<boolean> {
  return (await db().accountNumber.count({ where: { number } })) > 0;
}

const maskedAccount = (account: string) =>
  account.length === 18
    ? maskClabe(account)
    : '•'.repeat(Math.max(account.length - 4, 0)) + account.slice(-4);

const TOLD = ['ownerId', 'dueAt', 'waitsFor', 'type'] as const;
export type ToldFacts = Partial<Record<(typeof TOLD)[number], string>> & { changed: string[] };

/** Of an act's facts what may be told to everybody: how owner and clock stand after it. */
function toldOf(facts: Prisma.JsonValue): ToldFacts {
  const all = facts as Record<string, string | { after: string | null }>;
  const told: ToldFacts = { changed: Object.keys(all).sort() };
  for (const name of TOLD) {
    const value = all[name];
    const after = typeof value === 'object' ? value?.after : value;
    if (typeof after === 'string') told[name] = after;
  }
  return told;
}

function ownersIn(facts: Prisma.JsonValue): string[] {
  const { ownerId } = toldOf(facts);
  return ownerId ? [ownerId] : [];
}

/** Who may be given work, by name. */
export async function listCaseOwners(): Promise<{ id: string; name: string; role: Role }[]> {
  const rows = await db().operator.findMany({
    where: { disabledAt: null, ...whoMay('cases:write') },
    orderBy: { id: 'asc' },
    select: { id: true, name: true, role: true, ...WITH_ROLE },
    take: 500,
  });
  return byName(rows.map((row) => ({ id: row.id, name: row.name, role: roleOf(row) })));
}

/** What a case would be about, and which are open on it already. What the reader may not see is left out. */
export async function caseSubject(reader: Reader, ref: SubjectRef) {
  const subject = await subjectOf(db(), ref);
  const sight = sightOf(reader, subject.person);
  const { items } = await listCases({ subject: ref, state: ['open', 'overdue'] }, 5);
  const { payment } = subject;
  const isShown = payment !== null && (payment.direction === 'inbound' || sight.seen);
  return {
    ...subject,
    payment: payment && { ...payment, beneficiaryAccount: isShown ? payment.beneficiaryAccount : null },
    open: items,
  } satisfies Subject & { open: CaseRow[] };
}
