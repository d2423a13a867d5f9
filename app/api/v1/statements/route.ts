import { routes } from '~/lib/api/handle';
import { statements } from '~/lib/api/statements';

export const { GET, POST, PATCH, PUT, DELETE } = routes(statements.list, statements.create);
