import { z } from 'zod';
import type { Actor } from '~/lib/actor';
import { doUnlessRuled, requireDone } from '~/lib/approvals/acts';
import type { RuleFacts } from '~/lib/approvals/conditions';
import { type Tx, transaction } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { LIFECYCLE_SUBJECTS, type LifecycleSubject } from '~/lib/wallets/acts';
import type { AssetWallet } from '~/lib/wallets/asset-wallets';
import { FREEZE_DIRECTIONS } from '~/lib/wallets/frozen';
import { FROZEN_DEPOSITS } from '~/lib/wallets/frozen-deposits';

/** What a freeze, the end of one, or a closing is decided on; `of` and `id` say of what, `name` what it is called. */
export const lifecycleShape = z.object({
  of: z.enum(LIFECYCLE_SUBJECTS),
  id: z.uuid(),
  name: z.string(),
  direction: z.enum(FREEZE_DIRECTIONS).optional(),
  until: z.coerce.date().optional(),
  deposits: z.enum(FROZEN_DEPOSITS).optional(),
  closedBy: z.enum(['platform', 'customer']).optional(),
});
type Facts = Omit<z.output<typeof lifecycleShape>, 'of' | 'id' | 'name'>;

type RuledAct = {
  action: 'wallet.freeze' | 'wallet.unfreeze' | 'wallet.close';
  of: LifecycleSubject;
  id: string;
  reason: string;
  facts?: Facts;
  /** Under what it is asked for; sent again it waits as it did. `content`: the facts, where those are reckoned from now. */
  requestId?: string | undefined;
  content?: object;
};

/**
 * For verbs, which authorize the asker: does an act on a wallet, or on all of a customer's or portfolio's. Where a rule has somebody else decide on it, it
 * throws `rule_asks`: it waits, once it was found that it could be done.
 */
export async function unlessRuled<Done>(
  asker: Actor,
  { action, of, id, reason, facts, requestId, content = { reason, ...facts } }: RuledAct,
  does: (tx: Tx, actor: Actor) => Promise<Done>,
): Promise<Done> {
  const { made, waits } = await transaction(async (tx) => {
    const made: { done?: Done } = {};
    const name = await nameOf(tx, of, id);
    const wallet = await walletsOf(tx, { of, id });
    const { waits } = await doUnlessRuled(
      tx,
      asker,
      {
        ...{ action, subjectType: of, subjectId: id, reason },
        ...{ facts: { of, id, name, ...facts }, known: { ...(wallet && { wallet }) } },
      },
      async (tx, by) => {
        made.done = await does(tx, by);
      },
      { rehearsed: true, sent: { requestId, content } },
    );
    return { made, waits };
  });
  requireDone({ waits });
  if (made.done === undefined) throw new Error('What waits for nobody is done.');
  return made.done;
}

async function nameOf(tx: Tx, of: LifecycleSubject, id: string): Promise<string> {
  const query = { where: { id }, select: { name: true } };
  const row =
    of === 'wallet'
      ? await tx.wallet.findUnique(query)
      : of === 'customer'
        ? await tx.customer.findUnique(query)
        : await tx.portfolio.findUnique(query);
  if (!row) throw notFound(of, id);
  return row.name;
}

/** What rules look at, where it is one answer: of wallets that differ they look at none, and so at all. */
async function walletsOf(
  tx: Tx,
  { of, id }: Pick<RuledAct, 'of' | 'id'>,
): Promise<RuleFacts['wallet'] | undefined> {
  const wallet = of === 'wallet' ? { id } : of === 'customer' ? { customerId: id } : { portfolioId: id };
  return oneWallet(tx, wallet);
}

/** What rules look at of a wallet in one of its assets. */
export async function ruledWallet(
  tx: Tx,
  { kind, pattern, termsId }: Pick<AssetWallet, 'kind' | 'pattern' | 'termsId'>,
): Promise<NonNullable<RuleFacts['wallet']>> {
  const { name } = await tx.walletTerms.findUniqueOrThrow({
    where: { id: termsId },
    select: { name: true },
  });
  return { kind, pattern, terms: name };
}

/** The kind, pattern and terms that all of these wallets have in common; undefined where they differ. */
export async function oneWallet(
  tx: Tx,
  wallet: { id?: string; customerId?: string; portfolioId?: string },
): Promise<RuleFacts['wallet'] | undefined> {
  const rows = await tx.walletAsset.findMany({
    where: { wallet },
    select: { pattern: true, terms: { select: { name: true } }, wallet: { select: { kind: true } } },
  });
  const [first] = rows;
  const isOne = rows.every(
    ({ pattern, terms, wallet: { kind } }) =>
      pattern === first?.pattern && terms.name === first?.terms.name && kind === first?.wallet.kind,
  );
  return first && isOne
    ? { kind: first.wallet.kind, pattern: first.pattern, terms: first.terms.name }
    : undefined;
}
