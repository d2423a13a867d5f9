import { getTranslations } from 'next-intl/server';
import { asked } from '~/app/api/asked';
import type { Found } from '~/components/form/lookup-fields';
import { getWalletName } from '~/components/words/get-wallet-name';
import { signedIn } from '~/lib/session';
import { joined } from '~/lib/text';
import { listWallets } from '~/lib/wallets/wallets';

const MOST = 20;
const MAX_TEXT = 200;

/** A word as searches have it: without case and accents. */
const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** What the wallet filter offers for `?q=`: by name, customer or CLABE, the newest first; without words the newest. */
export async function GET(request: Request): Promise<Response> {
  return signedIn(async (operator) => {
    const text = asked(request, 'q').slice(0, MAX_TEXT);
    const [t, nameOf, house, { items }] = await Promise.all([
      getTranslations('kinds.wallet'),
      getWalletName(),
      listWallets(operator, { kind: ['house'] }),
      listWallets(operator, { text }),
    ]);
    // A house wallet's name is stored in one language and read in two.
    const own = house.items.filter((wallet) => text && plain(nameOf(wallet)).includes(plain(text)));
    const wallets = [...own, ...items.filter(({ id }) => !own.some((each) => each.id === id))].slice(0, MOST);
    const found: Found[] = wallets.map((wallet) => ({
      value: wallet.id,
      label: nameOf(wallet),
      hint: joined([
        wallet.customer
          ? `${wallet.customer.name} (${wallet.customer.taxIdEnd})`
          : `${t(wallet.kind)} · ${wallet.assets.map(({ asset }) => asset).join(', ')}`,
        ...wallet.assets.map(({ accountNumber }) => accountNumber && `••${accountNumber.number.slice(-4)}`),
      ]),
    }));
    return Response.json({ found });
  });
}
