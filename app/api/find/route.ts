import { asked, askedEach } from '~/app/api/asked';
import { getWalletName } from '~/components/words/get-wallet-name';
import { find, findAgain } from '~/lib/find/find';
import { refOf } from '~/lib/find/things';
import { signedIn } from '~/lib/session';

/**
 * What the finder shows for `?q=`, or of each `?again=wallet:…` as it is now: amounts as digits, as JSON has no larger
 * numbers.
 */
export async function GET(request: Request): Promise<Response> {
  return signedIn(async (operator) => {
    const again = askedEach(request, 'again').flatMap((text) => refOf(text) ?? []);
    const [nameOf, found] = await Promise.all([
      getWalletName(),
      again.length > 0 ? findAgain(operator, again) : find(operator, asked(request, 'q')),
    ]);
    return Response.json({
      found: found.map(({ houseRole, money, at, ...each }) => ({
        ...each,
        name: nameOf({ name: each.name, houseRole }),
        money: money.map(({ amount, asset }) => ({ amount: String(amount), asset })),
        at: at?.toISOString() ?? null,
      })),
    });
  });
}
