import { routes } from '~/lib/api/handle';
import { wallets } from '~/lib/api/wallets';

export const { GET, POST, PATCH, PUT, DELETE } = routes(wallets.unfreeze);
