import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { getAccountProof } from '~/lib/proof/read';
import { acceptBreak, releaseBreak } from '~/lib/proof/resolve';
import { WARNINGS } from '~/lib/proof/rules';
import { proveAccount } from '~/lib/proof/run';
import { verifyBooks } from '~/lib/proof/verify';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { arrive, type ReadyWallet, settleAll } from '~/lib/testing/journeys';
import { breaksOf, proofStateOf, provenWallet } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';

withTestDatabase();
const fintoc = withLocalFintoc();

beforeAll(() => pollTransfers());
beforeEach(() => fintoc.calm());

const ask = (query: Parameters<Parameters<typeof verifyBooks>[0]>[0]) => db().$queryRaw<unknown[]>(query);

/** An account whose newest movement has a balance one below what follows; answers its movement and break. */
async function misnumbered() {
  const wallet = await provenWallet(fintoc);
  await arrive(fintoc, wallet, 600);
  const { id } = await newestOf(wallet);
  await renumber(id, -1);
  await proveAccount(wallet.accountId);
  const [broken] = await breaksOf(wallet.accountId);
  expect(broken).toMatchObject({ kind: 'order', state: 'open', movementId: id, difference: -1n });
  return { wallet, movementId: id, breakId: broken?.id ?? '' };
}

async function newestOf({ accountId }: ReadyWallet): Promise<{ id: string }> {
  const [newest] = await fintoc.api('GET', `/v2/accounts/${accountId}/movements?limit=1`);
  return newest;
}

const renumber = (id: string, by: number) =>
  fintoc.sql('UPDATE sandbox.movements SET balance = balance + $2 WHERE id = $1', [id, by]);

const statesOf = async ({ accountId }: ReadyWallet) =>
  (await breaksOf(accountId)).map(({ kind, state }) => `${kind} ${state}`);

describe('balances of Fintoc that do not follow', () => {
  it('are asked for again, and the break is cured once they do', async () => {
    const { wallet, movementId } = await misnumbered();
    await proveAccount(wallet.accountId);
    // What Fintoc states is numbered rightly: that is no second break.
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ statedOffSince: null });
    expect(await statesOf(wallet)).toEqual(['order open']);
    await renumber(movementId, 1);
    await proveAccount(wallet.accountId);
    expect(await statesOf(wallet)).toEqual(['order cured']);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({
      provenMovementId: movementId,
      provenBalance: 100_600n,
      difference: 0n,
    });
    expect(await getAccountProof(wallet.accountId)).toMatchObject({ light: 'green', off: 0n });
    expect(await verifyBooks(ask)).toEqual([]);
  });

  it('are cured with all that came after them, when Fintoc numbers anew after payouts were released', async () => {
    const { wallet, movementId, breakId } = await misnumbered();
    for (const role of ['approver', 'admin'] as const)
      await releaseBreak(await someOperator(role), { breakId, reason: 'Visto con Fintoc' });
    // What follows goes on from the wrong balance, over more than one page.
    await fintoc.control('POST', '/inbound-transfers', {
      account_number_id: wallet.accountNumberId,
      amount: 10,
      count: 150,
      settle: true,
    });
    await settleAll(fintoc);
    const ofAccount = `account_id = '${wallet.accountId}' AND amount = 10`;
    await fintoc.sql(`UPDATE sandbox.movements SET balance = balance - 1 WHERE ${ofAccount}`);
    await proveAccount(wallet.accountId);
    expect(await statesOf(wallet)).toEqual(['order released']);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ provenCount: 152n, difference: -1n });
    await renumber(movementId, 1);
    await fintoc.sql(`UPDATE sandbox.movements SET balance = balance + 1 WHERE ${ofAccount}`);
    await proveAccount(wallet.accountId);
    expect(new Set(await statesOf(wallet))).toEqual(new Set(['order cured']));
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ provenBalance: 102_100n, difference: 0n });
    expect(await getAccountProof(wallet.accountId)).toMatchObject({ light: 'green', off: 0n });
    expect(await verifyBooks(ask)).toEqual([]);
  });

  it('are accepted as Fintoc’s numbering by two different people, and then told and no fault', async () => {
    const { wallet, movementId, breakId } = await misnumbered();
    const [ines, raul] = [await someOperator('approver'), await someOperator('admin')];
    await expect(acceptBreak(await someOperator(), { breakId, reason: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(acceptBreak(ines, { breakId, reason: ' ' })).rejects.toMatchObject({ code: 'invalid' });
    expect(await acceptBreak(ines, { breakId, reason: 'Así numera Fintoc' })).toEqual({ accepted: false });
    await expect(acceptBreak(ines, { breakId, reason: 'Otra vez' })).rejects.toMatchObject({
      code: 'own_release',
    });
    expect((await verifyBooks(ask)).map(({ rule }) => rule)).toEqual(['no break with Fintoc stands']);
    expect(await acceptBreak(raul, { breakId, reason: 'Confirmado' })).toEqual({ accepted: true });
    await expect(
      acceptBreak(await someOperator('admin'), { breakId, reason: 'Tarde' }),
    ).rejects.toMatchObject({
      code: 'already_decided',
    });
    await arrive(fintoc, wallet, 50);
    await renumber((await newestOf(wallet)).id, -1);
    await proveAccount(wallet.accountId);
    expect(await statesOf(wallet)).toEqual(['order accepted']);
    expect(await getAccountProof(wallet.accountId)).toMatchObject({
      light: 'green',
      difference: 0n,
      off: 0n,
      accepted: -1n,
      provenCount: 3n,
    });
    expect(await verifyBooks(ask)).toEqual([]);
    expect(await verifyBooks(ask, { rules: WARNINGS })).toMatchObject([
      { rule: expect.stringContaining('accepted'), subject: expect.stringContaining(movementId) },
    ]);
    const trail = await db().auditEntry.findMany({ where: { subjectId: breakId }, orderBy: { id: 'asc' } });
    expect(trail.map(({ action, actorName, reason }) => [action, actorName, reason])).toEqual([
      ['proof.broken', 'proof', null],
      ['proof.accept_asked', ines.name, 'Así numera Fintoc'],
      ['proof.accepted', raul.name, 'Confirmado'],
    ]);
  });

  it('of no other kind are accepted', async () => {
    const wallet = await provenWallet(fintoc);
    await fintoc.control('POST', `/accounts/${wallet.accountId}/movements`, {
      direction: 'outbound',
      amount: 5,
    });
    await db().proofState.updateMany({ data: { nextAt: new Date() } });
    await fintoc.sql(
      `UPDATE sandbox.movements SET transaction_date = transaction_date - interval '5 minutes'`,
    );
    await proveAccount(wallet.accountId);
    const [broken] = await breaksOf(wallet.accountId);
    expect(broken).toMatchObject({ kind: 'missing_here' });
    await expect(
      acceptBreak(await someOperator('admin'), { breakId: broken?.id ?? '', reason: 'No' }),
    ).rejects.toMatchObject({ code: 'break_unfit' });
  });
});
