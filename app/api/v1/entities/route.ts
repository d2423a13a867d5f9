import { entities } from '~/lib/api/entities';
import { routes } from '~/lib/api/handle';

export const { GET, POST, PATCH, PUT, DELETE } = routes(entities.list, entities.create);
