import { type Actor, authorize } from '~/lib/actor';
import { askToDo } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { type AssetCode, isAsset } from '~/lib/money';
import { byName } from '~/lib/names';
import { once } from '~/lib/once';
import { doTermsChange } from '~/lib/terms/change';
import { factsOfTerms, type TermsFacts } from '~/lib/terms/fields';
import { lineOf } from '~/lib/text';
import type { Prisma, WalletTerms } from '~/prisma/generated/client';

export const DEFAULT_TERMS = 'walletDefault';

/** The newest default terms of an asset, made on first use: everything on, no limits, no fees. */
export async function ensureDefaultTerms(tx: Tx, asset: AssetCode): Promise<WalletTerms> {
  const name = defaultTermsName(asset);
  await tx.walletTerms.createMany({ data: [{ name, asset }], skipDuplicates: true });
  return tx.walletTerms.findFirstOrThrow({ where: { name }, orderBy: { version: 'desc' } });
}

function defaultTermsName(asset: string): string {
  return asset === 'MXN' ? DEFAULT_TERMS : `${DEFAULT_TERMS}${asset}`;
}

/** Whether these are the terms that a wallet gets when none are named. */
export function isDefaultTerms({ name, asset }: { name: string; asset: string }): boolean {
  return name === defaultTermsName(asset);
}

const COUNTED = { _count: { select: { wallets: true } } } satisfies Prisma.WalletTermsInclude;

/** One version, with how many wallets are under it. */
export type TermsRecord = Prisma.WalletTermsGetPayload<{ include: typeof COUNTED }>;

/** The newest version of each terms; `wallets` counts those under any of its versions. */
export async function listTerms(): Promise<TermsRecord[]> {
  const versions = await db().walletTerms.findMany({ include: COUNTED, orderBy: { version: 'desc' } });
  const newest = new Map<string, TermsRecord>();
  for (const terms of versions) {
    const known = newest.get(terms.name);
    if (known) known._count.wallets += terms._count.wallets;
    else newest.set(terms.name, terms);
  }
  return byName([...newest.values()]);
}

export async function getTerms(id: string): Promise<TermsRecord> {
  const terms = await db().walletTerms.findUnique({ where: { id }, include: COUNTED });
  if (!terms) throw notFound('terms', id);
  return terms;
}

/** All versions of the same terms, the newest first, each with how many wallets are under it. */
export function listVersions(name: string): Promise<TermsRecord[]> {
  return db().walletTerms.findMany({
    where: { name },
    include: COUNTED,
    orderBy: { version: 'desc' },
  });
}

/** Every version of every terms in an asset, for a choice among them. */
export async function listVersionsIn(asset: string): Promise<TermsRecord[]> {
  const versions = await db().walletTerms.findMany({
    where: { asset },
    include: COUNTED,
    orderBy: { version: 'desc' },
  });
  return byName(versions);
}

type Change = { id: string; requestId?: string | undefined } & Partial<TermsFacts>;

/**
 * Asks for a new version of terms (`terms.change`); wallets stay under theirs until they are assigned to it. `id` is the
 * newest version, and what isn't given stays as it is there. Throws `conflict` where there is a newer one.
 */
export async function changeTerms(actor: Actor, { id, requestId, ...facts }: Change) {
  authorize(actor, 'settings:write');
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'terms.change', requestId, content: { id, ...facts } },
      async () => ({ id }),
      async () => {
        const before = await tx.walletTerms.findUnique({ where: { id } });
        if (!before) throw notFound('terms', id);
        await requireNewest(tx, before);
        const { name, asset, version } = before;
        const was = factsOfTerms(before);
        const asked = { kind: 'version', name, asset, version, before: was, after: { ...was, ...facts } };
        const what = { action: 'terms.change', subjectId: id, facts: asked, reason: name } as const;
        await askToDo(tx, actor, what, { does: doTermsChange });
        return { id };
      },
    ),
  );
}

async function requireNewest(tx: Tx, { name, version }: WalletTerms): Promise<void> {
  const newer = await tx.walletTerms.findFirst({ where: { name, version: { gt: version } } });
  if (newer) throw new DomainError('conflict', 'There is a newer version.', { status: `v${newer.version}` });
}

type NewTerms = { name: string; asset: string } & Partial<TermsFacts>;

/** Makes terms of a new name, in their first version. No wallet is under them yet, so nobody else is asked. */
export async function createTerms(
  actor: Actor,
  { requestId, ...given }: NewTerms & { requestId?: string | undefined },
) {
  authorize(actor, 'settings:write');
  const input = { ...given, name: lineOf(given.name) };
  if (input.name === '') throw new InvalidInputError({ name: 'required' });
  if (!isAsset(input.asset)) throw new InvalidInputError({ asset: 'unknown_asset' });
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'terms.create', requestId, content: input },
      (id) => tx.walletTerms.findUniqueOrThrow({ where: { id } }),
      () => writeTerms(tx, actor, input),
    ),
  );
}

async function writeTerms(tx: Tx, actor: Actor, input: NewTerms) {
  const [terms] = await tx.walletTerms.createManyAndReturn({
    data: [input],
    skipDuplicates: true,
  });
  if (!terms) throw new InvalidInputError({ name: 'taken' });
  await recordAudit(tx, actor, {
    action: 'wallet_terms.created',
    subject: 'wallet_terms',
    id: terms.id,
    after: terms,
  });
  return terms;
}
