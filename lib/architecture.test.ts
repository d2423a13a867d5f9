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

/**
 * The arrows of lib go one way: to the same layer or one below. What isn't named is by its folder, and a file of
 * lib itself is a noun of the product.
 */
const LAYERS = [
  'pure',
  'ground',
  'ledger and Fintoc',
  'nouns',
  'transfers',
  'webhooks and proof',
  'processes',
];
const PURE =
  'money names banks clabe tax-id roles pagination errors form-state storable time-zones personal-data passwords kyb kyb-form ' +
  'kyb-document audit-diff fintoc/signature fintoc/translate fintoc/unreadable fintoc/answers ledger/chart transfers/lifecycle ' +
  'webhooks/mask webhooks/failure transfers/columns standstill/mark sheet csv xlsx export-frames';
const GROUND = 'env boot log db actor audit audit-read secrets settings rate-limit notes fintoc-said live';
const BY_PREFIX: [prefix: string, layer: number][] = [
  ['search/', 1],
  ['ledger/', 2],
  ['fintoc/', 2],
  ['transfers/', 4],
  ['gate/', 4],
  ['webhooks/', 5],
  ['proof/', 5],
  ['alarms/', 5],
  ['sync', 5],
  ['overview', 5],
  ['health', 5],
  ['worker/', 6],
  ['session', 6],
  ['action', 6],
];

function layerOf(name: string): number {
  const short = name.replace(/^lib\//, '');
  if (PURE.split(' ').includes(short)) return 0;
  if (GROUND.split(' ').includes(short)) return 1;
  return BY_PREFIX.find(([prefix]) => short.startsWith(prefix))?.[1] ?? 3;
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

  it('go round in no circle; in lib and the local Fintoc not for a type either', () => {
    expect(circles(({ name, imports, runs }) => (/^(lib|sandbox)\//.test(name) ? imports : runs))).toEqual(
      [],
    );
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
    expect(importers.map(({ name }) => name)).toEqual(['lib/fintoc/gateway']);
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
    const allowed = ['lib/transfers/deposits', 'lib/transfers/submission'];
    expect(casting.filter((name) => !allowed.includes(name))).toEqual([]);
  });
});

describe('files', () => {
  it(`have at most ${MAX_LINES} lines`, () => {
    const long = modules
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ file, lines }) => `${file}: ${lines}`);
    expect(long).toEqual([]);
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
