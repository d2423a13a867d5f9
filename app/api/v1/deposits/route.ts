import { deposits } from '~/lib/api/deposits';
import { serve } from '~/lib/api/handle';

export const GET = serve(deposits.list);
