import { z } from 'zod';
import { system } from '~/lib/actor';
import { recordAudit, toJson } from '~/lib/audit/audit';
import type { Tx } from '~/lib/db';
import { lockRow } from '~/lib/lock';
import type { EventType } from '~/lib/outbox/catalogue';
import { emit } from '~/lib/outbox/emit';
import { railAndId } from '~/lib/rails/ids';
import type { RailAccount, RailNumber } from '~/lib/rails/rail-says';
import { railActor } from '~/lib/rails/registry';
import { GIVEN_UP } from '~/lib/wallets/asset-wallets';
import { keptAccount, keptNumber } from '~/lib/wallets/erased';
import { Prisma } from '~/prisma/generated/client';

/** Mirrors an account as its rail shows it. Its entity must be known. */
export async function saveAccount(tx: Tx, told: RailAccount): Promise<void> {
  const account = await keptAccount(tx, told);
  const facts = {
    entityId: account.entityId,
    description: account.description,
    asset: account.asset,
    availableBalance: account.balance,
    isRoot: account.isRoot,
    rootAccountNumber: account.rootNumber,
    status: account.status,
    mode: account.mode,
    raw: toJson(account.raw) as Prisma.InputJsonValue,
    syncedAt: new Date(),
  };
  const before = await tx.account.findUnique({ where: { id: account.id }, select: { status: true } });
  await tx.account.upsert({
    where: { id: account.id },
    create: { id: account.id, rail: railAndId(account.id).rail, ...facts },
    update: facts,
  });
  const type = ACCOUNT_CHANGED[account.status];
  if (!before || before.status === account.status || !type) return;
  const after = { status: account.status, entityId: account.entityId };
  await emit(tx, railActor(account.id), [{ type, subject: 'account', id: account.id, before, after }]);
}

/** What is told of an account that stands otherwise at its rail than it did. The gate holds what would leave it. */
const ACCOUNT_CHANGED: Partial<Record<string, EventType>> = {
  active: 'account.activated',
  blocked: 'account.blocked',
  closed: 'account.closed',
};

/** Taken away for good: its CLABE may be another's by now. */
export const DELETED = 'deleted';

/**
 * Mirrors an account number as Fintoc shows it. Its account must be known. A CLABE that Fintoc deleted and gave out
 * again under another id is the new id's from here on; the old one keeps its history and its wallet.
 */
export async function saveAccountNumber(tx: Tx, number: RailNumber): Promise<void> {
  const before = await tx.accountNumber.findUnique({ where: { id: number.id }, select: { status: true } });
  const status = await keepNumber(tx, number);
  // Enabled by whomever: who disables it next says for themselves that they did.
  if (before?.status === 'disabled' && status === 'enabled')
    await tx.accountNumber.update({ where: { id: number.id }, data: { disabledHereAt: null } });
  const type = before ? CHANGED[status] : 'account_number.opened';
  if (!type || before?.status === status) return;
  const told = { type, subject: 'account_number', id: number.id, before } as const;
  await emit(tx, railActor(number.id), [{ ...told, after: { status, accountId: number.accountId } }]);
}

/** What is told of an account number that stands otherwise at its rail than it did. */
const CHANGED: Partial<Record<string, EventType>> = {
  enabled: 'account_number.enabled',
  disabled: 'account_number.disabled',
  blocked: 'account_number.blocked',
  deleted: 'account_number.deleted',
};

/** Answers the status that it stands with here. */
export async function keepNumber(tx: Tx, told: RailNumber): Promise<string> {
  const number = await keptNumber(tx, told);
  const facts = {
    accountId: number.accountId,
    number: number.number,
    description: number.description,
    status: await takeOver(tx, number),
    isRoot: number.isRoot,
    mode: number.mode,
    metadata: toJson(number.metadata) as Prisma.InputJsonValue,
    lastTransferAt: number.lastTransferAt,
    raw: toJson(number.raw) as Prisma.InputJsonValue,
    syncedAt: new Date(),
  };
  await tx.accountNumber.upsert({
    where: { id: number.id },
    create: {
      ...{ id: number.id, rail: railAndId(number.id).rail, ...facts },
      ...(number.createdAt && { createdAt: number.createdAt }),
    },
    update: facts,
  });
  await giveToCancelled(tx, number);
  return facts.status;
}

/**
 * Answers the status that the number stands with here. Of two ids with one CLABE the younger has it, in whatever order
 * they come: a list of Fintoc's may have been read before the other was made.
 */
async function takeOver(tx: Tx, { id, number, status, createdAt }: RailNumber): Promise<string> {
  if (status === DELETED) return DELETED;
  const holder = await tx.accountNumber.findFirst({
    where: { number, rail: railAndId(id).rail, id: { not: id }, status: { not: DELETED } },
    select: { id: true, status: true, createdAt: true },
  });
  if (!holder) return status;
  const known = createdAt ? null : await tx.accountNumber.findUnique({ where: { id } });
  const madeAt = createdAt ?? known?.createdAt ?? new Date();
  const age = madeAt.getTime() - holder.createdAt.getTime();
  if (age < 0 || (age === 0 && id < holder.id)) return DELETED;
  await tx.accountNumber.update({ where: { id: holder.id }, data: { status: DELETED } });
  await recordAudit(tx, system('sync'), {
    action: 'account_number.given_again',
    subject: 'account_number',
    id: holder.id,
    before: { status: holder.status },
    after: { status: DELETED, givenTo: id },
  });
  return status;
}

/** As a column: whether a wallet's account number of a rail has this CLABE now. */
export function isNumberOf(rail: string, number: string, walletId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM account_numbers n JOIN wallet_assets x ON x.account_number_id = n.id
    WHERE n.rail = ${rail} AND n.number = ${number} AND n.status <> ${DELETED} AND x.wallet_id = ${walletId}::uuid)`;
}

/** One made for an opening that was cancelled before the answer came is that closed wallet's by its mark: so it is disabled. */
async function giveToCancelled(tx: Tx, { id, accountId, marks }: RailNumber): Promise<void> {
  const walletId = z.uuid().safeParse(marks.walletId).data;
  if (!walletId) return;
  const account = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { asset: true } });
  const cancelled = {
    walletId,
    asset: account.asset,
    ...GIVEN_UP,
    accountNumberId: null,
  };
  if ((await tx.walletAsset.count({ where: cancelled })) === 0) return;
  if ((await tx.walletAsset.count({ where: { accountNumberId: id } })) > 0) return;
  await lockRow(tx, 'wallets', walletId);
  await tx.walletAsset.updateMany({ where: cancelled, data: { accountId, accountNumberId: id } });
}
