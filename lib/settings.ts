import { z } from 'zod';
import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';

/**
 * What an admin may change while everything runs. Amounts are strings in the asset's smallest unit, because JSON
 * has no bigint.
 */
const amountPerAsset = z.object({
  MXN: z.string().regex(/^\d+$/).nullable(),
  CLP: z.string().regex(/^\d+$/).nullable(),
});

const SETTINGS = {
  /** Withdrawals of this amount or more, each or within a day together, need a second person; null: none does. */
  withdrawalApproval: amountPerAsset.default({ MXN: '5000000', CLP: '2500000' }),
  /** The same for what goes to a CLABE that is new. */
  firstPaymentApproval: amountPerAsset.default({ MXN: '1000000', CLP: '500000' }),
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

/** The amount from which a withdrawal of this asset needs a second person; null: never. */
export function approvalThreshold(asset: string, tx?: Tx): Promise<bigint | null> {
  return amountOf('withdrawalApproval', asset, tx);
}

/** The same for a payment to a CLABE that is new. */
export function firstPaymentThreshold(asset: string, tx?: Tx): Promise<bigint | null> {
  return amountOf('firstPaymentApproval', asset, tx);
}

async function amountOf(
  key: 'withdrawalApproval' | 'firstPaymentApproval',
  asset: string,
  tx?: Tx,
): Promise<bigint | null> {
  const { MXN, CLP } = await getSetting(key, tx);
  const text = asset === 'MXN' ? MXN : asset === 'CLP' ? CLP : null;
  return text === null ? null : BigInt(text);
}
