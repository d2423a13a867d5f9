import { type FintocSaid, fintocSaid } from '~/lib/books/fintoc-said';
import { db } from '~/lib/db';
import { KYB_WAIT } from '~/lib/entities/kyb-waiting-query';
import { type LedgerGroup, trialBalance } from '~/lib/ledger/read';
import { isBooksOnly } from '~/lib/money';
import { sweptOut } from '~/lib/proof/cover';
import { type LedgerCheck, lastLedgerCheck } from '~/lib/proof/ledger-check';
import { type Light, ledgerLight, lightOver, type ProofSummary, proofSummaries } from '~/lib/proof/read';
import { CAME_BACK } from '~/lib/withdrawals/waiting';

/** What the overview says of one asset: what is owed, what is held, and why the two differ. */
export type Books = {
  asset: string;
  customers: { available: bigint; pending: bigint; reserved: bigint };
  suspense: bigint;
  /** To customers, and to whoever the money in suspense belongs to. */
  owed: bigint;
  cash: bigint;
  inTransit: bigint;
  /** Deposits that Fintoc told of before they were final. */
  incoming: bigint;
  held: bigint;
  /** Held minus owed. Above zero it is the platform's own money; below zero customers' money is missing. */
  difference: bigint;
  /** What explains the difference: the platform's own funds, and what it has outside these accounts. */
  own: bigint;
  swept: bigint;
  /** Of it, what Fintoc swept out: it covers customers too, but not at Fintoc. */
  sweptOut: bigint;
  receivable: bigint;
  /** Left a rail, and nobody has said yet what it was. */
  unexplained: bigint;
  fintoc: FintocSaid | null;
  proof: Proven;
};

/** The light of an asset: its accounts' and the ledger's own promises, and what stands behind each. */
export type Proven = {
  light: Light;
  summary: ProofSummary | null;
  ledger: { light: Light; faults: number; at: string | null };
};

/** Per asset, what we owe against what stands at Fintoc, by the ledger and by Fintoc's own last word. */
export async function booksByAsset(): Promise<Books[]> {
  const [lines, said, proofs, check, swept] = await Promise.all([
    trialBalance(),
    fintocSaid(),
    proofSummaries(),
    lastLedgerCheck(),
    sweptOut(),
  ]);
  const proven = new Map(proofs.map((proof) => [proof.asset, proof]));
  const assets = new Set([...lines.map(({ asset }) => asset), ...said.keys()]);
  // MXN before CLP: the larger market first; and last what only these books know of.
  return [...assets]
    .sort()
    .reverse()
    .sort((one, other) => Number(isBooksOnly(one)) - Number(isBooksOnly(other)))
    .map((asset) => {
      // Each balance in the ordinary side of its group: credit for what is owed, debit for what is held.
      const of = (group: LedgerGroup) =>
        lines
          .filter((line) => line.asset === asset && line.group === group)
          .reduce((sum, { debit, credit }) => sum + (DEBIT.has(group) ? debit - credit : credit - debit), 0n);
      const customers = {
        available: of('customer_available'),
        pending: of('customer_pending'),
        reserved: of('customer_reserved'),
      };
      const suspense = of('suspense');
      const owed = customers.available + customers.pending + customers.reserved + suspense;
      const [cash, inTransit, incoming] = [of('cash'), of('in_transit'), of('incoming')];
      const own = OWN.reduce((sum, group) => sum + of(group), 0n);
      return {
        asset,
        customers,
        suspense,
        owed,
        cash,
        inTransit,
        incoming,
        held: cash + inTransit + incoming,
        difference: cash + inTransit + incoming - owed,
        own,
        swept: of('house_settlement'),
        sweptOut: swept.get(asset) ?? 0n,
        receivable: of('receivable'),
        unexplained: of('unexplained'),
        fintoc: said.get(asset) ?? null,
        proof: provenOf(proven.get(asset) ?? null, check),
      };
    });
}

function provenOf(summary: ProofSummary | null, check: LedgerCheck): Proven {
  const { faults, at } = check;
  return {
    light: lightOver(summary ? [summary] : [], check),
    summary,
    ledger: { light: ledgerLight(check), faults: faults.length, at },
  };
}

const DEBIT: ReadonlySet<LedgerGroup> = new Set([
  'cash',
  'in_transit',
  'incoming',
  'receivable',
  'unexplained',
  'house_settlement',
]);
const OWN: LedgerGroup[] = ['house_operating', 'house_fees', 'own_available', 'own_pending', 'own_reserved'];

/** How many wait, and since when the oldest does; null where nobody can say. */
export type Waits = { count: number; since: Date | null };

export type Waiting = {
  suspense: Waits;
  cameBack: Waits;
  /** By entity: what waits for us, and what Fintoc reviews. */
  kyb: { rejected: number; notStarted: number; toComplete: number; underReview: number };
  deadEvents: Waits;
  /** Breaks that hold payouts back. */
  breaks: Waits;
  stuckOpenings: Waits;
};

const NEWS_HOURS = 24;

/**
 * What waits for a person beside what somebody asked for (lib/approvals/read), as of now. One query: every page asks,
 * and connections are few.
 */
export async function whatWaits(): Promise<Waiting> {
  const [row] = await db().$queryRaw<WaitingRow[]>`
    SELECT suspense.*, back.*, kyb.*, dead.*, breaks.*, stuck.*
    FROM (SELECT count(*)::int AS suspense, min(suspense_since) AS "suspenseSince"
      FROM transfers WHERE suspense_since IS NOT NULL) suspense,
    (SELECT count(*)::int AS "cameBack", min(updated_at) AS "cameBackSince" FROM withdrawals
      WHERE status = ANY (${CAME_BACK}::withdrawal_status[])
        AND updated_at >= now() - make_interval(hours => ${NEWS_HOURS})) back,
    (SELECT count(*)::int AS dead, min(received_at) AS "deadSince" FROM inbox_events WHERE state = 'dead') dead,
    (SELECT count(*)::int AS breaks, min(coalesce(reopened_at, opened_at)) AS "breaksSince"
      FROM proof_breaks WHERE state = 'open') breaks,
    (SELECT count(*)::int AS stuck, min(h.created_at) AS "stuckSince"
      FROM wallet_assets h JOIN wallets w ON w.id = h.wallet_id
      WHERE h.state = 'opening' AND h.opening_attempts > 0 AND w.status <> 'closed') stuck,
    (SELECT count(*) FILTER (WHERE wait = 'rejected')::int AS rejected,
            count(*) FILTER (WHERE wait = 'not_started')::int AS "notStarted",
            count(*) FILTER (WHERE wait = 'to_complete')::int AS "toComplete",
            count(*) FILTER (WHERE wait = 'fintoc')::int AS "underReview"
      -- Kept whole, or each of the four would find out anew what an entity waits with.
      FROM (SELECT ${KYB_WAIT} AS wait FROM entities e
        WHERE NOT e.is_root AND e.status IS DISTINCT FROM 'operational' OFFSET 0) e) kyb`;
  if (!row) throw new Error('A query of counts answers one row.');
  const { rejected, notStarted, toComplete, underReview } = row;
  return {
    suspense: { count: row.suspense, since: row.suspenseSince },
    cameBack: { count: row.cameBack, since: row.cameBackSince },
    kyb: { rejected, notStarted, toComplete, underReview },
    deadEvents: { count: row.dead, since: row.deadSince },
    breaks: { count: row.breaks, since: row.breaksSince },
    stuckOpenings: { count: row.stuck, since: row.stuckSince },
  };
}

type Counted = 'suspense' | 'cameBack' | 'dead' | 'breaks' | 'stuck';
type WaitingRow = Waiting['kyb'] & Record<Counted, number> & Record<`${Counted}Since`, Date | null>;

export type FirstSteps = {
  /** The root account's own number, where a first deposit goes; null until Fintoc was synced. */
  root: { id: string; number: string; asset: string } | null;
  deposited: boolean;
  walletOpen: boolean;
};

/** How far a new installation has come; null once it has money in and a wallet open. */
export async function firstSteps(): Promise<FirstSteps | null> {
  const [deposit, wallet] = await Promise.all([
    db().transfer.findFirst({ where: { direction: 'inbound' }, select: { id: true } }),
    db().wallet.findFirst({ where: { kind: 'customer', status: { not: 'opening' } }, select: { id: true } }),
  ]);
  if (deposit && wallet) return null;
  const root = await db().accountNumber.findFirst({
    where: { isRoot: true, status: { not: 'deleted' }, account: { isRoot: true } },
    orderBy: { createdAt: 'asc' },
    select: { id: true, number: true, account: { select: { asset: true } } },
  });
  return {
    root: root && { id: root.id, number: root.number, asset: root.account.asset },
    deposited: deposit !== null,
    walletOpen: wallet !== null,
  };
}
