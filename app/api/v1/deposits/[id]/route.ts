import { deposits } from '~/lib/api/deposits';
import { routes } from '~/lib/api/handle';

export const { GET, POST, PATCH, PUT, DELETE } = routes(deposits.get);
