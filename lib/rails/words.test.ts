import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Fintoc's words stand in lib/rails/fintoc and nowhere else. Told by names that only its objects have: what of ours is
 * named alike in SQL is a text here, and not looked at.
 */
const root = path.resolve(import.meta.dirname, '../..');

const FIELDS =
  'account_id account_number_id available_balance counterparty_name country_code created_at enabled_events ending_before entity_id ' +
  'error_reason holder_id holder_name is_root last_transfer_at post_date receipt_url reference_id resource_id return_pair_id ' +
  'return_reason root_account_number root_account_number_id starting_after tracking_key transaction_date';
const FIELD = new RegExp(
  `\\b(${FIELDS.split(' ').join('|')})\\b|\\.(account_number|wallet_id|withdrawal_id)\\b`,
  'g',
);

/** Who names fields of Fintoc's outside of its folder, and why. */
const READERS: [file: RegExp, why: string][] = [
  [
    /^(lib\/entities\/kyb[\w-]*|app\/\(console\)\/entities\/.*\/onboarding\/.*)$/,
    'a KYB is filled in as Fintoc asks for it',
  ],
  [/^lib\/api\//, 'the API’s own fields are written as its readers know them'],
  [/^lib\/people\/masked-body$/, 'hides data of people in what was delivered, word for word'],
];

/** Who asks Fintoc itself and not the rail of an account, and why. */
const ASKERS: [file: RegExp, why: string][] = [
  [/^lib\/rails\/registry$/, 'hands it out'],
  [/^lib\/entities\/(entities|told)$/, 'holders of accounts and their KYB are Fintoc’s own product'],
  [/^lib\/inbox\/bring-over$/, 'brings them over'],
  [/^lib\/alarms\/send$/, 'signs our own messages as Fintoc signs its events'],
];

const files = ['app', 'components', 'lib'].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('lib/rails/fintoc/') && !file.includes('/testing/')),
);
const outside = files.map((file) => {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  return { name: file.replace(/\.tsx?$/, ''), text, code: codeOf(text) };
});
const but = (known: [RegExp, string][]) =>
  outside.filter(({ name }) => !known.some(([file]) => file.test(name)));

describe('outside of its folder', () => {
  it('nobody reads Fintoc’s fields', () => {
    const reading = but(READERS).flatMap(({ name, code }) =>
      [...code.matchAll(FIELD)].map(([field]) => `${name}: ${field}`),
    );
    expect(reading).toEqual([]);
  });

  it('nobody asks Fintoc itself: they ask the registry', () => {
    const asking = but(ASKERS).filter(({ text }) => text.includes("'~/lib/rails/fintoc/"));
    expect(asking.map(({ name }) => name)).toEqual([]);
  });

  it.each([...READERS, ...ASKERS])('%s still has its reason: %s', (file) => {
    const named = outside.filter(({ name }) => file.test(name));
    expect(named.some(({ text, code }) => text.includes('/fintoc/') || code.match(FIELD))).toBe(true);
  });

  it('the rail itself speaks no language but ours', () => {
    const rail = outside.find(({ name }) => name === 'lib/rails/rail');
    expect(rail?.code.match(/\w+_\w+(?=\??:)/g)).toBeNull();
  });
});

it.each([
  ['an access', 'transfer.account_number?.id', 1],
  ['what is taken apart', 'const { holder_name: name } = said;', 1],
  ['code within a text', `log(\`of \${transfer.tracking_key}\`)`, 1],
  ['SQL', `sql\`SELECT d.account_id FROM d WHERE \${sql\`d.account_id = 1\`}\``, 0],
  ['a text', "what('tracking_key', \"it's holder_id\")", 0],
  ['a comment', '// holder_id\n/* resource_id */', 0],
])('%s', (_what, code, found) => {
  expect([...codeOf(code).matchAll(FIELD)]).toHaveLength(found);
});

/** TypeScript without its comments and texts; code within a template stays. */
function codeOf(text: string): string {
  let code = '';
  /** Of each template that is open, how many braces are in the code within it; `null`: we are in its text. */
  const templates: (number | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const rest = text.slice(at, at + 2);
    const depth = templates.at(-1);
    if (depth === null) {
      if (rest[0] === '\\') at += 1;
      else if (rest[0] === '`') templates.pop();
      else if (rest === '${') {
        templates[templates.length - 1] = 0;
        at += 1;
      }
      continue;
    }
    const skipped = /^(\/\/.*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/.exec(
      text.slice(at, at + 4_000),
    );
    if (skipped) {
      at += skipped[0].length - 1;
      code += ' ';
    } else if (rest[0] === '`') templates.push(null);
    else if (depth === 0 && rest[0] === '}') templates[templates.length - 1] = null;
    else {
      if (depth !== undefined && rest[0] === '{') templates[templates.length - 1] = depth + 1;
      if (depth !== undefined && rest[0] === '}') templates[templates.length - 1] = depth - 1;
      code += rest[0];
    }
  }
  return code;
}
