import { adjustments } from '~/lib/api/adjustments';
import { routes } from '~/lib/api/handle';

export const { GET, POST, PATCH, PUT, DELETE } = routes(adjustments.reverse);
