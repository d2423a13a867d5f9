import type { ReactNode } from 'react';
import { whatWaitsNow } from '~/app/(console)/waiting';
import { chooseLocaleAction, chooseTimeZoneAction } from '~/app/preferences';
import { forgetViewAction, saveViewAction } from '~/app/saved-views';
import { Awake } from '~/components/layout/awake';
import { FourEyesBanner } from '~/components/layout/four-eyes-banner';
import type { NavBadges } from '~/components/layout/nav';
import { OperatorContext, OperatorEmailContext } from '~/components/layout/operator-context';
import { Shell } from '~/components/layout/shell';
import { ViewActionsContext } from '~/components/list/view-actions-context';
import { fourEyesOff } from '~/lib/approvals/four-eyes';
import { countDecidable } from '~/lib/approvals/read';
import { fintocMode, isLocalFintoc } from '~/lib/env';
import { countUnread } from '~/lib/notices/read';
import { can, isScoped } from '~/lib/roles';
import { ofTheHouse } from '~/lib/scope';
import { type Operator, requireOperator } from '~/lib/session';

/** The frame of every page behind sign-in. Each page asks for its own permission: layouts don't run on every visit. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const operator = await requireOperator();
  const { id, name, email, role } = operator;
  const [badges, unread, off] = await Promise.all([
    isScoped(role) ? {} : badgesFor(operator),
    countUnread(operator),
    ofTheHouse(fourEyesOff),
  ]);
  return (
    <OperatorContext value={id}>
      <OperatorEmailContext value={email}>
        <ViewActionsContext value={VIEW_ACTIONS}>
          <Shell
            operator={{ name, email, role }}
            badges={badges}
            unread={unread}
            testMode={fintocMode() === 'live' ? null : isLocalFintoc() ? 'local' : 'fintoc'}
            onLocale={chooseLocaleAction}
            onTimeZone={chooseTimeZoneAction}
          >
            <Awake />
            {off ? <FourEyesBanner off={off} /> : null}
            {children}
          </Shell>
        </ViewActionsContext>
      </OperatorEmailContext>
    </OperatorContext>
  );
}

const VIEW_ACTIONS = { save: saveViewAction, forget: forgetViewAction };

/** What waits in each place for somebody with this operator's role; what people asked for, in one place. */
async function badgesFor({ id, role }: Operator): Promise<NavBadges> {
  const [approvals, { suspense, kyb, deadEvents }] = await Promise.all([
    countDecidable({ id, role }),
    whatWaitsNow(),
  ]);
  return {
    approvals,
    deposits: can(role, 'deposits:resolve') ? suspense.count : 0,
    entities: can(role, 'kyb:write') ? kyb.rejected + kyb.notStarted + kyb.toComplete : 0,
    inbox: can(role, 'inbox:replay') ? deadEvents.count : 0,
  };
}
