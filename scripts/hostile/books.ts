import { randomUUID } from 'node:crypto';
import { type OperatorActor, system } from '~/lib/actor';
import { makeKey } from '~/lib/api/keys';
import { SCOPE_NAMES } from '~/lib/api/scopes';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { createOperator } from '~/lib/people/access';

export { disconnect } from '~/lib/db';

/** A key that may everything, made by two people as every such key is. */
export async function someKey(): Promise<string> {
  const [admin, approver] = [await somebody('admin'), await somebody('approver')];
  const { id, secret = '' } = await makeKey(admin, { name: 'Hostile', scopes: [...SCOPE_NAMES] });
  const approval = await db().approval.findFirst({ where: { subjectId: id } });
  if (approval) await decideApproval(approver, { approvalId: approval.id, verdict: 'approved' });
  return secret;
}

async function somebody(role: 'admin' | 'approver'): Promise<OperatorActor> {
  const { id, name } = await createOperator(system('setup'), {
    ...{
      name: role,
      email: `${role}-${randomUUID()}@hostile.test`,
      role,
      locale: 'en',
      password: randomUUID(),
    },
  });
  return { kind: 'operator', id, name, role };
}

/** What the books say, in one text: every balance, and how much was ever posted, moved and asked for. */
export async function sum(): Promise<string> {
  const [row] = await db().$queryRaw<{ books: string }[]>`
    SELECT jsonb_build_object(
      'balances', (SELECT md5(coalesce(string_agg(id::text || ' ' || balance::text, ',' ORDER BY id), '')) FROM ledger_accounts),
      'entries', (SELECT count(*) FROM ledger_entries),
      'transactions', (SELECT count(*) FROM ledger_transactions),
      'transfers', (SELECT count(*) FROM transfers),
      'withdrawals', (SELECT count(*) FROM withdrawals))::text AS books`;
  return row?.books ?? '';
}
