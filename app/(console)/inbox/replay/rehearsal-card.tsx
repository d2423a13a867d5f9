import { Ban, CircleCheck, CircleDashed, Clock, type LucideIcon, OctagonX, PlusCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { FailureWords } from '~/app/(console)/inbox/failure-words';
import { Standing } from '~/app/(console)/inbox/standing';
import { Journal } from '~/components/money/journal';
import { Identifier } from '~/components/record/identifier';
import { Badge, type Tone } from '~/components/ui/badge';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { transactionLabel } from '~/components/words/action-label';
import type { Owner } from '~/lib/books/books';
import type { Rehearsal } from '~/lib/inbox/rehearse';

const LOOKS: Record<Rehearsal['outcome'], { tone: Tone; icon: LucideIcon }> = {
  posts: { tone: 'success', icon: PlusCircle },
  nothing: { tone: 'neutral', icon: CircleCheck },
  refused: { tone: 'danger', icon: OctagonX },
  fails: { tone: 'danger', icon: Ban },
  unhandled: { tone: 'neutral', icon: CircleDashed },
  busy: { tone: 'info', icon: Clock },
};

type RehearsalCardProps = { rehearsal: Rehearsal; owners: ReadonlyMap<string, Owner> };

/** One event of a dry run: the very entries that it would post, or why there are none. */
export function RehearsalCard({ rehearsal, owners }: RehearsalCardProps) {
  const t = useTranslations('inbox.rehearse');
  const kinds = useTranslations('kinds');
  const { event, outcome, reason, transactions, standing } = rehearsal;
  const { tone, icon } = LOOKS[outcome];
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-4 py-2.5">
        <h2 className="grid min-w-0 gap-0.5 text-sm">
          <Link
            href={`/inbox/${encodeURIComponent(event.id)}`}
            className="w-fit rounded-sm font-medium font-mono hover:text-link hover:underline max-sm:py-2"
          >
            {event.type}
          </Link>
          <Identifier value={event.id} copy={false} className="font-normal text-muted-foreground" />
        </h2>
        <Badge tone={tone} icon={icon}>
          {t(`outcomes.${outcome}`, { count: transactions.length })}
        </Badge>
      </div>
      {transactions.map((transaction) => (
        <div key={String(transaction.id)} className="border-b last:border-b-0">
          <h3 className="px-4 pt-3 pb-1 font-medium text-sm">{transactionLabel(kinds, transaction.kind)}</h3>
          <Journal
            label={transactionLabel(kinds, transaction.kind)}
            entries={transaction.entries}
            owners={owners}
          />
        </div>
      ))}
      {outcome === 'posts' ? null : (
        <div className="grid gap-2 px-4 py-3 text-sm">
          <p>{reason === null ? t(`meaning.${outcome}`) : <FailureWords lastError={reason} />}</p>
          {reason === null ? null : (
            <p className="break-words font-mono text-muted-foreground text-xs">{reason.slice(0, 500)}</p>
          )}
          <Standing transactions={standing} title={t('standing')} />
        </div>
      )}
    </Card>
  );
}
