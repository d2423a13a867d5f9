import net from 'node:net';
import type { KeyActor } from '~/lib/actor';
import { addressOf } from '~/lib/address';
import { hashOf, networkOf } from '~/lib/api/keys';
import { Problem } from '~/lib/api/problem';
import { countedOf, type Turn, type TurnRow, takeTurn, turnColumns, turnOf } from '~/lib/api/rate';
import { permissionsOf, type Scope } from '~/lib/api/scopes';
import { db, statement } from '~/lib/db';
import { limitsOf } from '~/lib/key-limits';
import { keyName } from '~/lib/people/operator-names';
import { mainRail } from '~/lib/rails/registry';
import { MAY_BE_OLDER } from '~/lib/standstill/caught-up';
import { type ApiKey, Prisma } from '~/prisma/generated/client';

export type Caller = { actor: KeyActor; scopes: readonly Scope[]; version: string; turn: Turn };

/** So long is not written down again when a key was used. */
const USE_KEPT_MS = 60_000;

/**
 * Whose key a request bears, and whether it may ask now. Throws a 401 that says what is wrong with it, and a 403 to the
 * wrong address: neither counts.
 */
export async function authenticate(headers: Headers): Promise<Caller> {
  const [, secret] = /^Bearer +([\w-]{1,200})$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (secret === undefined)
    throw refused('key_missing', 'Send the key’s secret as `Authorization: Bearer mk_…`.');
  const now = new Date();
  const key = await keyOf(secret, now);
  if (!key) throw refused('key_unknown', 'Nobody made this key. Check that its secret is whole.');
  if (key.mayBeOlder) throw booksOlder();
  if (key.revokedAt) throw refused('key_revoked', 'This key was revoked. Use another one.');
  if (key.expiresAt && key.expiresAt <= now)
    throw refused('key_expired', 'This key expired. Make another one.');
  if (key.endsAt && key.endsAt <= now)
    throw refused('key_rotated', 'This key has a newer secret. Use that one.');
  if (!key.activeSince || !key.secretSince)
    throw refused(
      'key_not_approved',
      'This key, or this secret of it, waits for a second person’s approval.',
    );
  if (key.mode !== mainRail().facts().mode)
    throw refused('key_of_other_mode', `This is a ${key.mode} key, and here is none of that mode.`);
  const ip = addressOf(headers);
  if (key.addresses.length > 0 && !isWithin(ip, key.addresses))
    throw new Problem({
      ...{ status: 403, code: 'address_not_allowed', title: 'Address not allowed' },
      detail: 'This key may not be used from this address.',
    });
  if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > USE_KEPT_MS)
    await db().apiKey.updateMany({ where: { id: key.id }, data: { lastUsedAt: now } });
  const scopes = key.scopes as Scope[];
  const { id, name, version, portfolioIds } = key;
  const limits = limitsOf(key.limits);
  return {
    actor: { kind: 'key', id, name: keyName(name), scopes: permissionsOf(scopes), limits, portfolioIds, ip },
    ...{ scopes, version, turn: key.isCounted ? turnOf(key) : await takeTurn(id) },
  };
}

type Found = Pick<
  ApiKey,
  | 'id'
  | 'name'
  | 'mode'
  | 'version'
  | 'scopes'
  | 'limits'
  | 'addresses'
  | 'portfolioIds'
  | 'expiresAt'
  | 'revokedAt'
  | 'activeSince'
  | 'lastUsedAt'
> &
  TurnRow & { secretSince: Date | null; endsAt: Date | null; mayBeOlder: boolean; isCounted: boolean };

/**
 * Whatever a key asks for begins with this: one statement of the driver, which counts the request as well where nothing
 * is wrong with the key; not where it depends on the address.
 */
async function keyOf(secret: string, now: Date): Promise<Found | null> {
  const { mode } = mainRail().facts();
  const { text, values } = Prisma.sql`
    WITH found AS MATERIALIZED (SELECT k.id, k.name, k.mode::text, k.version, k.scopes, k.limits, k.addresses, k.portfolio_ids::text[] AS "portfolioIds", k.expires_at AS "expiresAt",
      k.revoked_at AS "revokedAt", k.active_since AS "activeSince", k.last_used_at AS "lastUsedAt",
      s.active_since AS "secretSince", s.ends_at AS "endsAt", ${MAY_BE_OLDER} AS "mayBeOlder"
    FROM api_key_secrets s JOIN api_keys k ON k.id = s.key_id WHERE s.hash = ${hashOf(secret)}),
    sound AS (SELECT id FROM found WHERE NOT "mayBeOlder" AND "revokedAt" IS NULL AND mode = ${mode}
      AND coalesce("expiresAt" > ${now}, true) AND coalesce("endsAt" > ${now}, true)
      AND "activeSince" IS NOT NULL AND "secretSince" IS NOT NULL AND addresses = '{}'),
    counted AS (${countedOf(Prisma.sql`sound`)})
    SELECT found.*, EXISTS (SELECT FROM sound) AS "isCounted", ${turnColumns(Prisma.sql`found.id`)} FROM found`;
  const [found] = await statement<Found>(db(), text, values);
  return found ?? null;
}

function refused(code: string, detail: string): Problem {
  const headers = { 'www-authenticate': 'Bearer realm="monedero"' };
  return new Problem({ status: 401, code, title: 'Not authenticated', detail, headers });
}

/**
 * A backup knows neither which keys were shut since nor what they asked for: none is taken before two people have let
 * the books go on.
 */
function booksOlder(): Problem {
  return new Problem({
    ...{ status: 503, code: 'books_older', title: 'Books restored from a backup' },
    detail:
      'Keys work again once two people have reviewed what happened since the backup. Send the same request then, under its Idempotency-Key.',
    headers: { 'retry-after': '60' },
  });
}

function isWithin(ip: string, networks: readonly string[]): boolean {
  const version = net.isIP(ip);
  if (version === 0) return false;
  const list = new net.BlockList();
  for (const network of networks.map(networkOf))
    if (network) list.addSubnet(network.address, network.bits, network.family);
  return list.check(ip, version === 4 ? 'ipv4' : 'ipv6');
}
