import { events } from '~/lib/api/events';
import { serve } from '~/lib/api/handle';

export const GET = serve(events.get);
