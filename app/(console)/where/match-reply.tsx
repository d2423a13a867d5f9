import { repliesToMatch } from '~/app/messages/reply-words';
import { Reply } from '~/components/record/reply';
import type { Match } from '~/lib/whereabouts/evidence';

export async function MatchReply({ match }: { match: Match }) {
  return <Reply texts={await repliesToMatch(match)} />;
}
