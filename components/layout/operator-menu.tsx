'use client';

import { ChevronsUpDown, LogOut } from 'lucide-react';
import { signOut } from 'next-auth/react';
import { type Locale, useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { dropDrafts } from '~/components/form/form-draft';
import { useAttempt } from '~/components/form/use-attempt';
import { forgetRecent } from '~/components/layout/find/recent';
import { reportLeaving } from '~/components/live/connection';
import { Avatar } from '~/components/ui/avatar';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '~/components/ui/dropdown-menu';
import { roleWord } from '~/components/words/role-words';
import { useZoneName } from '~/components/words/zone-name';
import type { Role } from '~/lib/roles';

const LOCALES: readonly Locale[] = ['es-MX', 'en'];
const THEMES = ['system', 'light', 'dark'] as const;
/** Where our operators sit, north to south. An operator's own zone is offered even when it is another. */
const ZONES = ['America/Tijuana', 'America/Mexico_City', 'America/Cancun', 'America/Santiago', 'UTC'];

export type OperatorMenuProps = {
  operator: { name: string; email: string; role: Role };
  onLocale: (locale: string) => Promise<void>;
  onTimeZone: (timeZone: string) => Promise<void>;
  /** Only the picture, for the bar on phones. */
  compact?: boolean;
};

/** Who I am, and how I like to read: language, theme, time zone. */
export function OperatorMenu({ operator, onLocale, onTimeZone, compact = false }: OperatorMenuProps) {
  const t = useTranslations('nav');
  const roles = useTranslations('kinds.role');
  const locale = useLocale();
  const zone = useTimeZone() ?? 'UTC';
  const zoneName = useZoneName();
  const { theme, setTheme } = useTheme();
  const [, attempt] = useAttempt();
  const zones = ZONES.includes(zone) ? ZONES : [zone, ...ZONES];

  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        className={
          compact
            ? 'inline-flex size-11 items-center justify-center rounded-md hover:bg-accent'
            : 'flex w-full items-center gap-2.5 rounded-md p-2 text-left transition-colors hover:bg-accent data-[state=open]:bg-accent'
        }
      >
        <Avatar name={operator.name} />
        {compact ? (
          <span className="sr-only">{t('operator.menu', { name: operator.name })}</span>
        ) : (
          <>
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-sm">{operator.name}</span>
              <span className="block truncate text-muted-foreground text-xs">
                {roleWord(roles, operator.role)}
              </span>
            </span>
            <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
          </>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent
        align={compact ? 'end' : 'start'}
        side={compact ? 'bottom' : 'top'}
        className="w-60"
      >
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
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** What was typed and never answered goes too: the next one here is somebody else. */
function leave(): void {
  dropDrafts();
  forgetRecent();
  reportLeaving(true);
  signOut({ callbackUrl: '/login' }).catch(() => reportLeaving(false));
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
