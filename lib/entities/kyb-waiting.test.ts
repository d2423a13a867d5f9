import { describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { kybWait } from '~/lib/entities/kyb-waiting';
import { KYB_WAIT } from '~/lib/entities/kyb-waiting-query';
import { listEntities } from '~/lib/entities/list';
import { whatWaits } from '~/lib/overview/overview';
import { withTestDatabase } from '~/lib/testing/database';
import { ANYBODY } from '~/lib/testing/reader';
import { openingWait } from '~/lib/wallets/opening-wait';

withTestDatabase();

const DAY_MS = 86_400_000;
const ENTITIES = [
  null,
  'draft',
  'under_review',
  'pending_signature',
  'waiting_initialization',
  'rejected',
  'paused',
  'operational',
  'canceled',
];
const ONBOARDINGS = [
  [],
  ['pending'],
  ['in_progress'],
  ['submitted'],
  ['approved'],
  ['rejected'],
  ['cancelled'],
  ['rejected', 'cancelled'],
  ['cancelled', 'rejected'],
  ['rejected', 'in_progress'],
  ['rejected', 'submitted'],
];

/** One entity of every status with every run of onboardings, the oldest first, and a root entity. */
async function everyEntity() {
  const all = ENTITIES.flatMap((status) =>
    ONBOARDINGS.map((onboardings) => ({ status, onboardings, isRoot: false })),
  );
  const rows = [...all, { status: null, onboardings: [], isRoot: true }].map((each) => ({
    ...each,
    id: `ent_${crypto.randomUUID()}`,
  }));
  const same = { mode: 'test', raw: {}, syncedAt: new Date() };
  await db().entity.createMany({
    data: rows.map(({ onboardings: _, isRoot, ...entity }) => ({
      ...{ ...same, ...entity, isRoot, holderName: 'ACME', holderId: 'ACM010101AB1' },
    })),
  });
  const { mode: _, ...kept } = same;
  await db().onboarding.createMany({
    data: rows.flatMap(({ id, onboardings }) =>
      onboardings.map((status, nth) => ({
        ...{ ...kept, id: `onbprc_${crypto.randomUUID()}`, entityId: id, status },
        createdAt: new Date(Date.now() - (onboardings.length - nth) * DAY_MS),
      })),
    ),
  });
}

describe('a KYB', () => {
  it('waits for us, for Fintoc or for nobody, in the list, in the count and on its page alike', async () => {
    await everyEntity();
    const entities = await db().entity.findMany({ include: { onboardings: true } });
    const bySql = await db().$queryRaw<{ id: string; wait: string | null }[]>`
      SELECT e.id, ${KYB_WAIT} AS wait FROM entities e`;
    const said = new Map(bySql.map(({ id, wait }) => [id, wait]));
    for (const entity of entities)
      expect(said.get(entity.id), `${entity.status} ${entity.onboardings.map(({ status }) => status)}`).toBe(
        kybWait(entity),
      );
    const ours = entities.filter((entity) => !['fintoc', null].includes(kybWait(entity)));
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEntities(ANYBODY, { kyb: ['ours'], cursor });
      listed.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(listed.sort()).toEqual(ours.map(({ id }) => id).sort());
    const { kyb } = await whatWaits();
    const count = (wait: string) => entities.filter((entity) => kybWait(entity) === wait).length;
    expect(kyb).toEqual({
      rejected: count('rejected'),
      notStarted: count('not_started'),
      toComplete: count('to_complete'),
      underReview: count('fintoc'),
    });
    expect(kyb.rejected + kyb.notStarted + kyb.toComplete).toBe(ours.length);
  });
});

describe('an opening', () => {
  const facts = (onboardings: string[]) => ({
    ...{ isRoot: false, status: null },
    onboardings: onboardings.map((status) => ({ status, reviewedAt: null, createdAt: new Date() })),
  });
  const at = (openingStep: string, openingError: string | null, onboardings: string[] = []) =>
    openingWait({ openingStep, openingError, entity: facts(onboardings) });

  it('goes on by itself only where nobody has to do anything', () => {
    expect(at('account', null)).toBe('itself');
    expect(at('account', 'http_503')).toBe('itself');
    expect(at('account', 'root_account_not_synced')).toBe('itself');
    expect(at('kyb', null, ['approved'])).toBe('itself');
    expect(at('kyb', 'kyb_not_approved', ['submitted'])).toBe('fintoc');
    expect(at('kyb', 'kyb_not_approved')).toBe('kyb_not_started');
    expect(at('kyb', 'kyb_not_approved', ['in_progress'])).toBe('kyb_to_complete');
    expect(at('kyb', 'kyb_not_approved', ['rejected'])).toBe('kyb_rejected');
    expect(at('entity', 'invalid_holder_id')).toBe('person');
    // Whoever has to ask Fintoc for something is a person; what Fintoc mends unasked is Fintoc's.
    for (const code of ['product_access_required', 'country_not_supported', 'root_account_not_active'])
      expect(at('account', code), code).toBe('person');
    expect(at('account', 'something_new')).toBe('person');
    expect(at('account', 'duplicate_tracking_key_by_issuer_and_operation_day')).toBe('fintoc');
    for (const step of ['entity', 'kyb', 'account'])
      expect(at(step, 'standstill', ['approved'])).toBe('person');
  });
});
