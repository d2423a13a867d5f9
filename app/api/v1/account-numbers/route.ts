import { accountNumbers } from '~/lib/api/account-numbers';
import { serve } from '~/lib/api/handle';

export const GET = serve(accountNumbers.list);
