import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { envSchema } from '~/lib/env';
import { READ_BY, root } from '~/scripts/lib/settings.mjs';

/** What starts a program elsewhere than npm start: units of systemd, and containers. */
const textOf = (file: string) => fs.readFileSync(path.join(root, 'ops', file), 'utf8');
const PROGRAMS = {
  web: 'lib/entrance/main.ts',
  worker: 'lib/worker/main.ts',
  migrate: 'scripts/migrate.mjs',
} as const;
type Program = keyof typeof PROGRAMS;
const names = Object.keys(PROGRAMS) as Program[];

/** Next's own, and where every program may leave its files. */
const ANYBODYS = ['NODE_ENV', 'NEXT_TELEMETRY_DISABLED', 'DATA_DIR'];
const mayHave = (program: Program): string[] =>
  program === 'migrate' ? ['DATABASE_OWNER_URL', 'DATABASE_URL'] : READ_BY[program];
/** What no process of web or worker starts without. */
const needed = Object.entries(envSchema.shape)
  .filter(([, variable]) => !variable.safeParse(undefined).success)
  .map(([name]) => name);

const named = (text: string) => [...text.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name);

/** Of a unit: its own lines, and the files that it reads. */
function unit(program: Program) {
  const text = textOf(`systemd/monedero-${program}.service`);
  const own = [...text.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = '']) => line.split(' '));
  const files = [...text.matchAll(/^EnvironmentFile=\/etc\/monedero\/(\S+)$/gm)].map(([, file = '']) => file);
  const variables = [
    ...own.map((each) => each.split('=')[0] ?? ''),
    ...files.flatMap((file) => named(textOf(`systemd/${file}.example`))),
  ];
  return { text, variables, runs: text.match(/^ExecStart=\/usr\/bin\/node scripts\/run\.mjs (\S+)$/m)?.[1] };
}

/** Of a service of the compose file, with what several share. */
function service(program: Program) {
  const text = textOf('docker/compose.yaml');
  const [, own = ''] = text.match(new RegExp(`^  ${program}:\\n((?: {4}.*\\n|\\n)*)`, 'm')) ?? [];
  const [, shared = ''] = text.match(/^x-app: &app\n((?: {2}.*\n)*)/m) ?? [];
  const whole = own.includes('<<: *app') ? own + shared : own;
  const variables = [...whole.matchAll(/^ +([A-Z][A-Z0-9_]+): /gm)].map(([, name = '']) => name);
  return { variables, runs: own.match(/^ +command: \[(\S+)\]$/m)?.[1] };
}

describe.each(names)('%s', (program) => {
  it.each([
    ['unit', unit],
    ['service', service],
  ] as const)('is given what it reads and no more, by its %s, and is the program', (_what, read) => {
    const { variables, runs } = read(program);
    expect(runs).toBe(PROGRAMS[program]);
    expect(variables.filter((name) => ![...mayHave(program), ...ANYBODYS].includes(name))).toEqual([]);
    const must = program === 'migrate' ? mayHave(program) : needed;
    expect(must.filter((name) => !variables.includes(name))).toEqual([]);
  });

  it('runs as nobody who owns anything, and may write in its own directory alone', () => {
    const { text } = unit(program);
    for (const line of ['User=monedero', 'NoNewPrivileges=yes', 'ProtectSystem=strict', 'ProtectHome=yes'])
      expect(text.split('\n')).toContain(line);
  });
});

it('a container is nobody’s root, and no image holds what a machine keeps secret', () => {
  const dockerfile = textOf('docker/Dockerfile');
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile.lastIndexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('\nRUN '));
  const ignored = fs.readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['.env', '.env.*', '.data*', '.git', 'node_modules']));
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, from = '']) =>
    from.split(' '),
  );
  for (const file of copied) expect(fs.existsSync(path.join(root, file)), file).toBe(true);
});
