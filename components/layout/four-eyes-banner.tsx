import { EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { FourEyesOff } from '~/lib/approvals/read';

/** On every page, while somebody's acts have nobody else to decide on them. */
export function FourEyesBanner({ off: { why, name } }: { off: FourEyesOff }) {
  const t = useTranslations('approvals.fourEyes');
  return (
    <aside
      aria-label={t('label')}
      className="mb-4 flex items-start gap-2.5 rounded-lg border border-danger/25 bg-danger-soft px-3.5 py-3 text-sm"
    >
      <EyeOff aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <p className="text-pretty">
        <strong className="font-medium">{t('label')}.</strong> {t(why, { name })}
      </p>
    </aside>
  );
}
