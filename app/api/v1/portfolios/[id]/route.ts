import { routes } from '~/lib/api/handle';
import { portfolios } from '~/lib/api/portfolios';

export const { GET, POST, PATCH, PUT, DELETE } = routes(portfolios.get, portfolios.update);
