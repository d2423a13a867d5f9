import { LISTS } from '~/app/api/export/lists';
import { readerOf } from '~/app/api/export/reader';
import { paramsOf } from '~/components/list/read-address';
import { DomainError } from '~/lib/errors';
import { isExportList } from '~/lib/exports/lists';
import { can } from '~/lib/roles';
import { type Operator, signedIn } from '~/lib/session';

/**
 * What a list of money comes to with the filters of its page: amounts as digits, as JSON has no larger numbers. 404 for
 * a list without, 422 for an address that can't be read, 504 where it would take too long.
 */
export async function GET(request: Request, { params }: RouteContext<'/api/totals/[what]'>) {
  const { what } = await params;
  return signedIn((operator) => totalsOf(request, operator, what));
}

async function totalsOf(request: Request, operator: Operator, what: string): Promise<Response> {
  if (!isExportList(what) || !can(operator.role, LISTS[what].permission))
    return new Response(null, { status: 404 });
  try {
    const list = await LISTS[what].open(paramsOf(request.url), await readerOf(operator));
    if (list.unreadable.length > 0) return new Response(null, { status: 422 });
    if (!list.totals) return new Response(null, { status: 404 });
    const totals = await list.totals();
    if (!totals) return new Response(null, { status: 504 });
    const sums = totals.sums.map(({ amount, ...sum }) => ({ ...sum, amount: String(amount) }));
    return Response.json({ ...totals, sums });
  } catch (error) {
    if (error instanceof DomainError) return new Response(null, { status: 404 });
    throw error;
  }
}
