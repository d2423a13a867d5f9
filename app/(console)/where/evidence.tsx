import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import type { Match } from '~/lib/whereabouts/evidence';

/** What the answer rests on, each leading to where it stands. */
export function Evidence({ match }: { match: Match }) {
  const t = useTranslations('where.evidence');
  const { evidence, kind, id } = match;
  const { booked, event, movement } = evidence;
  return (
    <section>
      <h3 className="mb-1 font-semibold text-sm">{t('title')}</h3>
      <ul className="grid gap-1 text-sm">
        <Piece href={kind === 'withdrawal' ? `/withdrawals/${id}` : `/deposits/${encodeURIComponent(id)}`}>
          {t(kind === 'withdrawal' ? 'withdrawal' : 'transfer')}
        </Piece>
        {booked ? (
          <Piece href={`/ledger/transactions/${booked.transactionId}`} at={booked.postedAt}>
            {t('booked', { id: String(booked.transactionId) })}
          </Piece>
        ) : null}
        {event ? (
          <Piece href={`/inbox/${encodeURIComponent(event.id)}`} at={event.receivedAt}>
            {t('event')}
          </Piece>
        ) : null}
        {movement ? (
          <Piece
            href={`/proof/accounts/${encodeURIComponent(movement.accountId)}/movements`}
            at={movement.matchedAt ?? movement.at}
            word={t(movement.matchedAt ? 'matched' : 'unmatched')}
          >
            {t('movement', { id: movement.id })}
          </Piece>
        ) : (
          <li className="text-muted-foreground">{t('noMovement')}</li>
        )}
      </ul>
    </section>
  );
}

type PieceProps = { href: `/${string}`; at?: Date; word?: string; children: ReactNode };

function Piece({ href, at, word, children }: PieceProps) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <Link
        href={href as Parameters<typeof Link>[0]['href']}
        className="text-link wrap-anywhere hover:underline"
      >
        {children}
      </Link>
      {word ? <span className="text-muted-foreground">{word}</span> : null}
      {at ? <Timestamp at={at} className="text-muted-foreground text-xs" /> : null}
    </li>
  );
}
