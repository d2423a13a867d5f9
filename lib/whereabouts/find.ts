import { db } from '~/lib/db';
import { polledUntil } from '~/lib/inbox/polled';
import type { Reader } from '~/lib/people/sight';
import { type AccountProof, getAccountProof } from '~/lib/proof/read';
import { mainRail } from '~/lib/rails/registry';
import { late } from '~/lib/replica';
import { takes } from '~/lib/wallets/frozen';
import { candidatesOf } from '~/lib/whereabouts/candidates';
import { type Match, matchesOf } from '~/lib/whereabouts/evidence';
import type { Sought } from '~/lib/whereabouts/receipt';
import { addDays } from '~/lib/whereabouts/values';
import { type Absence, absenceOf, type NumberFacts } from '~/lib/whereabouts/verdict';

export type Whereabouts = {
  sought: Sought;
  /** What was asked for: one, or several that nothing said tells apart. */
  same: Match[];
  /** What differs in little from what was said. */
  near: Match[];
  /** More than are shown are alike. */
  more: boolean;
  /** Where nothing is found. */
  absent: Absent | null;
};

/** What is known where a payment isn't here. */
export type Absent = {
  absence: Absence;
  /** Up to where Fintoc's list of transfers was read. */
  readUntil: Date | null;
  /** Notices from the rail that nobody has taken in: the payment may be in one of them. */
  stuck: number;
  /** Of the account that the money would have come into, where the CLABE says which. */
  proof: Pick<AccountProof, 'id' | 'name' | 'light' | 'readAt' | 'provenAt' | 'provenMovementId'> | null;
  number: {
    id: string;
    number: string;
    status: string;
    wallet: { id: string; name: string; houseRole: string | null; status: string } | null;
  } | null;
};

/** So many are listed; who sees more has to say more. */
const SHOWN = 5;

/**
 * Where a payment's money is, told from what somebody said of it: deposits and withdrawals of any state, each with what says
 * so. Personal data of the other side is masked as the reader sees it, and found by its whole value only.
 */
export const whereIs = late(soughtOut);

async function soughtOut(reader: Reader, sought: Sought): Promise<Whereabouts> {
  const candidates = await candidatesOf(reader, sought);
  const [same, near] = (['same', 'near'] as const).map((how) =>
    candidates.filter(({ fit }) => fit.how === how),
  );
  const shown = (same?.length ?? 0) > 0 ? (same ?? []) : (near ?? []);
  const matches = await matchesOf(shown.slice(0, SHOWN), reader);
  return {
    sought,
    same: matches.filter(({ fit }) => fit.how === 'same'),
    near: matches.filter(({ fit }) => fit.how === 'near'),
    more: shown.length > SHOWN,
    absent: matches.some(({ fit }) => fit.how === 'same') ? null : await absentOf(sought),
  };
}

async function absentOf({ clabes, day }: Sought, now = new Date()): Promise<Absent> {
  const rail = mainRail().facts();
  const numbers = await db().accountNumber.findMany({
    where: { number: { in: clabes } },
    orderBy: { createdAt: 'desc' },
    include: {
      walletAsset: {
        select: {
          wallet: {
            select: {
              id: true,
              name: true,
              houseRole: true,
              status: true,
              frozenDeposits: true,
              frozenDirection: true,
            },
          },
        },
      },
    },
  });
  const number = numbers.find(({ status }) => status !== 'deleted') ?? numbers[0] ?? null;
  const wallet = number?.walletAsset?.wallet ?? null;
  const [readUntil, stuck, proof] = await Promise.all([
    polledUntil(rail.name),
    db().inboxEvent.count({ where: { state: 'dead' } }),
    number ? getAccountProof(number.accountId) : null,
  ]);
  const facts: NumberFacts | null = number && {
    numberStatus: number.status,
    walletStatus: wallet && (takes(wallet) ? 'open' : wallet.status),
    frozenDeposits: wallet?.frozenDeposits ?? null,
  };
  const absence = absenceOf({
    number: facts ?? (await strangerOf(clabes)),
    day: day === null ? null : { since: midnight(day), before: midnight(addDays(day, 1)) },
    readUntil,
    now,
  });
  return {
    absence,
    readUntil,
    stuck,
    proof: proof && {
      ...{ id: proof.id, name: proof.name, light: proof.light, readAt: proof.readAt },
      ...{ provenAt: proof.provenAt, provenMovementId: proof.provenMovementId },
    },
    number: number && {
      ...{ id: number.id, number: number.number, status: number.status },
      wallet: wallet && {
        id: wallet.id,
        name: wallet.name,
        houseRole: wallet.houseRole,
        status: wallet.status,
      },
    },
  };
}

/** A CLABE that isn't ours: of the bank that ours are of, or of another one. */
async function strangerOf(clabes: string[]): Promise<'none' | 'elsewhere' | null> {
  if (clabes.length === 0) return null;
  const [ours] = await db().accountNumber.findMany({
    take: 1,
    orderBy: { createdAt: 'desc' },
    select: { number: true },
  });
  const bank = ours?.number.slice(0, 3);
  return clabes.some((clabe) => clabe.startsWith(bank ?? '')) ? 'none' : 'elsewhere';
}

/** The first moment of a day in Mexico City, six hours behind UTC all year (Ley de los Husos Horarios, DOF 28 October 2022). */
function midnight(day: string): Date {
  return new Date(`${day}T06:00:00Z`);
}
