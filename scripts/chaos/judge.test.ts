import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { cash, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { createTransfer } from '~/lib/rails/fintoc/gateway';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someClabe, someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  proveAll,
  type ReadyWallet,
  readyWallet,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { openDatabase } from './database.ts';
import type { Finding, Lapse, Outcome } from './evidence.ts';
import { Fintoc } from './fintoc.ts';
import { judge } from './judge.ts';
import { judgeProofs } from './judge-proofs.ts';

withTestDatabase();
const fintoc = withLocalFintoc();

let database: ReturnType<typeof openDatabase>;
let operator: OperatorActor;
let shared: ReadyWallet;
let own: ReadyWallet;
const asked = new Map<string, Outcome>();
const lapses: Lapse[] = [];

beforeAll(async () => {
  database = openDatabase(process.env.DATABASE_URL ?? '');
  operator = await someOperator();
  [shared, own] = [await readyWallet(), await readyWallet({ pattern: 'B' })];
  for (const wallet of [shared, own]) await depositInto(fintoc, wallet, 500_000);
});
afterAll(() => database.close());

const verdict = () =>
  judge({
    fintoc: new Fintoc({ url: fintoc.url, key: 'sk_test_sandbox' }),
    ...{ query: database.query, asked, lapses },
  });

/** What the judge finds after this that it did not find before. */
async function foundBy(plant: () => Promise<unknown>): Promise<Finding[]> {
  const before = (await verdict()).map(({ what }) => what);
  await plant();
  return (await verdict()).filter(({ what }) => !before.includes(what));
}

const found = (kind: Finding['verdict'], ...words: string[]) =>
  expect.objectContaining({
    verdict: kind,
    what: expect.stringMatching(new RegExp(words.map((word) => `(?=.*${word})`).join(''))),
  });

async function paidOut(wallet: ReadyWallet, to = someClabe('012')) {
  const { id } = await withdraw(operator, wallet, { destination: to });
  await settleAll(fintoc);
  return withdrawalRow(id);
}

const newest = () => db().transfer.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });

describe('the judge', () => {
  it('finds nothing where all came through: deposits, payouts paid, refused and returned, and a deposit sent back', async () => {
    await paidOut(shared);
    await paidOut(own, '012969100000000013');
    await paidOut(own, '012969100000000042');
    await depositInto(fintoc, shared, 700);
    await fintoc.control('POST', `/transfers/${(await newest()).id}/return`);
    await settleAll(fintoc);
    expect(await db().withdrawal.count()).toBe(3);
    expect(await verdict()).toEqual([]);
    await proveAll();
    expect(await judgeProofs(database.query)).toEqual([]);
  });

  it('names a deposit that never arrived here, and where its money is missing', async () => {
    const findings = await foundBy(async () => {
      await fintoc.control('POST', '/delivery-rules', { drop: true });
      await depositInto(fintoc, shared, 900);
    });
    expect(findings).toEqual([
      found('lost', 'transfer tr_', 'moved 900', 'nothing here'),
      found('off', `account ${shared.accountId} holds`),
    ]);
    await fintoc.control('POST', `/events/${await lastEvent()}/redeliver`);
    await fintoc.deliveriesDone();
    await drain();
    expect(await verdict()).toEqual([]);
  });

  it('names a deposit that was refused at Fintoc and is nowhere here', async () => {
    const findings = await foundBy(async () => {
      await fintoc.api('PATCH', `/v2/account_numbers/${shared.accountNumberId}`, { status: 'disabled' });
      await fintoc.control('POST', '/delivery-rules', { drop: true });
      await depositInto(fintoc, shared, 901);
      await fintoc.api('PATCH', `/v2/account_numbers/${shared.accountNumberId}`, { status: 'enabled' });
    });
    expect(findings).toEqual([found('lost', 'transfer tr_', 'rejected, is not here')]);
  });

  it('names a deposit that was credited twice', async () => {
    await depositInto(fintoc, own, 1_100);
    const { id } = await newest();
    const findings = await foundBy(() => post(`again:${id}`, own, 1_100n, id));
    expect(findings).toContainEqual(found('doubled', `transfer ${id} moved 1100`, '1100 1100 here'));
    expect(findings).toContainEqual(found('off', `account ${own.accountId} holds`));
    expect(findings).toContainEqual(found('off', `wallet ${own.id} should have`));
  });

  it('names a transfer that stands otherwise at Fintoc', async () => {
    const findings = await foundBy(() =>
      db().transfer.updateMany({
        where: { direction: 'outbound', state: 'failed' },
        data: { state: 'pending' },
      }),
    );
    expect(findings).toEqual([found('off', 'transfer tr_.* is failed at Fintoc and pending here')]);
  });

  it('names money that went to somebody else’s wallet', async () => {
    const findings = await foundBy(() =>
      transaction((tx) =>
        postTransaction(tx, {
          cause: someCause('astray'),
          kind: 'adjustment',
          effectiveAt: new Date(),
          lines: [
            debit(walletAccount(own, 'available'), 10n),
            credit(walletAccount(shared, 'available'), 10n),
          ],
        }),
      ),
    );
    expect(findings).toHaveLength(2);
    for (const { id } of [own, shared])
      expect(findings).toContainEqual(found('off', `wallet ${id} should have`));
  });

  it('names money that stayed reserved', async () => {
    const findings = await foundBy(() => withdraw(operator, shared, { amount: 77n }));
    expect(findings).toContainEqual(found('off', '77 was left in wallet/', 'reserved'));
    expect(findings).toContainEqual(found('off', 'has not ended: queued'));
    await settleAll(fintoc);
  });
});

describe('of withdrawals the judge', () => {
  it('names one that was sent twice', async () => {
    // What leaves under its mark besides holds up that account.
    const { id } = await paidOut(own);
    const findings = await foundBy(() => sendAgain(id));
    expect(findings).toContainEqual(found('doubled', `withdrawal ${id} was sent 2 times`));
  });

  it('names one that was paid and given back, and one that was paid by nothing', async () => {
    const [both, none] = [await paidOut(shared), await paidOut(shared)];
    const findings = await foundBy(async () => {
      await db().withdrawal.update({ where: { id: both.id }, data: { status: 'cancelled' } });
      await fintoc.sql('UPDATE sandbox.transfers SET metadata = $2 WHERE id = $1', [none.transferId, '{}']);
      await db().withdrawal.update({ where: { id: none.id }, data: { transferId: null } });
    });
    expect(findings).toContainEqual(found('doubled', `withdrawal ${both.id} was paid by tr_`, 'given back'));
    expect(findings).toContainEqual(
      found('lost', `withdrawal ${none.id} is paid here, and nothing was sent`),
    );
  });

  it('names a request that was accepted and is gone, and one that was refused and is here', async () => {
    const { requestId } = await paidOut(own);
    const findings = await foundBy(async () => {
      asked.set('gone', { verdict: 'accepted', at: new Date() });
      asked.set(requestId, { verdict: 'refused', at: new Date() });
    });
    expect(findings).toEqual([
      found('lost', 'request gone', 'accepted and is not here'),
      found('off', `request ${requestId}`, 'refused and is here'),
    ]);
  });
});

describe('of the rest the judge', () => {
  it('names an account and an account number that were made twice', async () => {
    const { entity } = await fintoc.rootAccount();
    const findings = await foundBy(async () => {
      await fintoc.api('POST', '/v2/accounts', { entity_id: entity.id });
      const metadata = { wallet_id: shared.id };
      await fintoc.api('POST', '/v2/account_numbers', { account_id: shared.accountId, metadata });
    });
    expect(findings).toEqual([
      found('doubled', 'account number acno_', `made for wallet ${shared.id} beside its own`),
      found('doubled', 'account acc_', "is no wallet's"),
    ]);
  });

  it('names an event that was accepted and is gone, and one that was given up', async () => {
    const [gone, dead] = await db().inboxEvent.findMany({ take: 2, where: { state: 'processed' } });
    const findings = await foundBy(async () => {
      await tamper('DELETE FROM inbox_events WHERE id = $1', [gone?.id]);
      await db().inboxEvent.update({
        where: { id: dead?.id ?? '' },
        data: { state: 'dead', lastError: 'why' },
      });
    });
    expect(findings).toEqual([
      found('off', `event ${dead?.id}`, 'is dead: why'),
      found('lost', `event ${gone?.id} was accepted and is not here`),
    ]);
  });
});

describe('of the proof the judge', () => {
  it('names what is not proven, what diverges, and the promise that is broken', async () => {
    await proveAll();
    const before = (await judgeProofs(database.query)).map(({ what }) => what);
    const deposit = { account_number_id: shared.accountNumberId, amount: 1_300, settle: true };
    await fintoc.control('POST', '/inbound-transfers', deposit);
    await fintoc.deliveriesDone();
    await drain();
    const account = `fintoc/${shared.accountId}/cash`;
    const unproven = found('off', `account ${shared.accountId} is not proven`);
    expect(await judgeProofs(database.query)).toContainEqual(unproven);
    await tamper('UPDATE ledger_accounts SET balance = balance + 1 WHERE code = $1', [account]);
    const findings = (await judgeProofs(database.query)).filter(({ what }) => !before.includes(what));
    expect(findings).toContainEqual(found('off', 'a balance is the fold of its entries', account));
    expect(findings).toContainEqual(found('off', 'debits equal credits'));
  });
});

async function post(source: string, wallet: ReadyWallet, amount: bigint, transferId: string): Promise<void> {
  await transaction((tx) =>
    postTransaction(tx, {
      cause: someCause(source),
      kind: 'deposit',
      effectiveAt: new Date(),
      transferId,
      lines: [
        debit(cash(wallet.accountId, 'MXN'), amount),
        credit(walletAccount(wallet, 'available'), amount),
      ],
    }),
  );
}

async function lastEvent(): Promise<string> {
  const [event] = await fintoc.control('GET', '/events');
  return event.id;
}

/** A second payout under the same mark, as a defect of ours would send it. */
async function sendAgain(withdrawalId: string): Promise<void> {
  const { accountId, amount, destination } = await withdrawalRow(withdrawalId);
  await createTransfer(
    {
      ...{ account_id: accountId, amount: Number(amount), currency: 'MXN' },
      counterparty: { account_number: destination },
      metadata: { withdrawal_id: withdrawalId },
    },
    randomUUID(),
  );
  await settleAll(fintoc);
}
