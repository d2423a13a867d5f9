import { CustomerErasure } from '~/app/(console)/customers/[id]/customer-erasure';
import { CustomerLooks } from '~/app/(console)/customers/[id]/customer-looks';
import { CustomerPacks } from '~/app/(console)/customers/[id]/customer-packs';
import type { OperatorActor } from '~/lib/actor';
import { listPacks, type PackRow } from '~/lib/packs/ask';
import type { Page } from '~/lib/pagination';
import type { CustomerRecord } from '~/lib/people/customers';
import { type LookRow, listLooks } from '~/lib/people/looks';
import { can } from '~/lib/roles';
import { noteSeen } from '~/lib/session';

const LOOKS = 5;

/** Null where the reader may not know of it. */
type Records = { looks: Page<LookRow> | null; packs: PackRow[] | null; mayErase: boolean };

/** What is kept about a customer's data itself, as far as the reader may know of it; that they see it now is, too. */
export async function recordsOf(
  reader: OperatorActor,
  { id: customerId, sight, erasedAt }: Pick<CustomerRecord, 'id' | 'sight' | 'erasedAt'>,
): Promise<Records> {
  await noteSeen(customerId, sight);
  const [looks, packs] = await Promise.all([
    can(reader.role, 'audit:read') ? listLooks(reader, { customerId }, LOOKS) : null,
    can(reader.role, 'people:export') ? listPacks(reader, { customerId }) : null,
  ]);
  return { looks, packs, mayErase: erasedAt === null && can(reader.role, 'people:erase') };
}

type CustomerRecordsProps = {
  customer: { id: string; name: string };
  records: Records;
};

/** Who saw this customer's data, the files that were asked for, and how the data is erased. */
export function CustomerRecords({ customer, records }: CustomerRecordsProps) {
  const { looks, packs, mayErase } = records;
  return (
    <>
      {looks ? <CustomerLooks customerId={customer.id} looks={looks} /> : null}
      {packs ? <CustomerPacks customer={customer} packs={packs} /> : null}
      {mayErase ? <CustomerErasure customer={customer} /> : null}
    </>
  );
}
