import { adjustments } from '~/lib/api/adjustments';
import type { Caller } from '~/lib/api/authenticate';
import { customers } from '~/lib/api/customers';
import { holds } from '~/lib/api/holds';
import type { Operation } from '~/lib/api/operation';
import { Problem } from '~/lib/api/problem';
import type { Expandable } from '~/lib/api/shapes';
import { wallets } from '~/lib/api/wallets';
import { withdrawals } from '~/lib/api/withdrawals';

/** What may stand whole beside its id, and how it is read. */
const READ_BY: Record<Expandable, Operation> = {
  wallet: wallets.get,
  from_wallet: wallets.get,
  to_wallet: wallets.get,
  customer: customers.get,
  withdrawal: withdrawals.get,
  balance_adjustment: adjustments.get,
  hold: holds.get,
};

type Row = Record<string, unknown>;

/**
 * An answer with what `expand[]` names put beside the ids, as the API shows it to this caller: each once, however many
 * rows name it. Throws a 403 where the key may not read it.
 */
export async function expanded(
  answer: unknown,
  names: readonly Expandable[],
  caller: Caller,
): Promise<unknown> {
  const list = answer as { object?: string; data?: Row[] };
  const rows = list.object === 'list' && list.data ? list.data : [answer as Row];
  for (const name of names) await put(rows, name, caller);
  return answer;
}

async function put(rows: readonly Row[], name: Expandable, { actor, scopes }: Caller): Promise<void> {
  const { scope, params, run } = READ_BY[name];
  if (scope !== null && !scopes.includes(scope))
    throw new Problem({
      ...{ status: 403, code: 'scope_missing', title: 'Not allowed', extra: { scope } },
      detail: `To expand ${name} takes a key with the scope ${scope}.`,
    });
  const ids = [...new Set(rows.map((row) => row[`${name}_id`]).filter((id) => typeof id === 'string'))];
  const found = new Map(
    await Promise.all(
      ids.map(async (id) => {
        const call = {
          actor,
          scopes,
          params: params.parse({ id }),
          query: {},
          body: undefined,
          requestId: '',
        };
        return [id, await run(call)] as const;
      }),
    ),
  );
  for (const row of rows) row[name] = found.get(String(row[`${name}_id`])) ?? null;
}
