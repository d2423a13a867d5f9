import { routes } from '~/lib/api/handle';
import { withdrawals } from '~/lib/api/withdrawals';

export const { GET, POST, PATCH, PUT, DELETE } = routes(withdrawals.get);
