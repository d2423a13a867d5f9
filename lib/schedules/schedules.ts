import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { dayZone, railOf } from '~/lib/rails/registry';
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

async function make(tx: Tx, actor: OperatorActor, input: NewSchedule): Promise<Schedule> {
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
  partsAtOnce(accountId, asset, amount);
  const zone = dayZone(asset, rail);
  if (endsOn !== undefined && endsOn < startsOn) throw new InvalidInputError({ endsOn: 'ends_before_start' });
  const [first] = await tx.$queryRaw<{ at: Date; isPast: boolean }[]>`
    SELECT at, at <= now() AS "isPast"
    FROM schedule_moment(${every}::schedule_every, ${startsOn}::date, ${zone}::text, 0) AS at`;
  if (!first || first.isPast) throw new InvalidInputError({ startsOn: 'in_the_past' });
  const schedule = await tx.schedule.create({
    data: {
      ...{ walletId, asset, amount, destinationKind, destination, every, timeZone: zone },
      ...{ beneficiaryName: name, beneficiaryTaxId: taxId, beneficiaryBank: bank, comment, referenceId },
      startsOn: new Date(startsOn),
      endsOn: endsOn === undefined ? null : new Date(endsOn),
      nextAt: first.at,
      requestedById: actor.id,
    },
  });
  await recordAudit(tx, actor, {
    ...{ action: 'schedule.made', subject: 'schedule', id: schedule.id },
    after: schedule,
  });
  return schedule;
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
