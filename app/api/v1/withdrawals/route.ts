import { routes } from '~/lib/api/handle';
import { payouts } from '~/lib/api/payouts';
import { withdrawals } from '~/lib/api/withdrawals';

export const { GET, POST, PATCH, PUT, DELETE } = routes(withdrawals.list, payouts.create);
