'use server';

import { z } from 'zod';
import { MOST_EXCEPTIONS } from '~/lib/accounting/chart';
import { changeAccountingRules } from '~/lib/accounting/rules';
import { operatorAction } from '~/lib/action';
import { LEDGER_GROUPS } from '~/lib/ledger/read';
import { typed } from '~/lib/typed-text';

const word = typed(60).optional();
const rows = Array.from({ length: MOST_EXCEPTIONS }, (_, nth) => nth);
const fields = Object.fromEntries([
  ...LEDGER_GROUPS.map((group) => [group, word]),
  ...rows.flatMap((nth) => [`group${nth}`, `kind${nth}`, `account${nth}`].map((name) => [name, word])),
]) as Record<string, typeof word>;

export const changeAccountingRulesAction = operatorAction(
  z.object({ version: z.coerce.number().int().min(0) }).extend(fields),
  (actor, input) => {
    const { version, ...said } = input as { version: number } & Record<string, string | undefined>;
    const of = (name: string) => (said[name] ?? '').trim();
    return changeAccountingRules(actor, {
      version,
      accounts: Object.fromEntries(LEDGER_GROUPS.map((group) => [group, of(group)])),
      // What has no account is no exception.
      exceptions: rows
        .map((nth) => ({ group: of(`group${nth}`), kind: of(`kind${nth}`), account: of(`account${nth}`) }))
        .filter(({ account }) => account !== ''),
    });
  },
);
