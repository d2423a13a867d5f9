/**
 * node verify.mjs [folder]: checks an audit pack of Monedero without a database, a network or anything but Node 18.
 *
 * Every row is hashed again and must be what its seal says; every seal must follow from the one before it, and be one
 * of the heads that were noted outside the database; every transaction must sum to zero, every balance must follow from
 * the one before it, and the trial balance must be what the rows add up to. Ends with 1 when anything is wrong, and names
 * the first of each.
 */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const KINDS = ['ledger_transactions', 'audit_entries', 'chain_decisions'];

/** A row as it was sealed, with its numbers as text: JavaScript would round those above 2^53. */
export function readRow(said) {
  const whole = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
  return JSON.parse(said.replace(whole, (part) => (part.startsWith('"') ? part : `"${part}"`)));
}

/** A sealed transaction by names; amounts as bigints, debits above zero. */
export function readTransaction(said) {
  const [
    id,
    causeKind,
    causeId,
    step,
    ,
    kind,
    effectiveAt,
    postedAt,
    entryCount,
    transferId,
    withdrawalId,
    ,
    ,
    note,
    entries,
  ] = readRow(said);
  return {
    ...{ id, cause: `${causeKind}:${causeId}:${step}`, kind, effectiveAt, postedAt, note },
    ...{ entryCount: Number(entryCount), transferId, withdrawalId },
    entries: (entries ?? []).map(
      ([entryId, line, sequence, asset, amount, after, entryKind, walletId, , , account, code, side]) => ({
        ...{ id: entryId, line, asset, kind: entryKind, walletId, account, code, side },
        ...{ sequence: BigInt(sequence), amount: BigInt(amount), balanceAfter: BigInt(after) },
      }),
    ),
  };
}

/** The fields of a line of a pack's CSV. */
export function readLine(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain).trim(),
  );
}

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

async function* linesOf(folder, name) {
  const lines = createInterface({
    input: createReadStream(path.join(folder, name)),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const line of lines) if (line !== '') yield line;
}

class Faults {
  found = new Map();
  /** The first of each rule is told, the others are counted. */
  add(rule, what) {
    const { first = what, count = 0 } = this.found.get(rule) ?? {};
    this.found.set(rule, { first, count: count + 1 });
  }
}

/** Every row of one table, one after the other; a row that no seal has any more is told apart. */
async function* sealedRows(folder, kind, faults) {
  const lines = linesOf(folder, `${kind}.jsonl`);
  for await (const line of linesOf(folder, 'seals.jsonl')) {
    const seal = JSON.parse(line);
    if (seal.kind !== kind) continue;
    for (const [index, id] of seal.ids.entries()) {
      const { value: said, done } = await lines.next();
      const row = done ? null : readRow(said)[0];
      if (row !== id)
        return faults.add(
          `every sealed row of ${kind} is there`,
          `${row ?? 'nothing'} where seal ${seal.number} has ${id}`,
        );
      if (sha256(said).toString('hex') !== seal.hashes[index])
        faults.add(`a sealed row of ${kind} stays as it was`, `${kind} ${id}, of seal ${seal.number}`);
      yield said;
    }
  }
  const more = await lines.next();
  if (!more.done)
    faults.add(`no row of ${kind} was put between the sealed ones`, String(readRow(more.value)[0]));
}

async function followSeals(folder, faults) {
  const seals = new Map();
  let last = null;
  for await (const line of linesOf(folder, 'seals.jsonl')) {
    const { number, kind, after, through, ids, hashes, previous, hash } = JSON.parse(line);
    const said = `[${number}, "${kind}", ${after}, ${through}, [${ids.join(', ')}]]`;
    const due = sha256(Buffer.from(previous, 'hex'), said, ...hashes.map((each) => Buffer.from(each, 'hex')));
    const follows = !last || (BigInt(number) === BigInt(last.number) + 1n && previous === last.hash);
    if (due.toString('hex') !== hash || !follows)
      faults.add('each seal follows from the one before it', `seal ${number}`);
    last = { number, hash };
    seals.set(number, hash);
  }
  return { seals, last };
}

function compareHeads(folder, seals, faults) {
  let met = 0;
  for (const line of readFileSync(path.join(folder, 'heads.log'), 'utf8').split('\n')) {
    const [at, number, hash] = line.split(' ');
    if (!hash || !seals.has(number)) continue;
    met += 1;
    if (seals.get(number) !== hash)
      faults.add('the seals are those that were noted outside the database', `seal ${number}, noted ${at}`);
  }
  return met;
}

function checkTransaction({ id, entryCount, entries }, balances, faults) {
  const sums = new Map();
  if (entries.length !== entryCount) faults.add('a transaction has all of its entries', `transaction ${id}`);
  for (const { asset, amount, account, sequence, side, balanceAfter } of entries) {
    sums.set(asset, (sums.get(asset) ?? 0n) + amount);
    const change = side === 'debit' ? amount : -amount;
    const list = balances.get(account) ?? [];
    list.push({ sequence, change, balanceAfter, transaction: id });
    balances.set(account, list);
  }
  for (const [asset, sum] of sums)
    if (sum !== 0n) faults.add('debits equal credits', `transaction ${id} is off by ${sum} ${asset}`);
}

function checkBalances(balances, faults) {
  for (const [account, list] of balances) {
    list.sort((a, b) => (a.sequence < b.sequence ? -1 : 1));
    for (const [index, { sequence, change, balanceAfter, transaction }] of list.entries()) {
      const before = list[index - 1] ?? (sequence === 1n ? { sequence: 0n, balanceAfter: 0n } : null);
      if (before?.sequence === sequence - 1n && before.balanceAfter + change !== balanceAfter)
        faults.add(
          'a balance is the one before it plus what was booked',
          `account ${account}, transaction ${transaction}`,
        );
    }
  }
}

async function checkTrialBalance(folder, booked, faults) {
  let first = true;
  const sums = new Map();
  for await (const line of linesOf(folder, 'trial-balance.csv')) {
    if (first) {
      first = false;
      continue;
    }
    const [account, code, asset, , opening, debit, credit, closing] = readLine(line);
    const [from, to] = [BigInt(opening), BigInt(closing)];
    const { debit: debits = 0n, credit: credits = 0n } = booked.get(account) ?? {};
    if (BigInt(debit) !== debits || BigInt(credit) !== credits || from + debits - credits !== to)
      faults.add('the trial balance is what the rows add up to', `account ${account}, ${code}`);
    booked.delete(account);
    const sum = sums.get(asset) ?? [0n, 0n];
    sums.set(asset, [sum[0] + from, sum[1] + to]);
  }
  for (const [account] of booked)
    faults.add('the trial balance has every account that was booked on', `account ${account}`);
  for (const [asset, [from, to]] of sums)
    if (from !== 0n || to !== 0n) faults.add('opening and closing balances sum to zero', asset);
}

/** Checks the pack in a folder. Answers what is wrong by rule, and what there was. */
export async function verifyPack(folder) {
  const faults = new Faults();
  const { from, to } = JSON.parse(readFileSync(path.join(folder, 'pack.json'), 'utf8'));
  const [since, before] = [from, to].map((at) => Date.parse(at) / 1_000);
  const { seals, last } = await followSeals(folder, faults);
  const heads = compareHeads(folder, seals, faults);
  const counts = {};
  const [balances, booked] = [new Map(), new Map()];
  for (const kind of KINDS) {
    counts[kind] = 0;
    for await (const said of sealedRows(folder, kind, faults)) {
      counts[kind] += 1;
      if (kind !== 'ledger_transactions') continue;
      const transaction = readTransaction(said);
      checkTransaction(transaction, balances, faults);
      const at = Number(transaction.postedAt);
      if (at < since || at >= before) continue;
      for (const { account, amount } of transaction.entries) {
        const { debit = 0n, credit = 0n } = booked.get(account) ?? {};
        booked.set(
          account,
          amount > 0n ? { debit: debit + amount, credit } : { debit, credit: credit - amount },
        );
      }
    }
  }
  checkBalances(balances, faults);
  await checkTrialBalance(folder, booked, faults);
  return { faults: faults.found, counts, seals: seals.size, heads, last };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { faults, counts, seals, heads, last } = await verifyPack(
    process.argv[2] ?? path.dirname(process.argv[1]),
  );
  for (const [kind, count] of Object.entries(counts)) console.log(`${String(count).padStart(9)}  ${kind}`);
  console.log(
    `${String(seals).padStart(9)}  seals, the last is ${last?.number ?? 'none'}: ${last?.hash ?? ''}`,
  );
  console.log(`${String(heads).padStart(9)}  of them noted outside the database`);
  for (const [rule, { first, count }] of faults)
    console.error(`WRONG  ${rule}: ${first}${count > 1 ? ` and ${count - 1} more` : ''}`);
  console.log(faults.size === 0 ? 'The pack is sound.' : `${faults.size} rules broken.`);
  process.exit(faults.size === 0 ? 0 : 1);
}
