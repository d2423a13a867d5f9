import { z } from 'zod';
import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';

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
} as const;

export type SettingKey = keyof typeof SETTINGS;
export type SettingValue<Key extends SettingKey> = z.output<(typeof SETTINGS)[Key]>;

export async function getSetting<Key extends SettingKey>(
  key: Key,
  tx: Tx = db(),
): Promise<SettingValue<Key>> {
  const row = await tx.setting.findUnique({ where: { key } });
  return SETTINGS[key].parse(row?.value) as SettingValue<Key>;
}

export async function changeSetting<Key extends SettingKey>(
  actor: Actor,
  { key, value }: { key: Key; value: SettingValue<Key> },
): Promise<void> {
  authorize(actor, 'settings:write');
  const parsed = SETTINGS[key].parse(value);
  await transaction(async (tx) => {
    const before = await getSetting(key, tx);
    await tx.setting.upsert({ where: { key }, create: { key, value: parsed }, update: { value: parsed } });
    await recordAudit(tx, actor, {
      action: 'setting.changed',
      subject: 'setting',
      id: key,
      before,
      after: parsed,
    });
  });
}
