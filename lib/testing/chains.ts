import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { env } from '~/lib/env';
import { readHeads, sealChain } from '~/lib/proof/chain';
import { verifyChain } from '~/lib/proof/chain-verify';
import type { Fault } from '~/lib/proof/ranges';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { eventually } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { approveWithdrawal, cancelWithdrawal, declineWithdrawal } from '~/lib/withdrawals/withdrawals';

const OVER_THRESHOLD = 5_000_000n;

/** A wallet whose money is asked for, and a head file of its own for each test. After withTestDatabase(). */
export function withChain() {
  const actors = {} as { operator: OperatorActor; approver: OperatorActor; wallet: OpenWallet };
  let directory = '';
  beforeAll(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'chain-'));
    actors.operator = await someOperator();
    actors.approver = await someOperator('approver');
    actors.wallet = await someWallet();
    await fundWallet(actors.wallet, 1_000_000_000n);
  });
  beforeEach(() => {
    env().CHAIN_HEAD_FILE = path.join(directory, randomUUID(), 'head.log');
  });
  afterAll(() => fs.rmSync(directory, { recursive: true }));

  const approved = async () => {
    const withdrawal = await withdraw(actors.operator, actors.wallet, { amount: OVER_THRESHOLD });
    return approveWithdrawal(actors.approver, { withdrawalId: withdrawal.id });
  };
  /** One withdrawal approved, one declined and one called off; sealed. Answers the first. */
  const sealedDoings = async () => {
    const withdrawal = await approved();
    const declined = await withdraw(actors.operator, actors.wallet, { amount: OVER_THRESHOLD });
    await declineWithdrawal(actors.approver, { withdrawalId: declined.id, reason: 'no' });
    const cancelled = await withdraw(actors.operator, actors.wallet, { amount: 100n });
    await cancelWithdrawal(actors.operator, { withdrawalId: cancelled.id, reason: 'no' });
    await sealAll();
    return withdrawal;
  };
  return { actors, approved, sealedDoings };
}

export const sealSome = () => sealChain({ rows: 3, patienceSeconds: 0 });

/** Until nothing is left that is not sealed: while a transaction of a neighbour in the same cluster runs, something is. */
export async function sealAll(): Promise<void> {
  await eventually(async () => {
    await sealSome();
    const [row] = await tamper<{ is_done: boolean }>(`
      SELECT bool_and(through >= CASE kind
        WHEN 'ledger_transactions' THEN (SELECT max(id) FROM ledger_transactions)
        WHEN 'audit_entries' THEN (SELECT max(id) FROM audit_entries)
        ELSE (SELECT coalesce(max(id), 0) FROM chain_decisions) END) AS is_done FROM chain_states`);
    return row?.is_done === true;
  });
}

export const lastSeal = () => db().chainSeal.findFirstOrThrow({ orderBy: { number: 'desc' } });

export const verify = () =>
  verifyChain((query) => db().$queryRaw<unknown[]>(query), readHeads(env().CHAIN_HEAD_FILE), {
    sealsAtOnce: 2,
  });

/** Edits as a superuser, looks, and takes the edit back. */
export async function whileWrong(wrong: string, right: string): Promise<Fault[]> {
  await tamper(wrong);
  try {
    return await verify();
  } finally {
    await tamper(right);
  }
}
