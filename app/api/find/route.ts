import { asked } from '~/app/api/asked';
import { getWalletName } from '~/components/words/get-wallet-name';
import { find } from '~/lib/find/find';
import { currentOperator } from '~/lib/session';

/** What the finder shows for `?q=`: amounts as digits, as JSON has no larger numbers. */
export async function GET(request: Request): Promise<Response> {
  const operator = await currentOperator();
  if (!operator) return new Response(null, { status: 401 });
  const nameOf = await getWalletName();
  const found = await find(operator, asked(request, 'q'));
  return Response.json({
    found: found.map(({ houseRole, money, at, ...each }) => ({
      ...each,
      name: nameOf({ name: each.name, houseRole }),
      money: money.map(({ amount, asset }) => ({ amount: String(amount), asset })),
      at: at?.toISOString() ?? null,
    })),
  });
}
