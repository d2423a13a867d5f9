import { deposits } from '~/lib/api/deposits';
import { serve } from '~/lib/api/handle';

export const POST = serve(deposits.assign);
