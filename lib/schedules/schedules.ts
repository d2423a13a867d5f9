import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once, wasAsked } from '~/lib/once';
import { operatorNames } from '~/lib/people/operator-names';
import { dayZone, railOf } from '~/lib/rails/registry';
import { feeOf, withdrawalFee } from '~/lib/terms/fees';
import { lockInAsset } from '~/lib/wallets/asset-wallets';
import { checkBeneficiary, checkedBeneficiary, checkWallet } from '~/lib/withdrawals/checks';
import { partsAtOnce } from '~/lib/withdrawals/plan';
import type { Schedule } from '~/prisma/generated/client';
import type { ScheduleEvery } from '~/prisma/generated/enums';

export type NewSchedule = {
  walletId: string;
  asset: string;
  /** In the smallest unit of the asset, without the fee. */
  amount: bigint;
  /** As somebody typed it: the rail says what it is. */
  destination: string;
  beneficiaryName?: string | undefined;
  beneficiaryTaxId?: string | undefined;
  comment?: string | undefined;
  referenceId?: string | undefined;
  every: ScheduleEvery;
  /** Days of the zone in which the asset is paid, `2026-11-20`. On each at nine in the morning. */
  startsOn: string;
  endsOn?: string | undefined;
  requestId: string;
};

/**
 * Plans a withdrawal for a day, or for days that come again. Nothing is held: on its day it is asked for as if whoever
 * planned it asked then, and refused or left for approval by what is so then.
 */
export async function planSchedule(actor: OperatorActor, input: NewSchedule): Promise<Schedule> {
  authorize(actor, 'withdrawals:request');
  const { requestId, ...content } = input;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'schedule.make', requestId, content },
      (id) => tx.schedule.findUniqueOrThrow({ where: { id } }),
      () => make(tx, actor, input),
    ),
  );
}

/** What would be planned, as it would be written down. Amounts in the asset's smallest unit. */
export type ScheduleLook = Pick<
  Schedule,
  'asset' | 'amount' | 'destinationKind' | 'destination' | 'beneficiaryBank' | 'beneficiaryName' | 'every'
> & {
  /** When the first leaves, in the zone whose days they are. */
  firstAt: Date;
  timeZone: string;
  /** By the terms of today; each day's count then. */
  feeAmount: bigint;
  /** In so many payments each leaves. */
  parts: number;
  /** The same to the same, planned already; `by` is who planned it. */
  twins: { id: string; every: ScheduleEvery; nextAt: Date | null; by: string | null }[];
};

/** What somebody looks at before it is planned; null where it was asked for already. Throws what planning it would. */
export async function lookAtSchedule(actor: OperatorActor, input: NewSchedule): Promise<ScheduleLook | null> {
  authorize(actor, 'withdrawals:request');
  return transaction(async (tx) => {
    if (await wasAsked(tx, input.requestId)) return null;
    const { facts, parts, feeAmount } = await checked(tx, input);
    const { walletId, asset, amount, destinationKind, destination } = facts;
    const same = await tx.schedule.findMany({
      where: { walletId, asset, amount, destinationKind, destination, state: 'active' },
      orderBy: { createdAt: 'desc' },
      take: MOST_TWINS,
    });
    const names = await operatorNames(
      same.map(({ requestedById }) => requestedById),
      tx,
    );
    return {
      ...{ asset, amount, destinationKind, destination, every: facts.every, timeZone: facts.timeZone },
      ...{ beneficiaryBank: facts.beneficiaryBank, beneficiaryName: facts.beneficiaryName },
      ...{ firstAt: facts.nextAt, feeAmount, parts },
      twins: same.map(({ id, every, nextAt, requestedById }) => ({
        ...{ id, every, nextAt },
        by: names.get(requestedById) ?? null,
      })),
    };
  });
}

const MOST_TWINS = 5;

async function make(tx: Tx, actor: OperatorActor, input: NewSchedule): Promise<Schedule> {
  const { facts } = await checked(tx, input);
  const schedule = await tx.schedule.create({ data: { ...facts, requestedById: actor.id } });
  await recordAudit(tx, actor, {
    ...{ action: 'schedule.made', subject: 'schedule', id: schedule.id },
    after: schedule,
  });
  return schedule;
}

/** With everything checked that can be known before its day. Throws a refusal. */
async function checked(tx: Tx, input: NewSchedule) {
  const { walletId, asset, amount, every, startsOn, endsOn } = input;
  // Against being closed meanwhile, which asks whether anything is planned.
  const wallet = await lockInAsset(tx, walletId, asset);
  const terms = await tx.walletTerms.findUniqueOrThrow({ where: { id: wallet.termsId } });
  const accountId = checkWallet(wallet, terms);
  const rail = railOf(accountId);
  const { bank, name, taxId, comment, referenceId, destination, destinationKind } = checkedBeneficiary(
    rail,
    asset,
    input,
  );
  await checkBeneficiary(tx, { destination, destinationKind });
  // What would leave in too many parts on its day is refused now.
  const parts = partsAtOnce(accountId, asset, amount)?.length ?? 1;
  const zone = dayZone(asset, rail);
  if (endsOn !== undefined && endsOn < startsOn) throw new InvalidInputError({ endsOn: 'ends_before_start' });
  const [first] = await tx.$queryRaw<{ at: Date; isPast: boolean }[]>`
    SELECT at, at <= now() AS "isPast"
    FROM schedule_moment(${every}::schedule_every, ${startsOn}::date, ${zone}::text, 0) AS at`;
  if (!first || first.isPast) throw new InvalidInputError({ startsOn: 'in_the_past' });
  const facts = {
    ...{ walletId, asset, amount, destinationKind, destination, every, timeZone: zone },
    ...{ beneficiaryName: name, beneficiaryTaxId: taxId, beneficiaryBank: bank, comment, referenceId },
    startsOn: new Date(startsOn),
    endsOn: endsOn === undefined ? null : new Date(endsOn),
    nextAt: first.at,
  };
  // The house pays itself no fee.
  const feeAmount = wallet.kind === 'customer' ? feeOf(withdrawalFee(terms), amount) : 0n;
  return { facts, parts, feeAmount };
}

/** Nothing more is asked for by it. What was asked for already is a withdrawal like any other. */
export async function cancelSchedule(
  actor: OperatorActor,
  { scheduleId }: { scheduleId: string },
): Promise<Schedule> {
  authorize(actor, 'withdrawals:request');
  return transaction(async (tx) => {
    const before = await lockSchedule(tx, scheduleId);
    const about = { subject: 'schedule', id: scheduleId } as const;
    if (before.state !== 'active') {
      const act = 'schedule.cancelled';
      await requireOwnDecision(tx, actor, { ...about, status: before.state, act, ends: [] });
      return before;
    }
    const after = await tx.schedule.update({
      where: { id: scheduleId },
      data: { state: 'cancelled', nextAt: null },
    });
    await recordAudit(tx, actor, { action: 'schedule.cancelled', ...about, before, after });
    return after;
  });
}

export async function lockSchedule(tx: Tx, id: string): Promise<Schedule> {
  await lockRow(tx, 'schedules', id);
  const schedule = await tx.schedule.findUnique({ where: { id } });
  if (!schedule) throw notFound('schedule', id);
  return schedule;
}
