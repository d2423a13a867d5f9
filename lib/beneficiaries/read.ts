import { type NameVerdict, nameVerdict } from '~/lib/beneficiaries/names';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { type Reader, type Shown, shown } from '~/lib/people/sight';
import { railVerifying } from '~/lib/rails/registry';
import type { Beneficiary, Prisma } from '~/prisma/generated/client';

const NEWEST = keyset({ createdAt: 'time', id: 'uuid' }, 'desc');

const LATEST = {
  verifications: { orderBy: { requestedAt: 'desc' }, take: 1 },
} as const satisfies Prisma.BeneficiaryInclude;

type Kept = Prisma.BeneficiaryGetPayload<{ include: typeof LATEST }>;

/** With how often they were paid, whether nobody may pay them, and what their bank said last of whose account it is. */
export type BeneficiaryRow = Shown<'beneficiary', Omit<Kept, 'verifications'>> & {
  canVerify: boolean;
  isFirst: boolean;
  isBlocked: boolean;
  verification:
    | (Shown<'verification', Kept['verifications'][number]> & { verdict: NameVerdict | null })
    | null;
};

type Asked = { customerId?: string | undefined; cursor?: string | undefined };

/** Whom customers pay, the latest saved first, without those who were removed. */
export async function listBeneficiaries(
  reader: Reader,
  { customerId, cursor }: Asked = {},
  size = PAGE_SIZE,
): Promise<Page<BeneficiaryRow>> {
  const rows = await db().beneficiary.findMany({
    where: { ...NEWEST.where(cursor), removedAt: null, ...(customerId && { customerId }) },
    orderBy: NEWEST.orderBy,
    take: size + 1,
    include: LATEST,
  });
  const { items, nextCursor } = NEWEST.page(rows, size);
  return { items: await whole(reader, items), nextCursor };
}

export async function getBeneficiary(reader: Reader, id: string): Promise<BeneficiaryRow> {
  const row = await db().beneficiary.findUnique({ where: { id }, include: LATEST });
  const [found] = row ? await whole(reader, [row]) : [];
  if (!found) throw notFound('beneficiary', id);
  return found;
}

async function whole(reader: Reader, rows: readonly Kept[]): Promise<BeneficiaryRow[]> {
  const paid = await paidBefore(rows);
  return rows.map(({ verifications: [latest], ...row }) => {
    const facts = paid.get(row.id);
    return {
      ...shown(reader, 'beneficiary', null, row),
      canVerify: railVerifying(row.destinationKind) !== null,
      isFirst: (facts?.times ?? 0) === 0,
      isBlocked: facts?.isBlocked ?? false,
      verification: latest
        ? {
            ...shown(reader, 'verification', null, latest),
            verdict: latest.score === null ? null : nameVerdict(latest.score),
          }
        : null,
    };
  });
}

/** By beneficiary: how often this customer's wallets paid them, and whether they are blocked. */
async function paidBefore(rows: readonly Pick<Beneficiary, 'id'>[]) {
  const found = await db().$queryRaw<{ id: string; times: number; isBlocked: boolean }[]>`
    SELECT b.id, (
        SELECT count(*)::int FROM withdrawals d JOIN wallets w ON w.id = d.wallet_id
        WHERE d.destination = b.destination AND d.destination_kind = b.destination_kind AND d.status = 'succeeded'
          AND w.customer_id = b.customer_id) AS times,
      EXISTS (SELECT 1 FROM blocked_beneficiaries x
        WHERE x.destination = b.destination AND x.destination_kind = b.destination_kind) AS "isBlocked"
    FROM beneficiaries b WHERE b.id = ANY (${rows.map(({ id }) => id)}::uuid[])`;
  return new Map(found.map(({ id, ...facts }) => [id, facts]));
}
