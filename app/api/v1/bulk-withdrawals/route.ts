import { bulkWithdrawals } from '~/lib/api/bulk-withdrawals';
import { routes } from '~/lib/api/handle';

export const { GET, POST, PATCH, PUT, DELETE } = routes(bulkWithdrawals.create);
