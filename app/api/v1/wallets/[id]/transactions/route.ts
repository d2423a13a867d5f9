import { serve } from '~/lib/api/handle';
import { transactions } from '~/lib/api/transactions';

export const GET = serve(transactions.list);
