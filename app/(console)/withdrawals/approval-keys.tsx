import { useTranslations } from 'next-intl';
import { Kbd } from '~/components/ui/kbd';

/** The keys of the approvals inbox. */
export function ApprovalKeys() {
  const t = useTranslations('withdrawals.approve.keys');
  const keys = [
    { keys: ['↑', '↓'], label: t('move') },
    { keys: [t('space')], label: t('choose') },
    { keys: ['⇧', '↓'], label: t('extend') },
    { keys: ['A'], label: t('all') },
    { keys: ['Enter'], label: t('open') },
    { keys: ['Ctrl', 'Enter'], label: t('approve') },
  ];
  return (
    <ul
      aria-label={t('label')}
      className="mt-3 flex flex-wrap gap-x-5 gap-y-1.5 text-muted-foreground text-xs max-sm:hidden"
    >
      {keys.map(({ keys: pressed, label }) => (
        <li key={label} className="flex items-center gap-1">
          {pressed.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
          <span className="ml-0.5">{label}</span>
        </li>
      ))}
    </ul>
  );
}
