import { db } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { checkLedger } from '~/lib/proof/ledger-check';
import { proveAccount } from '~/lib/proof/run';
import { submitWithdrawals } from '~/lib/withdrawals/submission';
import { approveWithdrawal, declineWithdrawal, requestWithdrawal } from '~/lib/withdrawals/withdrawals';
import { type Company, type Purse, requestId } from '~/prisma/company/company';
import type { Payer } from '~/prisma/company/people';
import type { Dice } from '~/scripts/chaos/dice';

export type Arrival = {
  purse: Purse;
  amount: number;
  comment: string | null;
  payer: Payer;
  lateMinutes?: number;
};

const SALES = [
  'Venta en línea',
  'Pago de factura',
  'Pedido',
  'Liquidación semanal',
  'Anticipo',
  'Pago cliente',
  'Abono',
];
const GIFTS = [
  'Renta',
  'Préstamo',
  'Cena del viernes',
  'Regalo',
  'Vaquita',
  'Ahorro',
  'Transferencia',
  'Para el súper',
];
const SPENT = [
  'Renta',
  'Proveedor',
  'Colegiatura',
  'Retiro',
  'Nómina',
  'Pago de tarjeta',
  'Luz y agua',
  'Mercancía',
];
const REFUSALS = [
  'No coincide el titular de la cuenta',
  'Falta el contrato firmado',
  'Monto fuera de su perfil',
];
/** What is new since the payouts before, and little of what is old: each look would take as long as the story is. */
const CHECKED_ROWS = 500;
/** A deposit that is told later than the others: nobody knows why, banks are like that. */
const LATE = 0.006;

/** What somebody is paid on an ordinary day. */
export function someArrival(dice: Dice, purse: Purse): Arrival {
  const isBusiness = purse.kind === 'business';
  const payer = dice.chance(0.5) ? (purse.payers[0] ?? dice.pick(purse.payers)) : dice.pick(purse.payers);
  const pesos = isBusiness ? skewed(dice, 250, 38_000) : skewed(dice, 80, 6_500);
  const cents = isBusiness && dice.chance(0.6) ? dice.int(1, 99) : 0;
  const comment = dice.chance(0.85) ? dice.pick(isBusiness ? SALES : GIFTS) : null;
  const invoice = isBusiness && comment === 'Pago de factura' ? ` ${dice.int(1_000, 9_999)}` : '';
  return {
    ...{ purse, payer, amount: pesos * 100 + cents, comment: comment && comment + invoice },
    ...(dice.chance(LATE) && { lateMinutes: dice.int(4, 55) }),
  };
}

export function someWage(dice: Dice, purse: Purse, half: number): Arrival {
  const [employer] = purse.payers;
  if (!employer) throw new Error('Everybody is paid by somebody.');
  const amount = dice.int(5_200, 21_000) * 100 + dice.int(0, 99);
  return { purse, payer: employer, amount, comment: `Nómina quincena ${half}` };
}

/** Small amounts are many, large ones few. */
function skewed(dice: Dice, from: number, to: number): number {
  const share = (dice.int(0, 1_000) / 1_000) ** 3;
  const pesos = Math.round(from + share * (to - from));
  return pesos > 1_000 ? Math.round(pesos / 50) * 50 : Math.round(pesos / 10) * 10;
}

/** All of these arrive within this minute. */
export async function deposit({ world, dice, said }: Company, arrivals: Arrival[]): Promise<void> {
  if (arrivals.length === 0) return;
  const transfers = arrivals.map(({ purse, payer, amount, comment, lateMinutes }) => ({
    ...{ account_number_id: purse.numberId, amount, comment },
    counterparty: {
      ...{ account_number: payer.clabe, holder_id: payer.taxId, holder_name: payer.name },
      ...(payer.institution && { institution: payer.institution, account_type: 'checking_account' }),
    },
    transaction_date: new Date(
      Date.now() - (lateMinutes ?? 0) * 60_000 - dice.int(2, 48) * 1_000,
    ).toISOString(),
  }));
  transfers.sort((one, other) => one.transaction_date.localeCompare(other.transaction_date));
  await world.takeIn(arrivals.length, () =>
    world.fintoc('POST', '/inbound-transfers/batch', { transfers, settle: true }),
  );
  for (const { purse, amount } of arrivals) purse.balance += amount;
  said.deposits += arrivals.length;
}

export type Payout = { purse: Purse; amount: number; payee: Payer; comment: string };

export function somePayout(dice: Dice, purse: Purse): Payout | null {
  const isBusiness = purse.kind === 'business';
  const most = isBusiness ? purse.balance * 0.8 : Math.min(purse.balance * 0.9, 900_000);
  const least = isBusiness ? 50_000 : 15_000;
  if (most < least) return null;
  const amount = Math.floor((least + (most - least) * (dice.int(200, 1_000) / 1_000)) / 5_000) * 5_000;
  const payee = dice.chance(0.6) ? (purse.payees[0] ?? dice.pick(purse.payees)) : dice.pick(purse.payees);
  return amount > 0 ? { purse, amount, payee, comment: dice.pick(SPENT) } : null;
}

/** Proves the accounts, asks for these payouts, has them decided on and sends them. Answers their ids. */
export async function payOut(company: Company, payouts: Payout[]): Promise<string[]> {
  const { world, said } = company;
  if (payouts.length === 0) return [];
  await prove(payouts.map(({ purse }) => purse));
  const asked: string[] = [];
  for (const payout of payouts) {
    const withdrawal = await requested(company, payout);
    if (!withdrawal) continue;
    payout.purse.balance -= payout.amount;
    asked.push(withdrawal.id);
  }
  await decide(company);
  while ((await submitWithdrawals()) > 0);
  await world.settle();
  said.withdrawals += asked.length;
  return asked;
}

/**
 * Proves the root account and those of these purses: nothing is sent from one that was not proven minutes ago, or while
 * what is owed isn't known to be covered.
 */
export async function prove(purses: readonly Purse[] = []): Promise<void> {
  const root = await db().account.findFirstOrThrow({ where: { isRoot: true, asset: 'MXN' } });
  const accountIds = new Set([root.id, ...purses.map(({ accountId }) => accountId)]);
  for (const accountId of accountIds) await proveAccount(accountId);
  while ((await checkLedger({ rows: CHECKED_ROWS })) > 0);
}

async function requested({ staff }: Company, { purse, amount, payee, comment }: Payout) {
  try {
    return await requestWithdrawal(staff.operator, {
      ...{ walletId: purse.walletId, asset: purse.asset, amount: BigInt(amount), destination: payee.clabe },
      ...{ beneficiaryName: payee.name, comment, requestId: requestId('withdrawal') },
    });
  } catch (error) {
    // Over a limit, the same as a moment ago, or frozen: then it isn't paid.
    if (error instanceof DomainError) return null;
    throw error;
  }
}

async function decide({ dice, staff }: Company): Promise<void> {
  const waiting = await db().withdrawal.findMany({
    where: { status: 'awaiting_approval', batchId: null },
    orderBy: [{ createdAt: 'asc' }, { requestId: 'asc' }],
    select: { id: true },
  });
  for (const { id: withdrawalId } of waiting) {
    if (dice.chance(0.06))
      await declineWithdrawal(staff.approver, { withdrawalId, reason: dice.pick(REFUSALS) });
    else if (dice.chance(0.9)) await approveWithdrawal(staff.approver, { withdrawalId });
  }
}
