import type { ReactNode } from 'react';
import { chooseLocaleAction, chooseTimeZoneAction } from '~/app/preferences';
import { Shell } from '~/components/shell';
import { fintocMode, isLocalFintoc } from '~/lib/env';
import { requireOperator } from '~/lib/session';

/** The frame of every page behind sign-in. Each page asks for its own permission: layouts don't run on every visit. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { name, email, role } = await requireOperator();
  return (
    <Shell
      operator={{ name, email, role }}
      testMode={fintocMode() === 'live' ? null : isLocalFintoc() ? 'local' : 'fintoc'}
      onLocale={chooseLocaleAction}
      onTimeZone={chooseTimeZoneAction}
    >
      {children}
    </Shell>
  );
}
