import { serve } from '~/lib/api/handle';
import { withdrawals } from '~/lib/api/withdrawals';

export const POST = serve(withdrawals.cancel);
