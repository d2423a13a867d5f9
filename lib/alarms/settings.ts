import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { env, isLoopback } from '~/lib/env';
import { InvalidInputError } from '~/lib/errors';
import { seal } from '~/lib/secrets';

const KEY = 'alarms';
const URL_MAX = 2_000;

const schema = z
  .object({
    webhookUrl: z.string().nullable().default(null),
    /** AES-256-GCM under SECRETS_KEY. */
    encryptedSecret: z.string().nullable().default(null),
    submittingMinutes: z.number().int().min(1).max(1_440).default(15),
  })
  .default({ webhookUrl: null, encryptedSecret: null, submittingMinutes: 15 });
export type AlarmSettings = z.output<typeof schema>;

export const CHANNELS = ['webhook', 'command'] as const;
export type Channel = (typeof CHANNELS)[number];

export async function alarmSettings(tx: Tx = db()): Promise<AlarmSettings> {
  const row = await tx.setting.findUnique({ where: { key: KEY } });
  return schema.parse(row?.value);
}

/** How alarms leave this machine, as far as this process knows. */
export async function channels(tx: Tx = db()): Promise<Channel[]> {
  const { webhookUrl } = await alarmSettings(tx);
  return CHANNELS.filter((channel) =>
    channel === 'webhook' ? webhookUrl !== null : env().ALARM_COMMAND !== undefined,
  );
}

/**
 * Where alarms are posted; without an address nowhere. A new address gets a new secret, which is answered this once:
 * who receives checks by it that an alarm is ours.
 */
export async function setAlarmWebhook(
  actor: Actor,
  { url = '' }: { url?: string | undefined },
): Promise<{ secret?: string }> {
  authorize(actor, 'settings:write');
  const webhookUrl = url.trim() === '' ? null : checkedUrl(url.trim());
  const { webhookUrl: before } = await alarmSettings();
  if (webhookUrl === before) return {};
  const secret = webhookUrl === null ? null : newSecret();
  await change(actor, { webhookUrl, encryptedSecret: secret && seal(secret) });
  return secret ? { secret } : {};
}

/** Another secret for the same address; what waits is signed with it from now on. */
export async function rotateAlarmSecret(actor: Actor): Promise<{ secret: string }> {
  authorize(actor, 'settings:write');
  const { webhookUrl } = await alarmSettings();
  if (webhookUrl === null) throw new InvalidInputError({ url: 'required' });
  const secret = newSecret();
  await change(actor, { encryptedSecret: seal(secret) });
  return { secret };
}

/** How long a withdrawal may be on its way to Fintoc without an answer. */
export async function setSubmittingMinutes(actor: Actor, { minutes }: { minutes: number }): Promise<void> {
  authorize(actor, 'settings:write');
  await change(actor, { submittingMinutes: minutes });
}

async function change(actor: Actor, changes: Partial<AlarmSettings>): Promise<void> {
  await transaction(async (tx) => {
    const before = await alarmSettings(tx);
    const value = schema.parse({ ...before, ...changes });
    await tx.setting.upsert({ where: { key: KEY }, create: { key: KEY, value }, update: { value } });
    await recordAudit(tx, actor, {
      action: 'alarm.settings_changed',
      subject: 'setting',
      id: KEY,
      before: withoutSecrets(before),
      after: {
        ...withoutSecrets(value),
        addressReplaced: before.webhookUrl !== value.webhookUrl,
        secretReplaced: before.encryptedSecret !== value.encryptedSecret,
      },
    });
  });
}

/** The path of an address may be a secret too: whoever knows it posts there. */
function withoutSecrets({ webhookUrl, submittingMinutes }: AlarmSettings) {
  return { webhook: webhookUrl && new URL(webhookUrl).origin, submittingMinutes };
}

/** Encrypted on its way, unless it doesn't leave the machine. */
function checkedUrl(text: string): string {
  const url = URL.canParse(text) && text.length <= URL_MAX ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw new InvalidInputError({ url: 'url_format' });
  if (url.protocol === 'http:' && !isLoopback(url)) throw new InvalidInputError({ url: 'url_needs_https' });
  if (url.username || url.password) throw new InvalidInputError({ url: 'url_with_password' });
  return url.href;
}

function newSecret(): string {
  return `alarm_${randomBytes(32).toString('base64url')}`;
}
