import { adjustments } from '~/lib/api/adjustments';
import { serve } from '~/lib/api/handle';

export const GET = serve(adjustments.list);
export const POST = serve(adjustments.create);
