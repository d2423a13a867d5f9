import { serve } from '~/lib/api/handle';
import { wallets } from '~/lib/api/wallets';

export const POST = serve(wallets.reopen);
