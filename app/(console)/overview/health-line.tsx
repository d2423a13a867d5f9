import { CircleAlert, CircleCheck } from 'lucide-react';
import { getFormatter, getNow, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { checkReadiness } from '~/lib/health';
import { inboxLag } from '~/lib/inbox/lag';

const PARTS = ['worker', 'fintoc', 'database'] as const;
/** What takes longer to be in the books deserves a look. */
const SLOW_MS = 60_000;

/** Whether all that money needs is there, else each part in a word, and how far behind Fintoc's notices are. */
export async function HealthLine() {
  const [t, { checks }] = await Promise.all([getTranslations('overview.health'), checkReadiness()]);
  return (
    <ul aria-label={t('label')} className="flex flex-wrap gap-2">
      {PARTS.every((part) => checks[part] === 'up') ? (
        <Part up>{t('allUp')}</Part>
      ) : (
        PARTS.map((part) => (
          <Part key={part} up={checks[part] === 'up'}>
            {t(`${part}.${checks[part]}`)}
          </Part>
        ))
      )}
      {checks.database === 'up' ? <Notices /> : null}
    </ul>
  );
}

function Part({ up, children }: { up: boolean; children: ReactNode }) {
  return (
    <li>
      <Badge tone={up ? 'success' : 'danger'} icon={up ? CircleCheck : CircleAlert}>
        {children}
      </Badge>
    </li>
  );
}

/** How long notices take until they are in the books, and what waits longer than it should. */
async function Notices() {
  const [t, formatter, now, { ms, waiting, since }] = await Promise.all([
    getTranslations('overview.health.notices'),
    getFormatter(),
    getNow(),
    inboxLag(),
  ]);
  const isBehind = since !== null && now.getTime() - since.getTime() > SLOW_MS;
  if (ms === null && !isBehind) return null;
  const isSlow = isBehind || (ms ?? 0) > SLOW_MS;
  const seconds = (ms ?? 0) / 1_000;
  const took =
    seconds < 60
      ? formatter.number(seconds, {
          style: 'unit',
          unit: 'second',
          maximumFractionDigits: seconds < 10 ? 1 : 0,
        })
      : formatter.number(seconds / 60, { style: 'unit', unit: 'minute', maximumFractionDigits: 0 });
  return (
    <li>
      <Link href="/inbox" className="rounded-full">
        <Badge tone={isSlow ? 'warning' : 'success'} icon={isSlow ? CircleAlert : CircleCheck}>
          {isBehind
            ? t('waiting', { count: waiting, ago: formatter.relativeTime(since, now) })
            : t('took', { took })}
        </Badge>
      </Link>
    </li>
  );
}
