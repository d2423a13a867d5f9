import { serve } from '~/lib/api/handle';
import { wallets } from '~/lib/api/wallets';

export const GET = serve(wallets.get);
export const PATCH = serve(wallets.update);
