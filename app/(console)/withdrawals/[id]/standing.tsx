import { Held } from '~/app/(console)/withdrawals/[id]/held';
import { Meaning } from '~/app/(console)/withdrawals/[id]/meaning';
import type { WholeWithdrawal } from '~/app/(console)/withdrawals/[id]/whole';
import { PeopleNeeded } from '~/components/record/people-needed';
import type { Role } from '~/lib/roles';

type StandingProps = {
  whole: WholeWithdrawal;
  operator: { id: string; role: Role };
};

/** Where it stands, what keeps it there, and who it waits for. */
export function Standing({ whole: { withdrawal, held, breakId, people }, operator }: StandingProps) {
  return (
    <>
      <PeopleNeeded people={people} />
      {held && withdrawal.status === 'queued' ? (
        <Held withdrawal={withdrawal} role={operator.role} breakId={breakId} />
      ) : (
        <Meaning withdrawal={withdrawal} operator={operator} breakId={breakId} />
      )}
    </>
  );
}
