import { authorize, type Requester } from '~/lib/actor';
import { requestIn } from '~/lib/adjustments/adjustments';
import { exchanged, readRate, writtenRate } from '~/lib/adjustments/rate';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { InvalidInputError } from '~/lib/errors';
import { type AssetCode, isAsset, MAX_AMOUNT } from '~/lib/money';
import { once } from '~/lib/once';
import { getInAsset } from '~/lib/wallets/asset-wallets';
import { houseWallets } from '~/lib/wallets/house';
import type { Exchange } from '~/prisma/generated/client';

export type NewExchange = {
  walletId: string;
  fromAsset: string;
  toAsset: string;
  /** Of `fromAsset`, in its smallest unit. */
  amount: bigint;
  /** How much of `toAsset` one of `fromAsset` is, as a decimal. */
  rate: string;
  reason: string;
  requestId: string;
};

/**
 * Asks for some of a wallet's one asset to become another, at a stated rate: two adjustments, one in each asset, between
 * the wallet and the house, which are decided on and posted together or not at all. What a wallet gives is set aside
 * until then; what it gets is rounded down. Throws `house_not_covered` where the house has less than that to give.
 */
export async function requestExchange(actor: Requester, input: NewExchange): Promise<Exchange> {
  authorize(actor, 'adjustments:request');
  const { requestId, ...content } = input;
  const wanted = checked(input);
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'exchange.request', requestId, content },
      (id) => tx.exchange.findUniqueOrThrow({ where: { id } }),
      () => request(tx, actor, input, wanted),
    ),
  );
}

type Wanted = { fromAsset: AssetCode; toAsset: AssetCode; toAmount: bigint };

/** Throws `invalid` with every field that doesn't fit. Answers what the wallet gets. */
function checked({ fromAsset, toAsset, amount, rate, reason }: NewExchange): Wanted {
  if (!isAsset(fromAsset)) throw new InvalidInputError({ fromAsset: 'unknown_asset' });
  if (!isAsset(toAsset)) throw new InvalidInputError({ toAsset: 'unknown_asset' });
  const wrong: Record<string, string> = {};
  const read = readRate(rate);
  if (fromAsset === toAsset) wrong.toAsset = 'same_asset';
  if (amount <= 0n) wrong.amount = 'amount_not_positive';
  if (!read) wrong.rate = 'rate_format';
  if (reason.trim() === '') wrong.reason = 'required';
  const toAmount = read ? exchanged(amount, fromAsset, toAsset, read) : 0n;
  if (read && (toAmount === 0n || toAmount > MAX_AMOUNT)) wrong.rate = 'rate_range';
  if (Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
  return { fromAsset, toAsset, toAmount };
}

async function request(
  tx: Tx,
  actor: Requester,
  input: NewExchange,
  { fromAsset, toAsset, toAmount }: Wanted,
): Promise<Exchange> {
  const { walletId, amount, requestId } = input;
  const reason = input.reason.trim();
  const rate = writtenRate(input.rate);
  const [from, to] = [await houseWallets(tx, fromAsset), await houseWallets(tx, toAsset)];
  const wallet = await getInAsset(tx, walletId, fromAsset);
  // It would only give to itself.
  if (wallet.kind === 'house') throw new InvalidInputError({ walletId: 'house_not_exchanged' });
  const exchange = await tx.exchange.create({
    data: { walletId, fromAsset, toAsset, fromAmount: amount, toAmount, rate },
  });
  const leg = { reason, exchangeId: exchange.id };
  const given = { asset: fromAsset, amount };
  const got = { asset: toAsset, amount: toAmount };
  // One decision is about both: else the rules of one asset could let its leg be posted while the other still waits.
  await requestIn(
    tx,
    actor,
    {
      ...leg,
      ...given,
      fromWalletId: walletId,
      toWalletId: from.operating.id,
      requestId: `${requestId}:given`,
    },
    { ...got, from: to.operating, to: wallet },
  );
  await requestIn(
    tx,
    actor,
    { ...leg, ...got, fromWalletId: to.operating.id, toWalletId: walletId, requestId: `${requestId}:got` },
    { ...given, from: wallet, to: from.operating },
  );
  await recordAudit(tx, actor, {
    action: 'exchange.requested',
    subject: 'wallet',
    id: walletId,
    after: { ...exchange, exchangeId: exchange.id },
    reason,
  });
  return exchange;
}
