import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { transaction } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { tidyName } from '~/lib/people/customers';
import { requireKnown } from '~/lib/people/kept';

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
