import { db, transaction } from '~/lib/db';
import { type Customer, openedCustomer, sealedColumns, type Told } from '~/lib/people/kept';
import { newId } from '~/lib/uuid';
import type { Prisma } from '~/prisma/generated/client';

type Facts = Partial<Told & Pick<Prisma.CustomerUncheckedCreateInput, OtherFacts>>;
type OtherFacts = 'name' | 'kind' | 'country' | 'taxIdKind' | 'externalId' | 'createdAt';

/** A customer as they may stand here from before, whatever is asked of new ones. */
export function storedCustomer({
  taxId = 'XAXX010101000',
  email,
  phone,
  ...facts
}: Facts): Promise<Customer> {
  const id = newId();
  return transaction(async (tx) => {
    const sealed = await sealedColumns(tx, id, { taxId, email: email ?? null, phone: phone ?? null });
    const rest = { kind: 'individual', name: 'Ana', country: 'mx', taxIdKind: 'rfc', ...facts } as const;
    return openedCustomer(tx, await tx.customer.create({ data: { id, ...rest, ...sealed } }));
  });
}

/** One that stands, with other facts. */
export function restoredCustomer(id: string, { taxId, email, phone, ...facts }: Facts): Promise<Customer> {
  return transaction(async (tx) => {
    const was = await openedCustomer(tx, await tx.customer.findUniqueOrThrow({ where: { id } }));
    const told = {
      taxId: taxId ?? was.taxId,
      email: email === undefined ? was.email : email,
      phone: phone === undefined ? was.phone : phone,
    };
    const data = { ...facts, ...(await sealedColumns(tx, id, told)) };
    return openedCustomer(tx, await tx.customer.update({ where: { id }, data }));
  });
}

/** All customers, as people know them. */
export async function everyCustomer(): Promise<Customer[]> {
  const kept = await db().customer.findMany();
  return Promise.all(kept.map((row) => openedCustomer(db(), row)));
}
