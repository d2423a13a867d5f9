import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { pollTransfers } from '~/lib/inbox/sync';
import { releaseBreak } from '~/lib/proof/resolve';
import { proveAccount } from '~/lib/proof/run';
import { balanceOf, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { arrive, readyWallet, settleAll, withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { breakAccount, breaksOf, proofStateOf, provenWallet } from '~/lib/testing/proofs';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { verify } from '~/lib/testing/verifying';
import { houseWallets } from '~/lib/wallets/house';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;

beforeAll(async () => {
  operator = await someOperator();
  await pollTransfers();
});

beforeEach(() => fintoc.calm());

describe('a break', () => {
  async function brokenWallet() {
    const wallet = await provenWallet(fintoc);
    return { wallet, breakId: await breakAccount(fintoc, wallet.accountId) };
  }

  it('holds payouts of its account back, and of no other; cured, they go out by themselves', async () => {
    const other = await provenWallet(fintoc);
    const wallet = await readyWallet({ pattern: 'B' });
    await arrive(fintoc, wallet, 90_000);
    const entry = `WHERE kind = 'deposit' AND wallet_id IS NULL AND abs(amount) BETWEEN 89_000 AND 90_000`;
    await tamper(`UPDATE ledger_entries SET amount = 89_000 ${entry}`);
    await proveAccount(wallet.accountId);
    const { id } = await withdraw(operator, wallet);
    const { id: others } = await withdraw(operator, other);
    await settleAll(fintoc);
    expect((await withdrawalRow(id)).status).toBe('queued');
    expect((await withdrawalRow(others)).transferId).not.toBeNull();
    await tamper(`UPDATE ledger_entries SET amount = 90_000 ${entry}`);
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([{ kind: 'amount_differs', state: 'cured' }]);
    await settleAll(fintoc);
    expect((await withdrawalRow(id)).transferId).not.toBeNull();
  });

  it('is released by two different people, with reasons that the audit log keeps; then payouts go on', async () => {
    const { wallet, breakId } = await brokenWallet();
    const { id } = await withdraw(operator, wallet);
    const [ines, raul] = [await someOperator('approver'), await someOperator('admin')];
    await expect(releaseBreak(operator, { breakId, reason: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(releaseBreak(ines, { breakId, reason: ' ' })).rejects.toMatchObject({ code: 'invalid' });
    expect(await releaseBreak(ines, { breakId, reason: 'Comisión de Fintoc' })).toEqual({ released: false });
    await expect(releaseBreak(ines, { breakId, reason: 'Otra vez' })).rejects.toMatchObject({
      code: 'own_release',
    });
    await settleAll(fintoc);
    expect((await withdrawalRow(id)).status).toBe('queued');
    expect(await releaseBreak(raul, { breakId, reason: 'Visto con Fintoc' })).toEqual({ released: true });
    await proveAccount(wallet.accountId);
    await settleAll(fintoc);
    expect((await withdrawalRow(id)).transferId).not.toBeNull();
    const trail = await db().auditEntry.findMany({ where: { subjectId: breakId }, orderBy: { id: 'asc' } });
    expect(trail.map(({ action, actorName, reason }) => [action, actorName, reason])).toEqual([
      ['proof.broken', 'proof', null],
      ['proof.release_asked', ines.name, 'Comisión de Fintoc'],
      ['proof.released', raul.name, 'Visto con Fintoc'],
    ]);
  });

  it('that was released stays released while its difference stays, and the account stays unproven', async () => {
    const { wallet, breakId } = await brokenWallet();
    for (const role of ['approver', 'admin'] as const)
      await releaseBreak(await someOperator(role), { breakId, reason: 'Comisión' });
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([{ state: 'released' }]);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ provenCount: 1n });
  });

  it('is found once, however many workers look', async () => {
    const { wallet } = await brokenWallet();
    await Promise.all([proveAccount(wallet.accountId), proveAccount(wallet.accountId)]);
    expect(await breaksOf(wallet.accountId)).toHaveLength(1);
    expect(await balanceOf(`fintoc/${wallet.accountId}/cash`)).toBe(100_000n);
  });

  it('about a movement of Fintoc alone is cured by an adjustment against the cash', async () => {
    const { wallet, breakId } = await brokenWallet();
    const { operating } = await houseWallets(db(), 'MXN');
    const { id } = await requestAdjustment(operator, {
      fromWalletId: operating.id,
      accountId: wallet.accountId,
      amount: 500n,
      reason: 'Comisión de Fintoc',
      breakId,
      requestId: randomUUID(),
    });
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([{ state: 'open' }]);
    await approveAdjustment(await someOperator('approver'), { adjustmentId: id });
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([{ state: 'cured' }]);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({
      provenCount: 2n,
      provenBalance: 99_500n,
      difference: 0n,
    });
    expect(await balanceOf(`fintoc/${wallet.accountId}/cash`)).toBe(99_500n);
  });

  it('about an amount is cured by an adjustment of the difference, and the movement has both entries', async () => {
    const wallet = await readyWallet({ pattern: 'B' });
    await arrive(fintoc, wallet, 70_000);
    // As if the deposit had been booked wrong on both sides.
    await tamper(`UPDATE ledger_entries SET amount = sign(amount) * 69_000 WHERE abs(amount) = 70_000`);
    await tamper(
      `UPDATE ledger_accounts SET balance = balance - 1_000 WHERE owner_id IN ($1, $2) AND bucket IN ('cash', 'available')`,
      [wallet.accountId, wallet.id],
    );
    await proveAccount(wallet.accountId);
    const [broken] = await breaksOf(wallet.accountId);
    expect(broken).toMatchObject({ kind: 'amount_differs', difference: 1_000n });
    const wrongAmounts = async () =>
      (await verify()).filter(({ subject }) => subject.startsWith(`transfer ${broken?.transferId}`));
    expect(await wrongAmounts()).toHaveLength(1);
    const { id } = await requestAdjustment(operator, {
      toWalletId: wallet.id,
      accountId: wallet.accountId,
      amount: 1_000n,
      reason: 'Se abonó de menos',
      breakId: broken?.id,
      requestId: randomUUID(),
    });
    await approveAdjustment(await someOperator('approver'), { adjustmentId: id });
    await proveAccount(wallet.accountId);
    expect(await breaksOf(wallet.accountId)).toMatchObject([{ state: 'cured' }]);
    expect((await moneyOf(wallet)).available).toBe(70_000n);
    expect(await proofStateOf(wallet.accountId)).toMatchObject({ provenCount: 1n, difference: 0n });
    expect(await wrongAmounts()).toEqual([]);
  });

  describe('about a wrong wallet', () => {
    async function misplaced(amount: number) {
      const [ana, beto] = [await readyWallet(), await readyWallet()];
      await arrive(fintoc, ana, amount);
      await arrive(fintoc, beto, 20_000);
      await tamper(`UPDATE ledger_entries SET wallet_id = $1 WHERE amount = ${-amount}`, [beto.id]);
      await proveAccount(ana.accountId);
      const broken = await db().proofBreak.findFirstOrThrow({
        where: { kind: 'wrong_wallet', ownerWalletId: ana.id },
      });
      const ask = (amount: bigint, facts: object = {}) =>
        requestAdjustment(operator, {
          fromWalletId: beto.id,
          toWalletId: ana.id,
          amount,
          reason: 'Era de Ana',
          breakId: broken.id,
          requestId: randomUUID(),
          ...facts,
        });
      const approve = async ({ id }: { id: string }) =>
        approveAdjustment(await someOperator('approver'), { adjustmentId: id });
      const stateNow = async () => {
        await proveAccount(ana.accountId);
        return (await db().proofBreak.findUniqueOrThrow({ where: { id: broken.id } })).state;
      };
      return { ana, beto, broken, ask, approve, stateNow };
    }

    it('is cured by adjustments from the one to the other, once they reach its amount and not before', async () => {
      const { ask, approve, stateNow } = await misplaced(1_357);
      await approve(await ask(1n));
      expect(await stateNow()).toBe('open');
      await approve(await ask(1_300n));
      expect(await stateNow()).toBe('open');
      const misplacedStill = async () =>
        (await verify()).filter(({ rule }) => rule === 'a deposit is in the wallet of its account number');
      expect(await misplacedStill()).toHaveLength(1);
      await approve(await ask(56n));
      expect(await stateNow()).toBe('cured');
      expect(await misplacedStill()).toEqual([]);
    });

    it('takes no adjustment of more than is lacking, also not by two people at once', async () => {
      const { ask, approve, stateNow } = await misplaced(2_468);
      await expect(ask(2_469n)).rejects.toMatchObject({ code: 'break_covered' });
      const asked = await Promise.allSettled([ask(2_468n), ask(2_468n)]);
      expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const [first] = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      if (first) await approve(first);
      expect(await stateNow()).toBe('cured');
      await expect(ask(1n)).rejects.toMatchObject({ code: 'break_ended' });
    });

    it('takes none that is between other wallets, against cash, or the other way round', async () => {
      const { ana, beto, ask } = await misplaced(3_579);
      const other = await readyWallet();
      const unfit = { code: 'break_unfit' };
      await expect(ask(10n, { toWalletId: other.id })).rejects.toMatchObject(unfit);
      await expect(ask(10n, { fromWalletId: ana.id, toWalletId: beto.id })).rejects.toMatchObject(unfit);
      await expect(ask(10n, { toWalletId: undefined, accountId: ana.accountId })).rejects.toMatchObject(
        unfit,
      );
    });

    it('leaves an adjustment that comes too late undone', async () => {
      const { ask, approve, stateNow, broken } = await misplaced(4_680);
      const late = await ask(680n);
      await approve(await ask(4_000n));
      await tamper(`UPDATE proof_breaks SET state = 'cured' WHERE id = $1`, [broken.id]);
      await expect(approve(late)).rejects.toMatchObject({ code: 'break_ended' });
      expect(await stateNow()).toBe('cured');
    });
  });

  it('that isn’t there, or is of another account, takes no adjustment', async () => {
    const { wallet, breakId } = await brokenWallet();
    const other = await provenWallet(fintoc);
    const { operating } = await houseWallets(db(), 'MXN');
    const ask = (accountId: string, ofBreak: string) =>
      requestAdjustment(operator, {
        fromWalletId: operating.id,
        accountId,
        amount: 500n,
        reason: 'Comisión de Fintoc',
        breakId: ofBreak,
        requestId: randomUUID(),
      });
    await expect(ask(wallet.accountId, 'brk_1')).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask(wallet.accountId, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask(other.accountId, breakId)).rejects.toMatchObject({ code: 'break_unfit' });
    expect(await ask(wallet.accountId, breakId)).toMatchObject({ breakId });
  });
});
