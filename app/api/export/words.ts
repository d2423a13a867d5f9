import type { Locale, Messages } from '~/app/messages/load';
import { accountSaid, inOneLine } from '~/components/words/account-words';
import type { StatusKind } from '~/components/words/status-looks';
import type { Reader as Anybody } from '~/lib/people/sight';
import type { NamedAccount } from '~/lib/wallets/account-holders';

/** Who takes a list away: in their words, on their clock, and no more than they see of it. */
export type Reader = Anybody & { timeZone: string; locale: Locale; messages: Messages };

export type Words = ReturnType<typeof wordsFor>;

type Named = { name: string; houseRole: string | null };

/** What a reader's file says of things. */
export function wordsFor({ timeZone, messages }: Pick<Reader, 'timeZone' | 'messages'>) {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const {
    kinds,
    status,
    exports: own,
    wallets,
    customers,
    ledger,
    audit,
    deposits,
    gate,
    withdrawals,
    cases,
    schedules,
  } = messages;
  /** A wallet's name; a house wallet's is what it is for. */
  const nameOf = ({ name, houseRole }: Named) =>
    (houseRole && lookUp(wallets.house.roles, houseRole)) || name;
  return {
    messages,
    /** `2026-11-26 12:04:05` on the reader's clock. */
    moment: (at: Date) => clock.format(at),
    column: (key: keyof typeof own.columns) => own.columns[key],
    yesNo: (value: boolean) => (value ? own.yes : own.no),
    status: (kind: StatusKind, code: string) => wordOf(status[kind], code),
    movement: (code: string) => wordOf(kinds.movement, code),
    transaction: (code: string) => wordOf(kinds.transaction, code),
    polizaType: (code: string) => wordOf(own.polizaTypes, code),
    suspense: (code: string) => wordOf(kinds.suspense, code),
    failure: (code: string) => wordOf(kinds.failure, code),
    customerKind: (code: string) => wordOf(kinds.customer, code),
    walletKind: (code: string) => wordOf(kinds.wallet, code),
    taxIdKind: (code: string) => wordOf(kinds.tax, code),
    country: (code: string) => wordOf(customers.countries, code),
    ledgerGroup: (code: string) => wordOf(ledger.groups, code),
    ledgerSide: (code: string) => wordOf(ledger.sides, code),
    destination: (code: string) => wordOf(withdrawals.facts.destinations, code),
    request: (code: string) => wordOf(deposits.request.kind, code),
    held: (code: string) => {
      const known: Record<string, { short: string }> = gate.held;
      return (known[code] ?? gate.held.other).short;
    },
    caseType: (code: string) => wordOf(cases.types, code),
    caseWaitsFor: (code: string) => wordOf(cases.waitsFor, code),
    every: (code: string) => wordOf(schedules.every, code),
    subject: (code: string) => wordOf(audit.subjects, code),
    actor: (kind: string, name: string) => (kind === 'system' ? audit.actors.system : name),
    action: (code: string) => {
      const [noun = '', act = ''] = code.split('.');
      const acts: Record<string, Record<string, string>> = audit.actions;
      return acts[noun]?.[act] ?? code.replaceAll(/[._]/g, ' ');
    },
    field: (name: string) => (Object.hasOwn(audit.fields, name) ? wordOf(audit.fields, name) : name),
    nameOf,
    accountName: (account: NamedAccount) =>
      inOneLine(accountSaid(messages.common.account.shared, nameOf, account)),
  };
}

/** A word of a closed set; what is not in it speaks for itself. */
function wordOf(words: object, code: string): string {
  return lookUp(words, code) ?? code.replaceAll('_', ' ');
}

function lookUp(words: object, code: string): string | undefined {
  return Object.hasOwn(words, code) ? (words as Record<string, string>)[code] : undefined;
}
