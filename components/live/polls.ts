import { onDemand } from '~/components/ui/on-demand';

/** What asks for news. A page can be read and used before it does. */
export const polls = onDemand(() => import('~/components/live/live-poll'));
