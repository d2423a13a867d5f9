import { beneficiaries } from '~/lib/api/beneficiaries';
import { routes } from '~/lib/api/handle';

export const { GET, POST, PATCH, PUT, DELETE } = routes(beneficiaries.list, beneficiaries.create);
