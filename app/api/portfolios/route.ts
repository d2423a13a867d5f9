import { asked } from '~/app/api/asked';
import type { Found } from '~/components/form/lookup-fields';
import { searchPortfolios } from '~/lib/people/portfolios';
import { signedIn } from '~/lib/session';

const MAX_TEXT = 200;

/** What the scope of a role is made of for `?q=`: portfolios by their name or their customer's, the newest first. */
export async function GET(request: Request): Promise<Response> {
  return signedIn(async (operator) => {
    const portfolios = await searchPortfolios(operator, asked(request, 'q').slice(0, MAX_TEXT));
    const found: Found[] = portfolios.map(({ id, name, customer }) => ({
      value: id,
      label: name,
      hint: customer,
    }));
    return Response.json({ found });
  });
}
