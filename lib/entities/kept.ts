import { toJson } from '~/lib/audit/audit';
import { type Queryable, type Tx, transaction } from '~/lib/db';
import { dataKeyOf, type KeyOwner, openTexts } from '~/lib/vault/data-keys';
import { keyIdOf, type Place, sealText } from '~/lib/vault/sealed';
import { Prisma } from '~/prisma/generated/client';

/** What a KYB says of people stands sealed, as a text in its column of JSON: under the key of whose entity it is. */
export const KYB_COLUMNS = { draft: 'kyb_drafts.answers', onboarding: 'onboardings.raw' } as const;

type Json = Prisma.InputJsonValue;

/** JSON as it is kept; nothing of whose key was shredded. */
export async function keptJson(tx: Tx, entityId: string, place: Place, value: unknown): Promise<Json> {
  const json = toJson(value);
  if (json === Prisma.DbNull || JSON.stringify(json) === '{}') return {};
  const key = await dataKeyOf(tx, await ownerOf(tx, entityId));
  return key ? sealText(key, place, JSON.stringify(json)) : {};
}

/** An entity that no customer has yet may come by a sync, and its KYB with it. */
async function ownerOf(tx: Tx, entityId: string): Promise<KeyOwner> {
  const entity = await tx.entity.findUnique({ where: { id: entityId }, select: { customerId: true } });
  return entity?.customerId ? `customer:${entity.customerId}` : 'house';
}

/** The rows with their JSON opened: `{}` where nobody can open it any more. */
export async function openedJson<Row, Column extends keyof Row>(
  client: Queryable,
  rows: readonly Row[],
  column: Column,
  placeOf: (row: Row) => Place,
): Promise<Row[]> {
  const sealed = rows.flatMap((row) => {
    const text = row[column];
    return typeof text === 'string' && keyIdOf(text) !== null ? [{ row, place: placeOf(row), text }] : [];
  });
  const texts = await openTexts(client, sealed);
  const opened = new Map(sealed.map(({ row }, nth) => [row, JSON.parse(texts[nth] ?? '{}')]));
  return rows.map((row) => (opened.has(row) ? ({ ...row, [column]: opened.get(row) } as Row) : row));
}

type Part = { entityId: string; part: string; answers: unknown };

export const draftPlace = ({ entityId, part }: Pick<Part, 'entityId' | 'part'>): Place => ({
  column: KYB_COLUMNS.draft,
  row: `${entityId}/${part}`,
});

export function openedDrafts<Row extends Part>(client: Queryable, rows: readonly Row[]): Promise<Row[]> {
  return openedJson(client, rows, 'answers', draftPlace);
}

export const onboardingPlace = (id: string): Place => ({ column: KYB_COLUMNS.onboarding, row: id });

export function openedOnboardings<Row extends { id: string; raw: unknown }>(
  client: Queryable,
  rows: readonly Row[],
): Promise<Row[]> {
  return openedJson(client, rows, 'raw', ({ id }) => onboardingPlace(id));
}

/** What stood under the house's key goes under the customer's, whose the entity is now: so that it goes with theirs. */
export async function sealedAnew(tx: Tx, entityId: string): Promise<void> {
  const drafts = await openedDrafts(tx, await tx.kybDraft.findMany({ where: { entityId } }));
  for (const { part, answers } of drafts)
    await tx.kybDraft.update({
      where: { entityId_part: { entityId, part } },
      data: { answers: await keptJson(tx, entityId, draftPlace({ entityId, part }), answers) },
    });
  const onboardings = await openedOnboardings(tx, await tx.onboarding.findMany({ where: { entityId } }));
  for (const { id, raw } of onboardings)
    await tx.onboarding.update({
      where: { id },
      data: { raw: await keptJson(tx, entityId, onboardingPlace(id), raw) },
    });
}

const AT_ONCE = 50;

/** Seals KYBs from before there were keys, entity by entity. Returns how many. */
export function sealKybs(): Promise<number> {
  return transaction(sealSome);
}

async function sealSome(tx: Tx): Promise<number> {
  const due = await tx.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM entities e
    WHERE e.id IN (
      SELECT entity_id FROM kyb_drafts WHERE jsonb_typeof(answers) = 'object' AND answers <> '{}'
      UNION SELECT entity_id FROM onboardings WHERE jsonb_typeof(raw) = 'object' AND raw <> '{}')
    ORDER BY e.id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`;
  for (const { id } of due) await sealedAnew(tx, id);
  return due.length;
}
