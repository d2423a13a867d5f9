import { deliveriesOf } from '~/lib/inbox/answer';

/** Fintoc's deliveries, where no entrance stands before the app and takes them (lib/entrance). */
export const POST = deliveriesOf('fintoc');
