import { CircleAlert, CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { Badge } from '~/components/ui/badge';
import { checkReadiness } from '~/lib/health';

const PARTS = ['worker', 'fintoc', 'database'] as const;

/** Whether each part that money needs is there, in a word each. */
export async function HealthLine() {
  const [t, { checks }] = await Promise.all([getTranslations('overview.health'), checkReadiness()]);
  return (
    <ul aria-label={t('label')} className="flex flex-wrap gap-2">
      {PARTS.map((part) => {
        const up = checks[part] === 'up';
        return (
          <li key={part}>
            <Badge tone={up ? 'success' : 'danger'} icon={up ? CircleCheck : CircleAlert}>
              {t(`${part}.${checks[part]}`)}
            </Badge>
          </li>
        );
      })}
    </ul>
  );
}
