import { authorize, type OperatorActor } from '~/lib/actor';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { byName } from '~/lib/names';
import type { SavedView } from '~/prisma/generated/client';

/** Of one list, one person's: more than fits a menu is found by nobody. */
const MOST = 50;

type NewView = { path: string; query: string; name: string; shared?: boolean | undefined };

/**
 * Keeps the filters of a list under a name; under a name that its owner gave before, in their place. Throws `forbidden`
 * where somebody shares it who leaves colleagues nothing, and `too_many_views` of the name from
 * the fifty-first of a list on.
 */
export async function saveView(
  actor: OperatorActor,
  { shared = false, ...view }: NewView,
): Promise<SavedView> {
  authorize(actor, 'console:read');
  if (shared) authorize(actor, 'notes:write');
  const { path, query, name } = view;
  const key = { path, operatorId: actor.id, name };
  return transaction(async (tx) => {
    const others = { path, operatorId: actor.id, name: { not: name } };
    if ((await tx.savedView.count({ where: others })) >= MOST)
      throw new InvalidInputError({ name: 'too_many_views' });
    return tx.savedView.upsert({
      where: { path_operatorId_name: key },
      create: { ...key, query, shared },
      update: { query, shared },
    });
  });
}

/** Forgets a view; what colleagues shared only an admin does. Forgotten twice, it is forgotten. */
export async function forgetView(actor: OperatorActor, { viewId }: { viewId: string }): Promise<void> {
  authorize(actor, 'console:read');
  const view = await db().savedView.findUnique({ where: { id: viewId } });
  if (!view) return;
  const isTheirs = view.operatorId === actor.id || (view.shared && actor.role === 'admin');
  // What isn't shared is nobody else's to know of.
  if (!isTheirs)
    throw view.shared ? new DomainError('forbidden', 'It is a colleague’s.') : notFound('view', viewId);
  await db().savedView.deleteMany({ where: { id: viewId } });
}

export type ListedView = Pick<SavedView, 'id' | 'name' | 'query' | 'shared'> & {
  /** Whose it is; null: the reader's own. */
  by: string | null;
  forgettable: boolean;
};

/** The views of a list that a person has, and those that colleagues share, by name. */
export async function listViews(
  reader: Pick<OperatorActor, 'id' | 'role'>,
  path: string,
): Promise<ListedView[]> {
  const views = await db().savedView.findMany({
    where: { path, OR: [{ operatorId: reader.id }, { shared: true }] },
    include: { operator: { select: { name: true } } },
    take: 10 * MOST,
  });
  return byName(
    views.map(({ id, name, query, shared, operatorId, operator }) => {
      const isOwn = operatorId === reader.id;
      const forgettable = isOwn || reader.role === 'admin';
      return { id, name, query, shared, by: isOwn ? null : operator.name, forgettable };
    }),
  );
}

/** A number or code of somebody's has so many letters and digits; fewer are anybody's. */
const LEAST_CODE = 8;

/** Forgets the views that look for somebody who is erased: by all of a name, or by a number or address of theirs. */
export async function forgetViewsOf(tx: Tx, called: readonly string[]): Promise<void> {
  const wanted = called.map(wordsOf);
  const views = await tx.savedView.findMany({ select: { id: true, name: true, query: true } });
  const ids = views.flatMap(({ id, name, query }) => {
    const filters = new URLSearchParams(query);
    const typed = [name, ...filters.getAll('q')].map(wordsOf);
    const all = [...typed, ...[...filters.values()].map(wordsOf)];
    return wanted.some((each) => (isCode(each) ? saysCode(all, each) : saysWords(typed, each))) ? [id] : [];
  });
  await tx.savedView.deleteMany({ where: { id: { in: ids } } });
}

function isCode(words: readonly string[]): boolean {
  const code = words.join('');
  return code.length >= LEAST_CODE && /\d/.test(code);
}

/** However it is parted. */
function saysCode(texts: readonly string[][], wanted: readonly string[]): boolean {
  return texts.some((words) => words.join('').includes(wanted.join('')));
}

/** In whatever order; what has no letters is nobody's name. */
function saysWords(texts: readonly string[][], wanted: readonly string[]): boolean {
  if (!wanted.some((word) => /\p{L}/u.test(word))) return false;
  return texts.some((words) => wanted.every((word) => words.includes(word)));
}

function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}
