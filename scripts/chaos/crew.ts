/** Who acts in a run, and the wallets that they open: by the product's own verbs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type OperatorActor, system } from '~/lib/actor';
import { changePayoutConditions } from '~/lib/approvals/versions';
import { db } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { syncFintoc } from '~/lib/inbox/sync';
import { createOperator } from '~/lib/people/access';
import { createCustomer } from '~/lib/people/customers';
import { releaseStandstill } from '~/lib/standstill/release';
import { resumePayouts } from '~/lib/stops/stops';
import { createTerms } from '~/lib/terms/terms';
import { openWallet } from '~/lib/wallets/opening';
import { retryOpening } from '~/lib/wallets/wallets';
import type { Dice } from './dice.ts';
import type { Fintoc } from './fintoc.ts';

/**
 * What one person asks for in a day counts together for approval: several ask. Two decide beside each other, and what
 * takes two people's word takes theirs.
 */
export type Crew = {
  operator: OperatorActor;
  operators: OperatorActor[];
  approver: OperatorActor;
  witness: OperatorActor;
};
export type Purse = {
  id: string;
  pattern: string;
  accountId: string;
  numberId: string;
  number: string;
  takesFees: boolean;
};

/** From this amount on, in centavos, a withdrawal needs a second person. */
export const APPROVAL_AMOUNT = 400_000;
const FEES = { depositFeeAmount: 300n, withdrawalFeeAmount: 500n };
const OPENING_MS = 120_000;
/** Nothing stays dead for this long, a restore of a long run included: what still fails then is a defect. */
const PATIENCE_MS = 600_000;

/** Asks again until the outcome is known: a refusal is one, a broken connection is none. */
export async function insist<Result>(work: () => Promise<Result>): Promise<Result | DomainError> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'fintoc_unavailable') return error;
      if (Date.now() > deadline) throw error;
      await sleep(300);
    }
  }
}

/** What is there; nothing where that can't be told. */
export async function found<Row>(read: () => Promise<Row[]>): Promise<Row[]> {
  const rows = await insist(read);
  return rows instanceof DomainError ? [] : rows;
}

/** Whether two people have to let the books go on. */
export async function standsStill(): Promise<boolean> {
  const open = await found(() => db().standstill.findMany({ where: { state: 'open' }, take: 1 }));
  return open.length > 0;
}

const reason = 'Caos';

/** Once the books have caught up with the world, two people let payouts go on. */
export async function letBooksGoOn({ approver, witness }: Crew): Promise<void> {
  const open = await found(() => db().standstill.findMany({ where: { state: 'open' } }));
  for (const { id: standstillId } of open)
    for (const person of [approver, witness])
      await insist(() => releaseStandstill(person, { standstillId, reason }));
}

/** A storm sends back and fails so much that payouts stop by themselves: two people let them go on. */
export async function letPayoutsGoOn({ approver, witness }: Crew): Promise<void> {
  const standing = await found(() => db().payoutStop.findMany({ where: { resumedAt: null } }));
  for (const { id: stopId } of standing)
    for (const person of [approver, witness]) await insist(() => resumePayouts(person, { stopId, reason }));
}

export async function must<Result>(work: () => Promise<Result>): Promise<Result> {
  const outcome = await insist(work);
  if (outcome instanceof DomainError) throw outcome;
  return outcome;
}

export async function hire(operators: number): Promise<Crew> {
  const value = { MXN: String(APPROVAL_AMOUNT), CLP: null };
  await must(() => changePayoutConditions(system('setup'), { amount: value, firstPayment: value }));
  const [operator, ...others] = await Promise.all(
    Array.from({ length: operators }, (_, nth) => person(`operator-${nth + 1}`, 'operator')),
  );
  if (!operator) throw new Error('Somebody has to ask.');
  const [approver, witness] = [await person('approver', 'approver'), await person('witness', 'approver')];
  return { operator, operators: [operator, ...others], approver, witness };
}

async function person(name: string, role: 'operator' | 'approver'): Promise<OperatorActor> {
  const password = crypto.randomUUID();
  const email = `${name}@chaos.test`;
  const { id } = await must(() => createOperator(system('setup'), { email, name, role, password }));
  return { kind: 'operator', id, name, role };
}

/** Opens so many wallets of each pattern, some of them under terms with fees, and waits until all are open. */
export async function openPurses(
  fintoc: Fintoc,
  { operator }: Crew,
  dice: Dice,
  counts: Record<'A' | 'B' | 'C', number>,
): Promise<Purse[]> {
  const terms = await must(() =>
    createTerms(system('setup'), {
      ...{ name: 'with fees', asset: 'MXN', depositsEnabled: true, withdrawalsEnabled: true },
      ...{ withdrawalMaxAmount: null, withdrawalDayAmount: null, refundFeeOnReturn: true, ...FEES },
    }),
  );
  const patterns = dice.shuffled(
    Object.entries(counts).flatMap(([pattern, count]) => Array(count).fill(pattern)),
  );
  for (const [nth, pattern] of patterns.entries()) {
    const takesFees = dice.chance(0.3);
    const customer = await must(() => createCustomer(operator, someCustomer(nth)));
    await must(() =>
      openWallet(operator, {
        ...{ customerId: customer.id, pattern, name: `Monedero ${nth}`, asset: 'MXN' },
        ...{ termsId: takesFees ? terms.id : undefined, requestId: `chaos-wallet-${nth}` },
      }),
    );
  }
  await untilOpen(fintoc, patterns.length);
  const wallets = await must(() =>
    db().walletAsset.findMany({ where: { wallet: { kind: 'customer' } }, include: { accountNumber: true } }),
  );
  return wallets.map(({ walletId: id, pattern, accountId, accountNumber, termsId }) => ({
    ...{ id, pattern: pattern ?? '', accountId: accountId ?? '' },
    ...{ numberId: accountNumber?.id ?? '', number: accountNumber?.number ?? '' },
    takesFees: termsId === terms.id,
  }));
}

function someCustomer(nth: number) {
  const day = String(1 + (nth % 28)).padStart(2, '0');
  const month = String(1 + (Math.floor(nth / 28) % 12)).padStart(2, '0');
  return {
    ...{ kind: 'business' as const, name: `Cliente ${nth} SA de CV`, country: 'mx' as const },
    ...{
      taxId: `CLI${String(10 + Math.floor(nth / 336))}${month}${day}AB1`,
      requestId: `chaos-customer-${nth}`,
    },
  };
}

async function untilOpen(fintoc: Fintoc, count: number): Promise<void> {
  const deadline = Date.now() + OPENING_MS;
  for (;;) {
    const open = await must(() => db().wallet.count({ where: { kind: 'customer', status: 'open' } }));
    if (open === count) return;
    if (Date.now() > deadline) throw new Error(`${count - open} of ${count} wallets do not open.`);
    await approveEntities(fintoc);
    await sleep(500);
  }
}

/** The review of a pattern C client's entity, which takes Fintoc a day. */
async function approveEntities(fintoc: Fintoc): Promise<void> {
  const waiting = await must(() =>
    db().walletAsset.findMany({
      where: { state: 'opening', openingStep: 'kyb' },
      select: { walletId: true, asset: true, entityId: true },
    }),
  );
  if (waiting.length === 0) return;
  for (const { entityId } of waiting)
    await fintoc.control('POST', `/entities/${entityId}/status`, { status: 'operational' });
  await must(() => syncFintoc(system('setup')));
  for (const { walletId, asset } of waiting)
    await must(() => retryOpening(system('setup'), { walletId, asset }));
}
