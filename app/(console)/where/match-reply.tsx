import { Reply } from '~/app/(console)/where/reply';
import { repliesToMatch } from '~/app/(console)/where/reply-words';
import type { Match } from '~/lib/whereabouts/evidence';

export async function MatchReply({ match }: { match: Match }) {
  return <Reply texts={await repliesToMatch(match)} />;
}
