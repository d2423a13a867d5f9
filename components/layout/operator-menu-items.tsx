'use client';

import { LogOut } from 'lucide-react';
import { type Locale, useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { dropDrafts } from '~/components/form/form-draft';
import { useAttempt } from '~/components/form/use-attempt';
import { forgetRecent } from '~/components/layout/find/recent';
import { reportLeaving } from '~/components/live/connection';
import {
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
} from '~/components/ui/dropdown-menu';
import { roleWord } from '~/components/words/role-words';
import { useZoneName } from '~/components/words/zone-name';
import type { Role } from '~/lib/roles';

const LOCALES: readonly Locale[] = ['es-MX', 'en'];
const THEMES = ['system', 'light', 'dark'] as const;
/** Where our operators sit, north to south. An operator's own zone is offered even when it is another. */
const ZONES = ['America/Tijuana', 'America/Mexico_City', 'America/Cancun', 'America/Santiago', 'UTC'];

export type OperatorMenuItemsProps = {
  operator: { name: string; email: string; role: Role };
  onLocale: (locale: string) => Promise<void>;
  onTimeZone: (timeZone: string) => Promise<void>;
};

/** Who I am, how I like to read, and the way out. */
export function OperatorMenuItems({ operator, onLocale, onTimeZone }: OperatorMenuItemsProps) {
  const t = useTranslations('nav');
  const roles = useTranslations('kinds.role');
  const locale = useLocale();
  const zone = useTimeZone() ?? 'UTC';
  const zoneName = useZoneName();
  const { theme, setTheme } = useTheme();
  const [, attempt] = useAttempt();
  const zones = ZONES.includes(zone) ? ZONES : [zone, ...ZONES];

  return (
    <>
      <div className="px-2 py-1.5 text-sm">
        <div className="truncate font-medium">{operator.name}</div>
        <div className="truncate text-muted-foreground text-xs">{operator.email}</div>
        <div className="truncate text-muted-foreground text-xs">{roleWord(roles, operator.role)}</div>
      </div>
      <DropdownMenuSeparator />
      <Choice
        label={t('operator.language')}
        value={locale}
        options={LOCALES.map((value) => ({ value, label: t(`language.${value}`) }))}
        onChoose={(value) => attempt(() => onLocale(value))}
      />
      <Choice
        label={t('operator.theme')}
        value={theme}
        options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChoose={setTheme}
      />
      <Choice
        label={t('operator.timeZone')}
        value={zone}
        options={zones.map((value) => ({ value, label: zoneName(value) }))}
        onChoose={(value) => attempt(() => onTimeZone(value))}
      />
      <DropdownMenuItem onSelect={leave}>
        <LogOut aria-hidden />
        {t('operator.signOut')}
      </DropdownMenuItem>
    </>
  );
}

/** What was typed and never answered goes too: the next one here is somebody else. */
function leave(): void {
  dropDrafts();
  forgetRecent();
  reportLeaving(true);
  import('next-auth/react')
    .then(({ signOut }) => signOut({ callbackUrl: '/login' }))
    .catch(() => reportLeaving(false));
}

type ChoiceProps = {
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChoose: (value: string) => void;
};

function Choice({ label, value, options, onChoose }: ChoiceProps) {
  return (
    <>
      <DropdownMenuLabel>{label}</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={value} onValueChange={onChoose} aria-label={label}>
        {options.map((option) => (
          <DropdownMenuRadioItem key={option.value} value={option.value}>
            {option.label}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
      <DropdownMenuSeparator />
    </>
  );
}
