import { cache } from 'react';
import { whatWaits } from '~/lib/overview/overview';

/** What waits for a person, found out once for the frame of a page and the page in it. */
export const whatWaitsNow = cache(whatWaits);
