import { serve } from '~/lib/api/handle';
import { holds } from '~/lib/api/holds';

export const GET = serve(holds.list);
export const POST = serve(holds.create);
