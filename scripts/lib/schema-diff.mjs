/** What Prisma's schema engine says of a database: its WebAssembly build, which needs no download. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';

const require = createRequire(import.meta.url);
const SCHEMA = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url));
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * The SQL that takes the database at `url` to prisma/schema.prisma; empty when they agree.
 * The history table and schemas other than `public` are left out.
 *
 * @param {string} url
 * @returns {Promise<string>}
 */
export async function sqlToSchema(url) {
  const { SchemaEngine } = await loadEngine();
  const files = [{ path: 'schema.prisma', content: fs.readFileSync(SCHEMA, 'utf8') }];
  const engine = await SchemaEngine.new(
    { datamodels: [['schema.prisma', files[0].content]] },
    () => {},
    adapterFor(url),
  );
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = (stdout ?? '').trim();
    return sql === '-- This is an empty migration.' ? '' : sql;
  } finally {
    engine.free();
  }
}

async function loadEngine() {
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = fs.readFileSync(require.resolve('@prisma/schema-engine-wasm').replace('.js', '_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return engine;
}

/** Prisma's adapter, minus its refusal of the catalog's one-letter columns (type "char"). The engine asks one by one. */
function adapterFor(url) {
  const factory = new PrismaPg({ connectionString: url, options: '-c TimeZone=UTC' });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => readingChars(await connect());
  return bindMigrationAwareSqlAdapterFactory(factory);
}

function readingChars(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  let chars = new Set();
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    chars = new Set(
      result.fields.flatMap(({ dataTypeID }, column) => (dataTypeID === CHAR_OID ? [column] : [])),
    );
    for (const column of chars) result.fields[column].dataTypeID = TEXT_OID;
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const column of chars) result.columnTypes[column] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}
