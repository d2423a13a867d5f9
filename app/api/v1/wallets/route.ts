import { serve } from '~/lib/api/handle';
import { wallets } from '~/lib/api/wallets';

export const GET = serve(wallets.list);
export const POST = serve(wallets.create);
