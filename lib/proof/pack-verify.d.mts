export function readRow(said: string): unknown[];

export type SealedEntry = {
  id: string;
  line: string;
  asset: string;
  kind: string;
  walletId: string | null;
  account: string;
  code: string;
  side: 'debit' | 'credit';
  sequence: bigint;
  amount: bigint;
  balanceAfter: bigint;
};

export function readTransaction(said: string): {
  id: string;
  cause: string;
  kind: string;
  /** Seconds since 1970, as PostgreSQL writes them. */
  effectiveAt: string;
  postedAt: string;
  note: string | null;
  entryCount: number;
  transferId: string | null;
  withdrawalId: string | null;
  entries: SealedEntry[];
};

export function readLine(line: string): string[];

export function verifyPack(folder: string): Promise<{
  faults: Map<string, { first: string; count: number }>;
  counts: Record<string, number>;
  seals: number;
  heads: number;
  last: { number: string; hash: string } | null;
}>;
