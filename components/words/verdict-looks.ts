import type { Tone } from '~/components/ui/badge';
import type { VerdictWord } from '~/lib/whereabouts/verdict';

/** How each answer looks: where the money is as it should be, where it is on its way, and where somebody has to act. */
export const VERDICT_TONES: Record<VerdictWord, Tone> = {
  credited: 'success',
  return_asked: 'warning',
  suspense: 'warning',
  assignment_asked: 'warning',
  returning: 'info',
  returned: 'neutral',
  coming: 'info',
  refused: 'danger',
  waits_approval: 'warning',
  waits_gate: 'warning',
  queued: 'info',
  sending: 'info',
  in_transit: 'info',
  paid: 'success',
  failed: 'danger',
  came_back: 'danger',
  came_back_suspense: 'warning',
  not_sent: 'neutral',
  unexplained: 'danger',
  platform: 'neutral',
};
