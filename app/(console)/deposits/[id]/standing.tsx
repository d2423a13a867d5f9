import { DepositMeaning } from '~/app/(console)/deposits/[id]/deposit-meaning';
import { WaitingRequest } from '~/app/(console)/deposits/[id]/request';
import type { WholeDeposit } from '~/app/(console)/deposits/[id]/whole';
import { Offers } from '~/components/form/offers';
import { WaitingActs } from '~/components/layout/waiting-acts';
import type { Role } from '~/lib/roles';

type StandingProps = { whole: WholeDeposit; operator: { id: string; role: Role } };

/** Where its money is, and what somebody asked to do with it. */
export function Standing({ whole, operator }: StandingProps) {
  const { transfer, request, held, asked, effect } = whole;
  return (
    <>
      <DepositMeaning transfer={transfer} held={held} />
      {request ? null : <WaitingActs actions={asked} role={operator.role} />}
      <Offers standing={request?.id ?? ''} timeline={transfer.timeline}>
        {request ? (
          <WaitingRequest request={request} transfer={transfer} operator={operator} effect={effect} />
        ) : null}
      </Offers>
    </>
  );
}
