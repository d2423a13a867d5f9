import { useTranslations } from 'next-intl';
import { Absence } from '~/app/(console)/where/absence';
import { MatchCard } from '~/app/(console)/where/match-card';
import { SoughtFacts } from '~/app/(console)/where/sought-facts';
import { Section } from '~/components/layout/section';
import { Alert } from '~/components/ui/alert';
import type { Role } from '~/lib/roles';
import type { Whereabouts } from '~/lib/whereabouts/find';

type AnswerProps = { answer: Whereabouts; number: number; count: number; role: Role };

/** What was looked for, and where it is: the payment, several that may be it, or why there is none. */
export function Answer({ answer, number, count, role }: AnswerProps) {
  const t = useTranslations('where');
  const { sought, same, near, more, absent } = answer;
  return (
    <Section title={t('sought.title', { count, number })} description={<SoughtFacts sought={sought} />} flush>
      <div className="grid gap-4">
        {same.length > 1 ? <Alert tone="warning">{t('several', { count: same.length })}</Alert> : null}
        {same.map((match) => (
          <MatchCard key={match.id} match={match} sought={sought} role={role} />
        ))}
        {absent ? <Absence absent={absent} sought={sought} role={role} hasNear={near.length > 0} /> : null}
        {near.length > 0 ? (
          <div>
            <h3 className="font-semibold text-sm">{t('near.title')}</h3>
            <p className="text-muted-foreground text-sm">{t('near.hint')}</p>
          </div>
        ) : null}
        {near.map((match) => (
          <MatchCard key={match.id} match={match} sought={sought} role={role} />
        ))}
        {more ? <p className="text-muted-foreground text-sm">{t('more')}</p> : null}
      </div>
    </Section>
  );
}
