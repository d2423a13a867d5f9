import { z } from 'zod';
import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';

/** Up to sixty days. */
const dueHours = (hours: number) => z.number().int().min(1).max(1_440).default(hours);

/** Null: never. */
const stopsFrom = (count: number) => z.number().int().min(1).max(100_000).nullable().default(count);

/** What an admin may change while everything runs. */
const SETTINGS = {
  /** The CLABE that Fintoc's daily settlement goes to; a payout of that name to any other has to be explained. */
  settlementNumber: z
    .object({
      MXN: z
        .string()
        .regex(/^\d{18}$/)
        .nullable(),
    })
    .default({ MXN: null }),
  /**
   * How many payouts of an account, and of all accounts together, may come back or fail within an hour, and of how many
   * accounts proofs may be broken.
   */
  payoutStops: z
    .object({
      ...{ returns: stopsFrom(10), failures: stopsFrom(20) },
      ...{ allReturns: stopsFrom(30), allFailures: stopsFrom(60), breaks: stopsFrom(3) },
    })
    .prefault({}),
  /**
   * In how many hours a case is due, by its type. Ours, not the law's: SPEI's rules (Circular 14/2017, 84a VI) have participants
   * keep a procedure for aclaraciones, and whoever runs this has to put in what their contract and authority ask for.
   */
  caseDueHours: z
    .object({
      deposit_claim: dueHours(24),
      withdrawal_claim: dueHours(24),
      wrong_beneficiary: dueHours(24),
      fraud: dueHours(4),
      kyb: dueHours(72),
      other: dueHours(72),
    })
    .prefault({}),
  /** What the platform is called on what goes to its customers, and its mark: the SHA-256 of one of `logos`. */
  platform: z
    .object({
      name: z.string().min(1).max(80).default('Monedero'),
      logo: z
        .string()
        .regex(/^[\da-f]{64}$/)
        .nullable()
        .default(null),
    })
    .prefault({}),
} as const;

export type SettingKey = keyof typeof SETTINGS;
/** What two people change, by verbs of their nouns. */
type OfTwo = 'settlementNumber' | 'payoutStops';
export type SettingValue<Key extends SettingKey> = z.output<(typeof SETTINGS)[Key]>;

export async function getSetting<Key extends SettingKey>(
  key: Key,
  tx: Tx = db(),
): Promise<SettingValue<Key>> {
  const row = await tx.setting.findUnique({ where: { key } });
  return SETTINGS[key].parse(row?.value) as SettingValue<Key>;
}

export async function changeSetting<Key extends Exclude<SettingKey, OfTwo>>(
  actor: Actor,
  { key, value }: { key: Key; value: SettingValue<Key> },
): Promise<void> {
  authorize(actor, 'settings:write');
  await transaction((tx) => writeSetting(tx, actor, { key, value }));
}

/** The same in the caller's transaction, who authorized the actor. */
export async function writeSetting<Key extends SettingKey>(
  tx: Tx,
  actor: Actor,
  { key, value }: { key: Key; value: SettingValue<Key> },
): Promise<void> {
  const parsed = SETTINGS[key].parse(value);
  const before = await getSetting(key, tx);
  await tx.setting.upsert({ where: { key }, create: { key, value: parsed }, update: { value: parsed } });
  await recordAudit(tx, actor, {
    action: 'setting.changed',
    subject: 'setting',
    id: key,
    before,
    after: parsed,
  });
}
