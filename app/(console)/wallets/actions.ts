'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import { amountIn } from '~/lib/amount-input';
import { simulateDeposit } from '~/lib/deposits/deposits';
import { addNote } from '~/lib/people/notes';
import { line, note, optionalLine, outsideId, typed } from '~/lib/typed-text';
import { cancelAsset } from '~/lib/wallets/asset-openings';
import { changeWallet } from '~/lib/wallets/change';
import { FREEZE_DIRECTIONS } from '~/lib/wallets/frozen';
import { FROZEN_DEPOSITS } from '~/lib/wallets/frozen-deposits';
import { HOUSE_ROLES } from '~/lib/wallets/house';
import { enableAsset, openOwnWallet, openWallet } from '~/lib/wallets/opening';
import { cancelOpening, closeWallet, freezeWallet, reopenWallet, unfreezeWallet } from '~/lib/wallets/status';
import { retryOpening, WALLET_PATTERNS } from '~/lib/wallets/wallets';

const reason = note(500);
const change = z.object({ walletId: z.uuid(), reason });

const newWallet = z.object({
  customerId: z.uuid(),
  pattern: z.enum(WALLET_PATTERNS).optional(),
  name: line(80),
  asset: typed(10),
  portfolioId: z.uuid().optional(),
  termsId: z.uuid().optional(),
  entityId: outsideId(60).optional(),
  requestId: z.uuid(),
  /** On the way to the KYB of its entity. */
  next: z.literal('kyb').optional(),
});

export const openWalletAction = operatorAction(
  newWallet,
  async (actor, { next, ...wanted }) => ({ wallet: await openWallet(actor, wanted), next }),
  {
    redirectTo: ({ wallet: { id, pattern }, next }) =>
      to(next === 'kyb' && pattern === 'C' ? `/entities/for-wallet/${id}` : `/wallets/${id}`),
  },
);

const held = { walletId: z.uuid(), asset: typed(10) };

export const retryOpeningAction = operatorAction(z.object(held), retryOpening);

export const enableAssetAction = operatorAction(
  z.object({
    ...held,
    pattern: z.enum(WALLET_PATTERNS).optional(),
    termsId: z.uuid().optional(),
    entityId: outsideId(60).optional(),
    requestId: z.uuid(),
  }),
  enableAsset,
  { redirectTo: ({ id, asset }) => to(`/wallets/${id}?asset=${asset}`) },
);

export const openOwnWalletAction = operatorAction(
  z.object({
    kind: z.enum(['general', 'house']),
    name: line(80),
    houseRole: z.enum(HOUSE_ROLES).optional(),
    asset: typed(10),
    requestId: z.uuid(),
  }),
  openOwnWallet,
  { redirectTo: ({ id }) => to(`/wallets/${id}`) },
);
export const cancelOpeningAction = operatorAction(change, cancelOpening);
export const cancelAssetAction = operatorAction(change.extend({ asset: typed(10) }), cancelAsset, {
  redirectTo: ({ id }) => to(`/wallets/${id}`),
});
const freeze = change.extend({
  direction: z.enum(FREEZE_DIRECTIONS),
  /** Left out: until somebody lifts it. */
  days: z.coerce.number().int().min(1).max(366).optional(),
  deposits: z.enum(FROZEN_DEPOSITS),
  requestId: z.uuid(),
});

export const freezeWalletAction = operatorAction(freeze, (actor, { days, ...wanted }) =>
  freezeWallet(actor, { ...wanted, until: days ? { days } : undefined }),
);
export const moveWalletAction = operatorAction(
  z.object({ walletId: z.uuid(), portfolio: z.union([z.uuid(), z.literal('none')]) }),
  (actor, { walletId, portfolio }) =>
    changeWallet(actor, { walletId, portfolioId: portfolio === 'none' ? null : portfolio }),
);
export const unfreezeWalletAction = operatorAction(change.extend({ requestId: z.uuid() }), unfreezeWallet);
export const reopenWalletAction = operatorAction(change, reopenWallet);
export const closeWalletAction = operatorAction(
  change.extend({ closedBy: z.enum(['platform', 'customer']), requestId: z.uuid() }),
  closeWallet,
);

const simulation = z
  .object({
    accountNumberId: outsideId(60),
    asset: z.enum(['MXN', 'CLP']),
    amount: typed(),
    // SPEI's concept has 40 characters.
    comment: optionalLine(40),
    requestId: z.uuid(),
  })
  .transform((input, context) => {
    const amount = amountIn(context, { text: input.amount, asset: input.asset });
    if (amount !== null && amount > 0n) return { ...input, amount };
    if (amount !== null)
      context.addIssue({ code: 'custom', message: 'amount_not_positive', path: ['amount'] });
    return z.NEVER;
  });

export const simulateDepositAction = operatorAction(simulation, simulateDeposit);

export const addWalletNoteAction = operatorAction(
  z.object({ subjectId: z.uuid(), body: note(2_000), requestId: z.uuid() }),
  (actor, written) => addNote(actor, { subjectType: 'wallet', ...written }),
);
