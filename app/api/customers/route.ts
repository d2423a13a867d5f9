import { getTranslations } from 'next-intl/server';
import { asked } from '~/app/api/asked';
import type { Found } from '~/components/form/lookup-fields';
import { listCustomers } from '~/lib/people/customers';
import { textOf } from '~/lib/people/masking';
import { signedIn } from '~/lib/session';
import { joined } from '~/lib/text';

const MOST = 20;
const MAX_TEXT = 200;

/** What the customer filter offers for `?q=`: by name or tax id, as far as the reader sees it; without words the newest. */
export async function GET(request: Request): Promise<Response> {
  return signedIn(async (operator) => {
    const text = asked(request, 'q').slice(0, MAX_TEXT);
    const [kinds, { items }] = await Promise.all([
      getTranslations('kinds.customer'),
      listCustomers(operator, { text }, MOST),
    ]);
    const found: Found[] = items.map(({ id, name, kind, taxId }) => ({
      ...{ value: id, label: name },
      hint: joined([kinds(kind), textOf(taxId)]),
    }));
    return Response.json({ found });
  });
}
