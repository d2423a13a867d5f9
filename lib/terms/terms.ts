import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { type AssetCode, isAsset, readAmount } from '~/lib/money';
import { byName } from '~/lib/names';
import { once } from '~/lib/once';
import { lineOf } from '~/lib/text';

export const DEFAULT_TERMS = 'walletDefault';

export type TermsFacts = {
  depositsEnabled: boolean;
  withdrawalsEnabled: boolean;
  withdrawalMaxAmount: bigint | null;
  withdrawalDayAmount: bigint | null;
  depositFeeAmount: bigint;
  withdrawalFeeAmount: bigint;
  refundFeeOnReturn: boolean;
};

/** Terms as an admin types them: amounts in pesos, an empty limit is none, an empty fee is none. */
export type TypedTerms = {
  depositsEnabled: boolean;
  withdrawalsEnabled: boolean;
  refundFeeOnReturn: boolean;
  withdrawalMaxAmount?: string | undefined;
  withdrawalDayAmount?: string | undefined;
  depositFeeAmount?: string | undefined;
  withdrawalFeeAmount?: string | undefined;
};

/** Reads typed amounts in the asset's decimals. Throws `invalid` with the fields that aren't amounts. */
export function readTerms(asset: string, typed: TypedTerms): TermsFacts {
  if (!isAsset(asset)) throw new InvalidInputError({ asset: 'unknown_asset' });
  const wrong: Record<string, string> = {};
  const amount = (field: keyof TypedTerms, least: bigint): bigint | null => {
    const text = typed[field];
    if (typeof text !== 'string' || text.trim() === '') return null;
    const reading = readAmount(text, asset);
    if (!reading.ok) wrong[field] = `amount_${reading.reason}`;
    else if (reading.amount < least) wrong[field] = 'amount_not_positive';
    return reading.ok ? reading.amount : null;
  };
  const facts = {
    depositsEnabled: typed.depositsEnabled,
    withdrawalsEnabled: typed.withdrawalsEnabled,
    refundFeeOnReturn: typed.refundFeeOnReturn,
    withdrawalMaxAmount: amount('withdrawalMaxAmount', 1n),
    withdrawalDayAmount: amount('withdrawalDayAmount', 1n),
    depositFeeAmount: amount('depositFeeAmount', 0n) ?? 0n,
    withdrawalFeeAmount: amount('withdrawalFeeAmount', 0n) ?? 0n,
  };
  if (Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
  return facts;
}

/** The default terms of an asset, made on first use: everything on, no limits, no fees. */
export async function ensureDefaultTerms(tx: Tx, asset: AssetCode) {
  const name = defaultTermsName(asset);
  await tx.walletTerms.createMany({ data: [{ name, asset }], skipDuplicates: true });
  return tx.walletTerms.findUniqueOrThrow({ where: { name } });
}

function defaultTermsName(asset: string): string {
  return asset === 'MXN' ? DEFAULT_TERMS : `${DEFAULT_TERMS}${asset}`;
}

/** Whether these are the terms that a wallet gets when none are named. */
export function isDefaultTerms({ name, asset }: { name: string; asset: string }): boolean {
  return name === defaultTermsName(asset);
}

export async function listTerms() {
  return byName(await db().walletTerms.findMany({ include: { _count: { select: { wallets: true } } } }));
}

export async function getTerms(id: string) {
  const terms = await db().walletTerms.findUnique({
    where: { id },
    include: { _count: { select: { wallets: true } } },
  });
  if (!terms) throw notFound('terms', id);
  return terms;
}

export type TermsRecord = Awaited<ReturnType<typeof getTerms>>;

/** Amounts in the asset's smallest unit; null is no limit. Wallets under these terms follow at once. */
export async function changeTerms(actor: Actor, { id, ...facts }: { id: string } & TermsFacts) {
  authorize(actor, 'settings:write');
  return transaction(async (tx) => {
    const before = await tx.walletTerms.findUnique({ where: { id } });
    if (!before) throw notFound('terms', id);
    const after = await tx.walletTerms.update({ where: { id }, data: facts });
    await recordAudit(tx, actor, {
      action: 'wallet_terms.changed',
      subject: 'wallet_terms',
      id,
      before,
      after,
    });
    return after;
  });
}

type NewTerms = { name: string; asset: string } & TermsFacts;

export async function createTerms(
  actor: Actor,
  { requestId, ...given }: NewTerms & { requestId?: string | undefined },
) {
  authorize(actor, 'settings:write');
  const input = { ...given, name: lineOf(given.name) };
  if (input.name === '') throw new InvalidInputError({ name: 'required' });
  if (!isAsset(input.asset)) throw new InvalidInputError({ asset: 'unknown_asset' });
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'terms.create', requestId, content: input },
      (id) => tx.walletTerms.findUniqueOrThrow({ where: { id } }),
      () => writeTerms(tx, actor, input),
    ),
  );
}

async function writeTerms(tx: Tx, actor: Actor, input: NewTerms) {
  const [terms] = await tx.walletTerms.createManyAndReturn({
    data: [input],
    skipDuplicates: true,
  });
  if (!terms) throw new InvalidInputError({ name: 'taken' });
  await recordAudit(tx, actor, {
    action: 'wallet_terms.created',
    subject: 'wallet_terms',
    id: terms.id,
    after: terms,
  });
  return terms;
}
