import { type Actor, authorize } from '~/lib/actor';
import { askToDo } from '~/lib/approvals/acts';
import { transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { once } from '~/lib/once';
import { type Chosen, countTouched } from '~/lib/terms/assign';
import { doTermsChange } from '~/lib/terms/change';

type NewAssignment = Chosen & { termsId: string; requestId?: string | undefined };

/**
 * Asks for wallets to be under a version of terms (`terms.change`). From then on it is theirs in their next posting; what
 * they used so far counts. Wallets of whom the terms leave out stay where they are. Throws `invalid` where that leaves none.
 */
export async function assignTerms(
  actor: Actor,
  { requestId, ...asked }: NewAssignment,
): Promise<{ id: string }> {
  authorize(actor, 'settings:write');
  const { termsId, fromId, walletIds } = asked;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'terms.assign', requestId, content: asked },
      async () => ({ id: termsId }),
      async () => {
        const terms = await tx.walletTerms.findUnique({ where: { id: termsId } });
        if (!terms) throw notFound('terms', termsId);
        const { wallets, unfit } = await countTouched(tx, terms, { fromId, walletIds });
        if (wallets === 0) throw new InvalidInputError({ fromId: unfit[0]?.why ?? 'no_wallets' });
        const { name, asset, version } = terms;
        const facts = { kind: 'assign', name, asset, version, fromId, walletIds, wallets };
        await askToDo(
          tx,
          actor,
          { action: 'terms.change', subjectId: termsId, facts, reason: name },
          { does: doTermsChange },
        );
        return { id: termsId };
      },
    ),
  );
}
