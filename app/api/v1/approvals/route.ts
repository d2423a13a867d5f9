import { approvals } from '~/lib/api/approvals';
import { routes } from '~/lib/api/handle';

export const { GET, POST, PATCH, PUT, DELETE } = routes(approvals.list);
