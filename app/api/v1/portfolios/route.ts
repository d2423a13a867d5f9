import { serve } from '~/lib/api/handle';
import { portfolios } from '~/lib/api/portfolios';

export const GET = serve(portfolios.list);
export const POST = serve(portfolios.create);
