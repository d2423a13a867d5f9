import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** The import rules that Biome doesn't state. Paths are as imports write them, without `~/` and extension. */
const root = path.resolve(import.meta.dirname, '..');
const HAND_WRITTEN = ['app', 'components', 'lib', 'sandbox', 'scripts', 'e2e', 'prisma'];
const MAX_LINES = 300;

const IMPORT =
  /^(?:import|export)\s+([^'"`;]*?)\s*from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm;

type Module = {
  name: string;
  file: string;
  text: string;
  lines: number;
  imports: string[];
  /** Those of the imports that are left when types are gone. */
  runs: string[];
};

const modules = HAND_WRITTEN.flatMap(filesBelow).map(read);
const byName = new Map(modules.map((module) => [module.name, module]));
const lib = modules.filter(({ name }) => name.startsWith('lib/') && !isTest(name));
/** The arrows of lib go one way: to the same layer or one below. What isn't named is by its room; of lib itself, ground. */
const LAYERS = [
  'pure',
  'ground',
  'ledger and rails',
  'people and their wallets',
  'transfers and the gate',
  'money that people move',
  'inbox and proof',
  'processes',
];
const PURE =
  'money names uuid banks text typed-text spei amount-input clabe clabe-bank tax-id reasons timeline roles pagination errors form-state storable time-zones countries ' +
  'people/masking people/masked-text people/passwords entities/kyb entities/kyb-form entities/kyb-parts entities/kyb-slots entities/kyb-document entities/kyb-answers entities/kyb-choices ' +
  'entities/kyb-rejection entities/kyb-sorting audit/diff rails/rail rails/rail-says rails/rail-facts rails/ids rails/destination rails/failures rails/fintoc/signature rails/fintoc/translate  rails/fintoc/unreadable rails/fintoc/answers rails/fintoc/words rails/fintoc/fields rails/fintoc/translate-entities ledger/chart ledger/figures ledger/ceilings ledger/cause ledger/kinds ' +
  'wallets/frozen wallets/frozen-deposits transfers/lifecycle transfers/told outbox/catalogue outbox/subjects people/masked-body inbox/failure transfers/columns withdrawals/approval-limits terms/fees terms/fields approvals/actions approvals/rules approvals/rule-words approvals/conditions approvals/hours approvals/steps holidays adjustments/rate overview/setup-steps movements/kinds api/scopes api/ids api/versions webhooks/told standstill/mark exports/sheet exports/csv ' +
  'exports/xlsx exports/frames whereabouts/labels whereabouts/values whereabouts/rows whereabouts/receipt whereabouts/asked whereabouts/compare beneficiaries/names whereabouts/verdict cases/kinds entrance/policy entrance/kinds entrance/action-body batches/columns batches/parts batches/repeats statements/kinds statements/words notices/kinds notices/words notices/mail-text notices/subject';
const BY_ROOM: [room: string, layer: number][] = [
  ['outbox/', 1],
  ['audit/', 1],
  ['approvals/', 1],
  ['search/', 1],
  ['exports/', 1],
  ['ledger/', 2],
  ['rails/', 2],
  ['people/sight', 1],
  ['people/', 3],
  ['api/keys', 3],
  ['webhooks/deliver', 7],
  ['webhooks/', 3],
  ['terms/', 3],
  ['entities/', 3],
  ['wallets/', 3],
  ['standstill/', 3],
  ['stops/', 3],
  ['gate/', 4],
  ['transfers/', 4],
  ['deposits/', 5],
  ['withdrawals/', 5],
  ['beneficiaries/', 5],
  ['batches/', 5],
  ['schedules/', 5],
  ['cash/', 5],
  ['adjustments/', 5],
  ['holds/', 5],
  ['patterns/', 5],
  ['movements/', 5],
  ['accounting/', 5],
  ['books/', 5],
  ['deciding/', 6],
  ['inbox/', 6],
  ['proof/', 6],
  ['alarms/', 6],
  ['statements/', 6],
  ['packs/', 6],
  ['notices/', 6],
  ['cases/', 6],
  ['whereabouts/', 6],
  ['find/', 6],
  ['erase', 6],
  ['overview/', 6],
  ['health', 6],
  ['retention', 7],
  ['api/', 7],
  ['entrance/', 7],
  ['worker/', 7],
  ['session', 7],
  ['action', 7],
];

function layerOf(name: string): number {
  const short = name.replace(/^lib\//, '');
  if (PURE.split(' ').includes(short)) return 0;
  return BY_ROOM.find(([room]) => short.startsWith(room))?.[1] ?? 1;
}

describe('imports', () => {
  it('within lib point to the same layer or a lower one', () => {
    const upward = lib.flatMap(({ name, imports }) =>
      imports
        .filter((target) => target.startsWith('lib/') && layerOf(target) > layerOf(name))
        .map((target) => `${name} (${LAYERS[layerOf(name)]}) → ${target} (${LAYERS[layerOf(target)]})`),
    );
    expect(upward).toEqual([]);
  });

  it('of pure files reach no database, no network and no clock of the framework', () => {
    const impure = lib
      .filter(({ name }) => layerOf(name) === 0)
      .flatMap(({ name, runs }) =>
        runs
          .filter((target) =>
            /^(prisma\/generated\/client|pg$|pino$|fintoc$|node:(fs|net|http|child_process))/.test(target),
          )
          .map((target) => `${name} → ${target}`),
      );
    expect(impure).toEqual([]);
  });

  it('go round in no circle, not for a type either', () => {
    expect(circles(({ imports }) => imports)).toEqual([]);
  });

  it('of a screen reach no other noun’s folder', () => {
    const noun = (name: string) => name.match(/^app\/\(console\)\/([^/]+)\//)?.[1];
    const sideways = modules.flatMap(({ name, imports }) =>
      imports
        .filter((target) => noun(name) && noun(target) && noun(target) !== noun(name))
        // Masked data may stand on any page, and with it the way to see it.
        .filter((target) => noun(target) !== 'reveals')
        .map((target) => `${name} → ${target}`),
    );
    expect(sideways).toEqual([]);
  });

  it('of the Prisma client stand in lib only, and in what starts or tests it', () => {
    const outside = modules.filter(
      ({ name, imports }) =>
        imports.some((target) => target.startsWith('prisma/generated') || target.startsWith('@prisma/')) &&
        !/^(lib|prisma|e2e|scripts)\//.test(name),
    );
    expect(outside.map(({ name }) => name)).toEqual([]);
  });

  it('of the SDK stand in the gateway only', () => {
    const importers = modules.filter(
      ({ name, imports }) =>
        !isTest(name) && !/\/testing\//.test(name) && imports.some((target) => /^fintoc(\/|$)/.test(target)),
    );
    expect(importers.map(({ name }) => name)).toEqual(['lib/rails/fintoc/gateway']);
  });

  it('of next stand in the two files of lib that know it', () => {
    const knowing = lib.filter(({ imports }) =>
      imports.some((target) => /^(next|next-auth|react)(\/|$)/.test(target)),
    );
    expect(knowing.map(({ name }) => name).sort()).toEqual(['lib/action', 'lib/session']);
  });

  it('never reach a test from what is not one', () => {
    const reaching = modules
      .filter(({ name }) => !isTest(name))
      .flatMap(({ name, imports }) =>
        imports
          .filter((target) => isTest(target) && byName.has(target))
          .map((target) => `${name} → ${target}`),
      )
      .filter((arrow) => !arrow.startsWith('e2e/') && !arrow.startsWith('scripts/'));
    expect(reaching).toEqual([]);
  });
});

describe('the ledger', () => {
  it('is written by ledger/post alone, which alone calls ledger_post', () => {
    const calling = lib.filter(({ text }) => /\bledger_post\s*\(/.test(text));
    expect(calling.map(({ name }) => name)).toEqual(['lib/ledger/post']);
    const write =
      /\bledger(Account|Transaction|Entry)\s*\.\s*(create|update|upsert|delete)|\b(INSERT INTO|UPDATE|DELETE FROM)\s+ledger_/i;
    expect(lib.filter(({ text }) => write.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('knows no business noun: it is given accounts and amounts', () => {
    const nouns = lib
      .filter(({ name }) => name.startsWith('lib/ledger/'))
      .flatMap(({ imports }) => imports.filter((target) => target.startsWith('lib/') && layerOf(target) > 2));
    expect(nouns).toEqual([]);
  });

  it('moves money in bigints: no amount is made of a Number but where Fintoc takes JSON', () => {
    const casting = lib.filter(({ text }) => /\bNumber\([^)]*amount/i.test(text)).map(({ name }) => name);
    const allowed = ['lib/rails/fintoc/rail'];
    expect(casting.filter((name) => !allowed.includes(name))).toEqual([]);
  });
});

describe('what people type', () => {
  it('reaches every action as lib/text reads it, and none as it came', () => {
    const raw = modules.filter(
      ({ name, text }) => /^app\/.*\/actions$/.test(name) && /\bz\s*\.string\(/.test(text),
    );
    expect(raw.map(({ file }) => file)).toEqual([]);
  });

  it('is read as an amount by lib/money alone', () => {
    const reading = modules.filter(
      ({ name, text }) =>
        /^(app|components)\//.test(name) && !isTest(name) && /\b(parseFloat|parseInt)\(/.test(text),
    );
    expect(reading.map(({ file }) => file)).toEqual([]);
  });
});

describe('files', () => {
  it(`have at most ${MAX_LINES} lines`, () => {
    const long = modules
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ file, lines }) => `${file}: ${lines}`);
    expect(long).toEqual([]);
  });

  it('of components stand in a room by what they are', () => {
    const loose = modules.filter(({ name }) => /^components\/[^/]+$/.test(name));
    expect(loose.map(({ file }) => file)).toEqual([]);
  });

  it('re-export nothing: no barrels', () => {
    const barrels = modules.filter(
      ({ name, text }) =>
        !name.startsWith('scripts/') &&
        (/(^|\/)index$/.test(name) || /^export\s+(\*|(type\s+)?\{[^}]*\})\s+from\s/m.test(text)),
    );
    expect(barrels.map(({ file }) => file)).toEqual([]);
  });

  it('silence no rule of the type checker', () => {
    const silenced = modules.filter(
      ({ text, name }) =>
        !name.endsWith('architecture.test') && /@ts-(ignore|nocheck|expect-error)/.test(text),
    );
    expect(silenced.map(({ file }) => file)).toEqual([]);
  });
});

function filesBelow(folder: string): string[] {
  const full = path.join(root, folder);
  if (!fs.existsSync(full)) return [];
  return fs
    .readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('prisma/generated/'));
}

function read(file: string): Module {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const statements = [...text.matchAll(IMPORT)].map(([, clause = '', from, dynamic, bare]) => ({
    target: nameOf(from ?? dynamic ?? bare ?? '', file),
    isType:
      clause.startsWith('type ') || (/^\{[^}]+\}$/.test(clause.trim()) && !/[{,]\s*(?!type )\w/.test(clause)),
  }));
  const lines = text.split('\n').length - 1;
  const imports = statements.map(({ target }) => target);
  const runs = statements.filter(({ isType }) => !isType).map(({ target }) => target);
  return { name: withoutExtension(file), file, text, lines, imports, runs };
}

function nameOf(specifier: string, importer: string): string {
  if (specifier.startsWith('~/')) return withoutExtension(specifier.slice(2));
  if (!specifier.startsWith('.')) return specifier;
  return withoutExtension(path.join(path.dirname(importer), specifier));
}

function withoutExtension(file: string): string {
  return file.replace(/\.(ts|tsx|mjs)$/, '');
}

function isTest(name: string): boolean {
  return name.endsWith('.test') || name.includes('/testing/') || name.startsWith('e2e/');
}

/** Every circle of imports, told once, by a walk that remembers where it came from. */
function circles(arrows: (module: Module) => string[]): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (name: string, trail: string[]): void => {
    const start = trail.indexOf(name);
    if (start >= 0) found.add([...trail.slice(start), name].join(' → '));
    if (start >= 0 || done.has(name)) return;
    const module = byName.get(name);
    for (const target of module ? arrows(module) : []) if (byName.has(target)) walk(target, [...trail, name]);
    done.add(name);
  };
  for (const { name } of modules) walk(name, []);
  return [...found];
}
