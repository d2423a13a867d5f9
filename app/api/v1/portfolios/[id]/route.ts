import { serve } from '~/lib/api/handle';
import { portfolios } from '~/lib/api/portfolios';

export const PATCH = serve(portfolios.update);
