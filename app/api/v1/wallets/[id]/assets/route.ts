import { routes } from '~/lib/api/handle';
import { walletOpenings } from '~/lib/api/wallet-openings';

export const { GET, POST, PATCH, PUT, DELETE } = routes(walletOpenings.enable);
