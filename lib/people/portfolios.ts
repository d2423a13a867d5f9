import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { byName } from '~/lib/names';
import { tidyName } from '~/lib/people/customers';
import { requireKnown } from '~/lib/people/kept';
import { saysWords, typedSearch } from '~/lib/search/typed';
import { isUuid } from '~/lib/uuid';
import { Prisma } from '~/prisma/generated/client';

/** A named group of one customer's wallets; a name that stands already answers that group. */
export async function createPortfolio(
  actor: Actor,
  { customerId, name }: { customerId: string; name: string },
) {
  authorize(actor, 'customers:write');
  return transaction(async (tx) => {
    const data = { customerId, name: tidyName(name) };
    const customer = await tx.customer.findUnique({ where: { id: customerId } });
    if (!customer) throw notFound('customer', customerId);
    requireKnown(customer);
    const [made] = await tx.portfolio.createManyAndReturn({ data: [data], skipDuplicates: true });
    if (!made) return tx.portfolio.findUniqueOrThrow({ where: { customerId_name: data } });
    await recordAudit(tx, actor, {
      action: 'portfolio.created',
      subject: 'customer',
      id: customerId,
      after: { ...made, portfolioId: made.id },
    });
    return made;
  });
}

/** A portfolio by its name and whose it is; names are nobody's secret. */
export type PortfolioNamed = { id: string; name: string; customer: string };

/** Portfolios by words of their name or of their customer's, the newest first; without words the newest. */
export async function searchPortfolios(reader: Actor, text: string, most = 20): Promise<PortfolioNamed[]> {
  authorize(reader, 'console:read');
  const typed = await typedSearch(text);
  const says = typed ? saysWords(Prisma.sql`search_text(p.name || ' ' || c.name)`, typed) : Prisma.sql`true`;
  return db().$queryRaw<PortfolioNamed[]>`
    SELECT p.id::text AS id, p.name, c.name AS customer FROM portfolios p JOIN customers c ON c.id = p.customer_id
    WHERE ${says} ORDER BY p.created_at DESC, p.id DESC LIMIT ${most}`;
}

/** These, by name; what isn't one is left out. */
export async function portfoliosNamed(reader: Actor, ids: readonly string[]): Promise<PortfolioNamed[]> {
  authorize(reader, 'console:read');
  const rows = await db().portfolio.findMany({
    where: { id: { in: ids.filter(isUuid) } },
    select: { id: true, name: true, customer: { select: { name: true } } },
  });
  return byName(rows.map(({ customer, ...row }) => ({ ...row, customer: customer.name })));
}
