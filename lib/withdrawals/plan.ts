import { authorize, type OperatorActor, type Requester } from '~/lib/actor';
import { WITHIN_HOURS } from '~/lib/approvals/conditions';
import type { SumOf, SumWithin } from '~/lib/approvals/rule-words';
import { type Bounds, boundsAt, boundsOf, type Judgement, judge, needsOfRules } from '~/lib/approvals/rules';
import { checkMovable } from '~/lib/assets';
import { partsOfAmount } from '~/lib/batches/parts';
import { db, type Queryable } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { type CeilingName, limitReached, type Standing, stepOf, type Use } from '~/lib/ledger/ceilings';
import { operatorNames } from '~/lib/people/operator-names';
import type { Rail } from '~/lib/rails/rail';
import { railOf } from '~/lib/rails/registry';
import { LEVELS } from '~/lib/terms/alerts';
import { poolOut } from '~/lib/terms/caps';
import { feeOf, withdrawalFee } from '~/lib/terms/fees';
import { ceilingsOut, requireRoomOut, zoneOf } from '~/lib/terms/limits';
import { DAY_HOURS } from '~/lib/withdrawals/approval-rule';
import {
  checkedBeneficiary,
  checkWallet,
  type Destination,
  MOST_TWINS,
  type NewWithdrawal,
  refuseBlocked,
  twinsOf,
} from '~/lib/withdrawals/checks';
import { dayLimitOf, requireWithinKey } from '~/lib/withdrawals/key-limits';
import {
  type Known,
  type PayingWallet,
  readKnown,
  readKnownTo,
  termsOf,
  walletOf,
} from '~/lib/withdrawals/known';
import { checkedRetry } from '~/lib/withdrawals/retries';
import { NAMES_READ, type Paying, ruleFacts } from '~/lib/withdrawals/rule-facts';
import type { WalletTerms } from '~/prisma/generated/client';

export type WithdrawalPlan = Destination & {
  wallet: PayingWallet;
  /** The account that pays. */
  accountId: string;
  beneficiaryBank: string | null;
  beneficiaryName: string | null;
  beneficiaryTaxId: string | null;
  comment: string | null;
  referenceId: string | null;
  /** Of name and concept, what the bank prints. */
  printedName: string | null;
  printedComment: string | null;
  /** Whether this beneficiary was never paid before. */
  firstSeen: boolean;
  feeAmount: bigint;
  /** What the posting checks once more, and how the limits stand before it. */
  limits: Pick<Use, 'ceilings' | 'timeZone' | 'pool'> & { standing: Standing[] };
  /** The one that ended without paying and that this one takes the place of. */
  retryOfId: string | null;
  /** Whether and why somebody else decides. */
  judgement: Judgement;
  rests: Rests;
};

/** What has to be so still when it is written, as ask_withdrawal looks at it. */
export type Rests = {
  wallet: string;
  hours: number;
  twin: string | null;
  zone: string;
  limits: ({ name: CeilingName } & BoundsAsText)[];
  customer?: string;
  sums: ({ way: string; hours: number } & BoundsAsText)[];
  names?: unknown;
  most_names: number;
};

type BoundsAsText = { least: string | null; below: string | null };

/** What a withdrawal would be, with everything checked that can be known. Nothing is locked. Throws a refusal. */
export async function planWithdrawal(
  client: Queryable,
  actor: Requester,
  input: NewWithdrawal,
  read?: Known,
): Promise<WithdrawalPlan> {
  const known = read ?? (await readKnown(client, input));
  const wallet = walletOf(known, input.walletId);
  const { asset } = wallet;
  const { amount } = input;
  const terms = await termsOf(client, wallet);
  const accountId = checkWallet(wallet, terms);
  const retryOfId = await checkedRetry(client, input);
  const rail = railOf(accountId);
  const { bank, name, taxId, ...written } = checkedBeneficiary(rail, asset, input);
  checkMovable(known.movable, amount);
  const paying = { wallet, asset, requestedById: actor.id, beneficiaryName: name, ...written };
  const asked = await lookAtBeneficiary(client, actor, { input, known, paying, terms, rail });
  const timeZone = zoneOf(wallet);
  return {
    ...{
      wallet,
      accountId,
      beneficiaryBank: bank,
      beneficiaryName: name,
      beneficiaryTaxId: taxId,
      ...written,
    },
    firstSeen: asked.firstSeen,
    retryOfId,
    // The house pays itself no fee.
    feeAmount: input.fee ?? (wallet.kind === 'customer' ? feeOf(withdrawalFee(terms), amount) : 0n),
    limits: {
      ...{ ceilings: ceilingsOut(terms), timeZone, standing: asked.standing },
      ...(known.isPooled && (await poolOut(client, wallet, { amount, timeZone }))),
    },
    judgement: asked.judgement,
    rests: asked.rests,
  };
}

type Looking = {
  input: NewWithdrawal;
  known: Known;
  paying: Paying & { wallet: PayingWallet };
  terms: WalletTerms;
  rail: Rail;
};

/** What the limits, the rules and the key's own bounds make of a payment to this beneficiary. */
async function lookAtBeneficiary(
  client: Queryable,
  actor: Requester,
  { input, known, paying, terms, rail }: Looking,
): Promise<Pick<WithdrawalPlan, 'firstSeen' | 'judgement' | 'rests'> & { standing: Standing[] }> {
  const { wallet, asset } = paying;
  const { amount } = input;
  const { amount: whole, judgement: judged } = input.whole ?? { amount };
  const rules = judged ? [] : known.rules;
  const needs = needsOfRules(rules, asset);
  const day = dayLimitOf(asset, actor);
  const timeZone = zoneOf(wallet);
  const to = await readKnownTo(client, paying, {
    ...{ id: known.id, amount, rail: rail.facts().name, needs, isKeyLimited: day !== null },
  });
  const standing = await requireRoomOut(client, wallet, terms, { amount, whole, timeZone });
  refuseBlocked(to.blockedFor);
  if (to.isOwn) throw new DomainError('beneficiary_is_own_wallet', 'That is the wallet’s own CLABE.');
  const facts = ruleFacts(to, paying, whole, needs);
  requireWithinKey({ asset, amount, before: BigInt(to.ofKey ?? 0) }, actor);
  return {
    ...{ standing, firstSeen: !to.wasPaid, judgement: judged ?? judge(rules, facts) },
    rests: {
      ...{ wallet: wallet.version, hours: DAY_HOURS, twin: to.twin, zone: timeZone },
      limits: standing.map((each) => limitRested(each, amount)),
      ...(wallet.customerId !== null &&
        needs.sums.some((key) => key.startsWith('customer')) && { customer: wallet.customerId }),
      sums: [...boundsOf(rules, facts).map(sumRested), ...(day === null ? [] : [keyRested(day, amount)])],
      ...(needs.named && { names: to.named }),
      most_names: NAMES_READ,
    },
  };
}

function sumRested({ key, ...bounds }: ReturnType<typeof boundsOf>[number]): Rests['sums'][number] {
  const [way, within] = key.split('_') as [SumOf, SumWithin];
  return { way, hours: WITHIN_HOURS[within], ...asText(bounds) };
}

function keyRested(day: bigint, amount: bigint): Rests['sums'][number] {
  return { way: 'key', hours: DAY_HOURS, ...asText({ least: null, below: day - amount + 1n }) };
}

/** What is told of a limit is another once what is used of it, or is with this amount, reaches a level. */
function limitRested({ name, used, ceiling }: Standing, amount: bigint): Rests['limits'][number] {
  const levels = LEVELS.map((level) => (level * ceiling + 99n) / 100n);
  const steps = levels.flatMap((level) => [level, level - stepOf(name, amount)]);
  return { name, ...asText(boundsAt(used, steps)) };
}

const asText = ({ least, below }: Bounds): BoundsAsText => ({
  least: least?.toString() ?? null,
  below: below?.toString() ?? null,
});

/** The same payment, asked for before; `by` is who asked for it. */
export type Twin = { id: string; createdAt: Date; status: string; by: string | null };

/** What would leave, as it would be written down. Amounts in the asset's smallest unit. */
export type WithdrawalLook = Pick<
  WithdrawalPlan,
  'destinationKind' | 'destination' | 'beneficiaryBank' | 'beneficiaryName' | 'feeAmount'
> & {
  amount: bigint;
  asset: string;
  /** What the wallet would still have. */
  left: bigint;
  /** In so many payments it leaves: more than one where its network carries less at once. */
  parts: number;
  needsApproval: boolean;
  /** The same asked for within a day, the latest first. */
  twins: Twin[];
};

/**
 * What somebody has to look at before a withdrawal leaves; null when nobody has: a second person will, or it was asked
 * for already. Throws what the request would; it says how things are now, and the request itself looks again.
 */
export async function lookAtWithdrawal(
  actor: OperatorActor,
  input: NewWithdrawal,
): Promise<WithdrawalLook | null> {
  authorize(actor, 'withdrawals:request');
  const client = db();
  const known = await readKnown(client, input);
  if (known.before || known.wasInParts) return null;
  const { amount } = input;
  const planned = await planWithdrawal(client, actor, input, known);
  const { wallet, judgement, ...plan } = planned;
  const { destinationKind, destination, beneficiaryBank, beneficiaryName, feeAmount } = plan;
  const { id: walletId, asset } = wallet;
  const cut = requiredParts(planned, amount);
  const twins = await twinsOf(client, { walletId, asset, destinationKind, destination, amount }, cut);
  const parts = cut.length;
  const needsApproval = judgement.why !== null || parts > 1;
  if (needsApproval && twins.length === 0 && parts === 1) return null;
  const left = known.funds - amount - feeAmount;
  if (left < 0n && wallet.kind === 'customer')
    throw new DomainError('insufficient_funds', 'The wallet has less than amount and fee.');
  return {
    ...{ destinationKind, destination, beneficiaryBank, beneficiaryName, feeAmount, amount, left },
    ...{ needsApproval, asset, parts, twins: await named(client, twins) },
  };
}

/** The payments that a payout leaves in. Throws `limit_reached` where so many are more than the terms let leave in a time. */
export function requiredParts({ accountId, wallet, limits }: WithdrawalPlan, amount: bigint): bigint[] {
  const parts = partsAtOnce(accountId, wallet.asset, amount) ?? [amount];
  const count = BigInt(parts.length);
  const over = limits.standing.find(
    ({ name, used, ceiling }) => name.endsWith('Count') && used + count > ceiling,
  );
  if (over) throw limitReached('outbound', wallet.asset, over);
  return parts;
}

/** The payments that an amount leaves in; null where it leaves in one. Throws `invalid` where they would be too many. */
export function partsAtOnce(accountId: string, asset: string, amount: bigint): bigint[] | null {
  const most = railOf(accountId).facts().payouts[asset]?.most ?? null;
  if (most === null || amount <= most) return null;
  const parts = partsOfAmount(amount, most);
  if (parts === null) throw new InvalidInputError({ amount: 'amount_too_large' });
  return parts;
}

async function named(client: Queryable, twins: Awaited<ReturnType<typeof twinsOf>>): Promise<Twin[]> {
  // Of what left in parts, the latest stands for all of them.
  const shown = twins
    .filter(
      ({ batchId }, nth) => batchId === null || twins.findIndex((each) => each.batchId === batchId) === nth,
    )
    .slice(0, MOST_TWINS);
  const names = await operatorNames(
    shown.map(({ requestedById }) => requestedById),
    client,
  );
  return shown.map(({ id, createdAt, status, requestedById }) => ({
    ...{ id, createdAt, status },
    by: names.get(requestedById) ?? null,
  }));
}
