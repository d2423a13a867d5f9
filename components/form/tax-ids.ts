import { onDemand } from '~/components/ui/on-demand';

/** How tax ids are checked: a form can be filled in before it says what it makes of one. */
export const taxIdChecks = onDemand(() => import('~/lib/tax-id'));
