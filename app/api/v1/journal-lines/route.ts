import { routes } from '~/lib/api/handle';
import { journalLines } from '~/lib/api/journal-lines';

export const { GET, POST, PATCH, PUT, DELETE } = routes(journalLines.list);
