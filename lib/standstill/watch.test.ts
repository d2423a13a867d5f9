import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { returnWaitsFor } from '~/lib/deposits/returns';
import { pollTransfers, syncFintoc, syncIfDue } from '~/lib/inbox/sync';
import { proveNow } from '~/lib/proof/resolve';
import { proveAccounts } from '~/lib/proof/run';
import { releaseStandstill } from '~/lib/standstill/release';
import { standstill } from '~/lib/standstill/standstill';
import { watchBooks } from '~/lib/standstill/watch';
import { someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  type ReadyWallet,
  readyWallet,
  returnByTwo,
  settleAll,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { withRestorableBooks } from '~/lib/testing/restores';
import { tamper } from '~/lib/testing/tampering';
import { alignAccountNumbers } from '~/lib/wallets/number-states';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { deleteQuarantined, keepNumberAfterAll } from '~/lib/wallets/quarantine';
import { closeWallet, freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { submitWithdrawals } from '~/lib/withdrawals/submission';

const { fintoc, backUp, restore, loseMarks, marksDir } = withRestorableBooks();

let wallet: ReadyWallet;
let people: { operator: OperatorActor; one: OperatorActor; another: OperatorActor };
/** Asked for and not sent when the books were backed up; and asked for after that. Both were paid. */
let queued: string;
let asked: string;
/** Of two CLABEs one was shut after the backup, and one was to be deleted and is kept since. */
let shut: string;
let kept: string;

beforeAll(async () => {
  people = {
    operator: await someOperator(),
    one: await someOperator('approver'),
    another: await someOperator('approver'),
  };
  await pollTransfers();
  wallet = await readyWallet();
  await depositInto(fintoc, wallet, 100_000);
  queued = (await withdraw(people.operator, wallet, { amount: 30_000n })).id;
  const [frozen, closed] = [await readyWallet(), await readyWallet()];
  [shut, kept] = [frozen.accountNumberId, closed.accountNumberId];
  await closeWallet(people.operator, { walletId: closed.id, reason: 'Checked', closedBy: 'customer' });
  await alignAccountNumbers();
  const quarantineEndsAt = new Date(Date.now() - 1_000);
  await db().accountNumber.update({ where: { id: kept }, data: { quarantineEndsAt } });
  await watchBooks();
  await backUp();
  await keepNumberAfterAll(people.operator, { accountNumberId: kept, reason: 'Checked' });
  await freezeWallet(people.operator, { walletId: frozen.id, reason: 'Checked' });
  await alignAccountNumbers();
  asked = (await withdraw(people.operator, wallet, { amount: 20_000n })).id;
  await settleAll(fintoc);
  await readyWallet();
  expect((await withdrawalRow(asked)).status).toBe('succeeded');
  await watchBooks();
  expect(await standstill(db())).toBeNull();
  keptMarks = marksNow();
});

/** What a machine remembers of the time after the backup. */
let keptMarks: Map<string, string>;
const marksNow = () =>
  new Map(
    fs.readdirSync(marksDir()).map((name) => [name, fs.readFileSync(path.join(marksDir(), name), 'utf8')]),
  );

beforeEach(async () => {
  await restore();
  for (const [name, text] of keptMarks) fs.writeFileSync(path.join(marksDir(), name), text);
});

async function catchUp(): Promise<void> {
  await syncIfDue();
  await pollTransfers();
  await proveNow(await someOperator(), {});
  while ((await proveAccounts()) > 0);
}

/** How the CLABEs stand at Fintoc, once workers have done to them what the books ask for. */
async function alignedNumbers(): Promise<string[]> {
  await alignAccountNumbers();
  await deleteQuarantined();
  const numbers = [shut, kept].map((id) => fintoc.api('GET', `/v2/account_numbers/${id}`));
  return (await Promise.all(numbers)).map(({ status }) => status);
}

const opened = () => db().standstill.findFirstOrThrow({ orderBy: { foundAt: 'desc' } });

describe('books that a backup took back', () => {
  it('are older than what is remembered beside them: everything stands still, once, and the memory stays', async () => {
    await Promise.all([watchBooks(), watchBooks(), watchBooks()]);
    expect(await db().standstill.count()).toBe(1);
    expect(await opened()).toMatchObject({
      kind: 'books_older',
      state: 'open',
      facts: {
        signs: { lacks: expect.arrayContaining([expect.objectContaining({ what: 'transactions' })]) },
      },
    });
    await watchBooks();
    for (const [name, text] of keptMarks) expect(marksNow().get(name)).toBe(text);
    expect(await standstill(db())).toEqual({ id: (await opened()).id, kind: 'books_older' });
  });

  it('are noticed when they have gone on since, to more than is remembered', async () => {
    const [mark] = [...keptMarks.values()].map((text) => JSON.parse(text));
    await tamper(`SELECT setval(pg_get_serial_sequence('ledger_transactions', 'id'), $1::bigint)`, [
      mark.transaction,
    ]);
    await depositInto(fintoc, wallet, 1_000);
    const { _max: reached } = await db().ledgerTransaction.aggregate({ _max: { id: true } });
    expect(Number(reached.id)).toBeGreaterThan(Number(mark.transaction));
    await watchBooks();
    expect((await opened()).facts).toMatchObject({
      signs: { lacks: expect.arrayContaining([expect.objectContaining({ what: 'transactions' })]) },
    });
  });

  it('pay nothing out as long as they stand still, and say why', async () => {
    await watchBooks();
    while ((await submitWithdrawals()) > 0);
    expect(await withdrawalRow(queued)).toMatchObject({ status: 'queued', heldReason: 'books_older' });
  });

  it('send no deposit back, either', async () => {
    await watchBooks();
    const { id } = await db().transfer.findFirstOrThrow({ where: { walletId: wallet.id } });
    await returnByTwo(people.operator, { transferId: id, acceptsLoss: 30_000n });
    const asked = await db().transfer.findUniqueOrThrow({ where: { id } });
    expect(asked).toMatchObject({ state: 'succeeded', returnRequestedAt: expect.any(Date) });
    expect(await returnWaitsFor(asked)).toBe('books_older');
    expect(await fintoc.api('GET', `/v2/transfers/${id}`)).toMatchObject({ status: 'succeeded' });
  });

  it('pay nothing out that was asked for since, either, before anybody has looked at them', async () => {
    // As books of yesterday say under a server of today, with workers that never stopped.
    const books = await db().setting.findUniqueOrThrow({ where: { key: 'books' } });
    const server = '2026-01-01 00:00:00+00';
    await db().setting.update({
      where: { key: 'books' },
      data: { value: { ...(books.value as object), server } },
    });
    const { id } = await withdraw(people.operator, wallet, { amount: 1_000n });
    while ((await submitWithdrawals()) > 0);
    for (const each of [id, queued])
      expect(await withdrawalRow(each)).toMatchObject({
        status: 'queued',
        submitAttempts: 0,
        heldReason: null,
      });
    expect(await fintoc.payouts()).toHaveLength(2);
    await watchBooks();
    while ((await submitWithdrawals()) > 0);
    for (const each of [id, queued])
      expect(await withdrawalRow(each)).toMatchObject({ status: 'queued', heldReason: 'books_older' });
  });

  it('open nothing at Fintoc as long as they stand still', async () => {
    await watchBooks();
    await expect(readyWallet()).rejects.toThrow('Not open');
    expect(await advanceOpenings()).toBe(0);
  });

  it('open no CLABE there that was shut since, and delete none that was kept, until people let them', async () => {
    await watchBooks();
    await catchUp();
    expect(await alignedNumbers()).toEqual(['disabled', 'disabled']);
    const { id: standstillId } = await opened();
    for (const actor of [people.one, people.another])
      await releaseStandstill(actor, { standstillId, reason: 'Compared with Fintoc.' });
    // That its wallet was frozen since is remembered, and it is again, until somebody lifts that.
    expect(await alignedNumbers()).toEqual(['disabled', 'deleted']);
    const { walletId } = await db().walletAsset.findFirstOrThrow({ where: { accountNumberId: shut } });
    await unfreezeWallet(people.operator, { walletId, reason: 'Compared with Fintoc.' });
    expect(await alignedNumbers()).toEqual(['enabled', 'deleted']);
  });

  it('are noticed where the memory was lost, too, by what Fintoc paid that they must have sent', async () => {
    loseMarks();
    await watchBooks();
    expect(await standstill(db())).toBeNull();
    loseMarks();
    await syncFintoc(system('setup'));
    await pollTransfers();
    await watchBooks();
    const payouts = await fintoc.payouts();
    expect(payouts).toHaveLength(2);
    const { facts } = await opened();
    const { signs } = facts as { signs: { transfers: string[]; lacks: object[] } };
    expect([...signs.transfers].sort()).toEqual(payouts.map(({ id }) => id).sort());
    expect(signs.lacks).toEqual([]);
  });

  it('are noticed by the server’s timeline alone, when nothing else remembers', async () => {
    loseMarks();
    await watchBooks();
    loseMarks();
    const books = await db().setting.findUniqueOrThrow({ where: { key: 'books' } });
    await db().setting.update({
      where: { key: 'books' },
      data: { value: { ...(books.value as object), timeline: 0 } },
    });
    await watchBooks();
    expect((await opened()).facts).toMatchObject({ signs: { timeline: { known: 0, now: 1 } } });
  });
});

describe('letting payouts go on after a restore', () => {
  const release = (actor: OperatorActor, reason = 'Compared with Fintoc.') =>
    opened().then(({ id }) => releaseStandstill(actor, { standstillId: id, reason }));

  it('takes two different people, once the books have read what happened since', async () => {
    await watchBooks();
    const { one, another, operator } = people;
    await expect(release(one)).rejects.toMatchObject({ code: 'standstill_not_ready' });
    await catchUp();
    await expect(release(operator)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(release(one, ' ')).rejects.toMatchObject({ code: 'invalid' });
    expect(await release(one)).toEqual({ released: false });
    await expect(release(one)).rejects.toMatchObject({ code: 'own_release' });
    expect(await standstill(db())).not.toBeNull();
    expect(await release(another)).toEqual({ released: true });
    // Said again by who said it, because the answer was lost, it stands; anybody else is told who it was.
    expect(await release(another)).toEqual({ released: true });
    await expect(release(one)).rejects.toMatchObject({
      code: 'already_decided',
      details: { by: another.name, act: 'standstill.released' },
    });
    expect(await standstill(db())).toBeNull();
    expect(
      (await db().auditEntry.findMany({ where: { subjectType: 'standstill' }, orderBy: { id: 'asc' } })).map(
        ({ action, actorName }) => [action, actorName],
      ),
    ).toEqual([
      ['standstill.opened', 'standstill'],
      ['standstill.release_asked', one.name],
      ['standstill.released', another.name],
    ]);
  });

  it('is not undone by the old memory, pays nobody again, and the memory begins anew', async () => {
    await watchBooks();
    await catchUp();
    await release(people.one);
    await release(people.another);
    await watchBooks();
    expect(await standstill(db())).toBeNull();
    await settleAll(fintoc);
    expect(await fintoc.payouts()).toHaveLength(2);
    expect((await withdrawalRow(queued)).status).toBe('succeeded');
    await watchBooks();
    expect(marksNow()).not.toEqual(keptMarks);
    await restore();
    await watchBooks();
    expect(await standstill(db())).not.toBeNull();
  });

  it('waits for what happened before, and not for what is on its way since', async () => {
    await watchBooks();
    await catchUp();
    const { foundAt } = await opened();
    const { accountId } = wallet;
    const lagging = (laggingSince: Date) =>
      db().proofState.update({ where: { accountId }, data: { laggingCount: 1, laggingSince } });
    await lagging(new Date(foundAt.getTime() - 1));
    await expect(release(people.one)).rejects.toMatchObject({ code: 'standstill_not_ready' });
    await lagging(new Date(foundAt.getTime() + 1));
    expect(await release(people.one)).toEqual({ released: false });
  });

  it('is refused by the database to one person, and to nobody', async () => {
    await watchBooks();
    const { id } = await opened();
    const end = () =>
      db().standstill.update({ where: { id }, data: { state: 'released', releasedAt: new Date() } });
    await expect(end()).rejects.toThrow('two people');
    await catchUp();
    await release(people.one);
    await expect(end()).rejects.toThrow('two people');
  });
});
