import { beforeEach, describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { linkEntity } from '~/lib/entities/links';
import { askErasure } from '~/lib/erase';
import { ERASED } from '~/lib/erase-words';
import { syncFintoc } from '~/lib/inbox/sync';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { everywhere } from '~/lib/testing/everywhere';
import { someCustomer, someOperator } from '~/lib/testing/factories';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { inPesos } from '~/lib/testing/wallets';
import { openWallet } from '~/lib/wallets/opening';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { closeWallet } from '~/lib/wallets/status';

withTestDatabase();
const fintoc = withLocalFintoc();

beforeEach(() => fintoc.calm());

const NAME = 'Fernanda Olvidada';
const TAX_ID = 'OIFE800101AB1';
const reason = 'Solicitud de cancelación, folio 118';

async function opened(customerId: string, name: string, pattern: 'A' | 'B') {
  const { id } = await openWallet(system('setup'), {
    ...{ customerId, pattern, name, asset: 'MXN', requestId: crypto.randomUUID() },
  });
  await advanceOpenings();
  return inPesos(id);
}

/** What the sync brought of an account and a number. */
const described = async (accountId: string | null, numberId: string | null) => ({
  account: (await db().account.findUniqueOrThrow({ where: { id: accountId ?? '' } })).description,
  number: (await db().accountNumber.findUniqueOrThrow({ where: { id: numberId ?? '' } })).description,
});

describe('who is erased here and stands at Fintoc as ever', () => {
  it('does not come back with a sync: neither holder nor what accounts and numbers are called', async () => {
    const [admin, approver] = [await someOperator('admin'), await someOperator('approver')];
    const { id: customerId } = await someCustomer({ name: NAME, taxId: TAX_ID });
    const [shared, own] = [await opened(customerId, NAME, 'A'), await opened(customerId, NAME, 'B')];
    const entity = { country_code: 'mx', holder_name: NAME, holder_id: TAX_ID };
    const { id: entityId } = await fintoc.api('POST', '/v2/entities', entity);
    await fintoc.sql(`UPDATE sandbox.entities SET status = 'operational' WHERE id = $1`, [entityId]);
    const beside = await fintoc.api('POST', '/v2/accounts', { entity_id: entityId, description: NAME });
    await syncFintoc(system('setup'));
    await transaction((tx) => linkEntity(tx, admin, { entityId, customerId }));
    const neighbour = await opened((await someCustomer()).id, 'Vecina Recordada', 'A');
    expect(await described(own.accountId, shared.accountNumberId)).toEqual({
      account: expect.stringContaining(NAME),
      number: NAME,
    });

    for (const wallet of [shared, own])
      await closeWallet(admin, { walletId: wallet.id, reason, closedBy: 'customer' });
    await askErasure(admin, { customerId, reason });
    await approveWaiting(approver, { action: 'customer.erase', subjectId: customerId });
    expect(await everywhere(NAME)).toEqual([]);

    // Made there since, under the account and the entity that are theirs.
    await fintoc.api('POST', '/v2/account_numbers', { account_id: own.accountId, description: NAME });
    await fintoc.api('POST', '/v2/accounts', { entity_id: entityId, description: NAME });
    for (let nth = 0; nth < 2; nth += 1) await syncFintoc(system('setup'));
    const run = await db().syncRun.findFirstOrThrow({ orderBy: { startedAt: 'desc' } });
    expect(run).toMatchObject({ error: null });
    for (const secret of [NAME, TAX_ID]) expect(await everywhere(secret), secret).toEqual([]);

    expect(await described(own.accountId, shared.accountNumberId)).toEqual({ account: null, number: null });
    expect(await described(beside.id, neighbour.accountNumberId)).toEqual({
      account: null,
      number: 'Vecina Recordada',
    });
    expect((await db().entity.findUniqueOrThrow({ where: { id: entityId } })).holderName).toBe(ERASED);
    // What they still need to be told by: state, number and our own marks.
    const number = await db().accountNumber.findUniqueOrThrow({
      where: { id: shared.accountNumberId ?? '' },
    });
    expect(number.metadata).toEqual({ customer_id: customerId, wallet_id: shared.id });
    expect((await fintoc.api('GET', `/v2/account_numbers/${number.id}`)).description, 'at Fintoc').toBe(NAME);
  });
});
