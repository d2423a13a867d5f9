import { adjustments } from '~/lib/api/adjustments';
import { serve } from '~/lib/api/handle';

export const POST = serve(adjustments.reverse);
