import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { walletBalances, walletDebts } from '~/lib/ledger/read';
import { type AssetCode, isAsset } from '~/lib/money';
import { once } from '~/lib/once';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import { lineOf } from '~/lib/text';
import { checkNewWallet, type NewWallet } from '~/lib/wallet-checks';
import { ensureDefaultTerms } from '~/lib/wallet-terms';
import type { Wallet } from '~/prisma/generated/client';
import { type OpeningStep, WalletKind, WalletPattern, WalletStatus } from '~/prisma/generated/enums';

export const WALLET_STATUSES = Object.values(WalletStatus);
export const WALLET_KINDS = Object.values(WalletKind);
export const WALLET_PATTERNS = Object.values(WalletPattern);

/**
 * Opens a wallet: writes down what is wanted, and the worker makes it so at Fintoc step by step
 * (lib/provisioning.ts). Until then its status is `opening` and the page shows the step it waits for.
 */
export async function openWallet(actor: Actor, input: NewWallet): Promise<Wallet> {
  authorize(actor, 'wallets:provision');
  const { asset } = input;
  if (!isAsset(asset)) throw new InvalidInputError({ asset: 'unknown_asset' });
  const { requestId, ...content } = input;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'wallet.open', requestId, content },
      (id) => tx.wallet.findUniqueOrThrow({ where: { id } }),
      () => writeWanted(tx, actor, input, asset),
    ),
  );
}

async function writeWanted(tx: Tx, actor: Actor, input: NewWallet, asset: AssetCode): Promise<Wallet> {
  const name = lineOf(input.name);
  if (name === '') throw new InvalidInputError({ name: 'required' });
  await checkNewWallet(tx, actor, input, asset);
  const termsId = input.termsId || (await ensureDefaultTerms(tx, asset)).id;
  const wallet = await tx.wallet.create({
    data: {
      kind: 'customer',
      pattern: input.pattern,
      status: 'opening',
      name,
      asset,
      customerId: input.customerId,
      portfolioId: input.portfolioId || null,
      termsId,
      entityId: input.pattern === 'C' ? input.entityId || null : null,
      openingStep: FIRST_STEP[input.pattern],
      requestId: input.requestId,
    },
  });
  await recordAudit(tx, actor, {
    action: 'wallet.requested',
    subject: 'wallet',
    id: wallet.id,
    after: wallet,
  });
  return wallet;
}

const FIRST_STEP: Record<WalletPattern, OpeningStep> = { A: 'account', B: 'account', C: 'entity' };

/** Tries a failed opening again now. */
export async function retryOpening(actor: Actor, { walletId }: { walletId: string }): Promise<Wallet> {
  authorize(actor, 'wallets:provision');
  return transaction(async (tx) => {
    const wallet = await lockWallet(tx, walletId);
    if (wallet.status !== 'opening') return wallet;
    const after = await tx.wallet.update({ where: { id: walletId }, data: { nextAttemptAt: new Date() } });
    await recordAudit(tx, actor, { action: 'wallet.opening_retried', subject: 'wallet', id: walletId });
    return after;
  });
}

/** Against other changes of the wallet; not against rows that only refer to it, which a full lock would deadlock with. */
export async function lockWallet(tx: Tx, id: string): Promise<Wallet> {
  await tx.$queryRaw`SELECT 1 AS locked FROM wallets WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const wallet = await tx.wallet.findUnique({ where: { id } });
  if (!wallet) throw notFound('wallet', id);
  return wallet;
}

export type WalletFilter = {
  text?: string | undefined;
  status?: WalletStatus[] | undefined;
  kind?: WalletKind[] | undefined;
  pattern?: WalletPattern[] | undefined;
  customerId?: string | undefined;
  portfolioId?: string | undefined;
  asset?: string | undefined;
  cursor?: string | undefined;
};

/** Newest first, with the three balances of each. */
export async function listWallets(filter: WalletFilter) {
  const { text, status, kind, pattern, customerId, portfolioId, asset, cursor } = filter;
  const from = decodeCursor(cursor, 'uuid');
  const words = text?.trim();
  const digits = words?.replace(/\s/g, '') ?? '';
  const rows = await db().wallet.findMany({
    where: {
      AND: [
        words
          ? {
              OR: [
                { name: { contains: words, mode: 'insensitive' as const } },
                { customer: { name: { contains: words, mode: 'insensitive' as const } } },
                // A deleted CLABE may be another wallet's by now.
                { accountNumber: { number: { startsWith: digits }, status: { not: 'deleted' } } },
              ],
            }
          : {},
        from ? { OR: [{ createdAt: { lt: from.at } }, { createdAt: from.at, id: { lt: from.id } }] } : {},
      ],
      ...(status && { status: { in: status } }),
      ...(kind && { kind: { in: kind } }),
      ...(pattern && { pattern: { in: pattern } }),
      ...(customerId && { customerId }),
      ...(portfolioId && { portfolioId }),
      ...(asset && { asset }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
    include: {
      customer: { select: { id: true, name: true } },
      accountNumber: { select: { number: true, status: true, isRoot: true, syncedAt: true } },
      account: { select: { status: true } },
      entity: { select: { isRoot: true, status: true, onboardings: { select: ONBOARDING } } },
    },
  });
  const { items, nextCursor } = toPage(rows, PAGE_SIZE, ({ createdAt, id }) => ({ at: createdAt, id }));
  const balances = await walletBalances(items.map(({ id }) => id));
  return {
    items: items.map((wallet) => ({ ...wallet, balances: balances.get(wallet.id) ?? NOTHING })),
    nextCursor,
  };
}

/** What of a KYB says whom it waits for. */
const ONBOARDING = { status: true, reviewedAt: true, createdAt: true } as const;

const NOTHING = { available: 0n, pending: 0n, reserved: 0n };

export async function getWallet(id: string) {
  const wallet = await db().wallet.findUnique({
    where: { id },
    include: {
      customer: true,
      portfolio: true,
      terms: true,
      accountNumber: true,
      account: { include: { entity: true } },
      entity: { include: { onboardings: { select: ONBOARDING } } },
    },
  });
  if (!wallet) throw notFound('wallet', id);
  const [balances, debts] = await Promise.all([walletBalances([id]), walletDebts([id])]);
  return { ...wallet, balances: balances.get(id) ?? NOTHING, debt: debts.get(id) ?? 0n };
}
