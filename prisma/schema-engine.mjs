#!/usr/bin/env node
// Prisma's schema engine without a download: the official WASM build behind the JSON-RPC (one message a
// line, on stdin and stdout) that the Prisma CLI speaks with its native engine. `migrate.mjs` names this
// file in PRISMA_SCHEMA_ENGINE_BINARY where no native engine is installed.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { parse } from 'pg-connection-string';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
  },
});

if (positionals[0] === 'cli') await answerOnce(positionals[1]);
else await serve();

/** The two one-shot commands: exit 0, or 1 with one JSON line on stderr behind a line that the CLI skips. */
async function answerOnce(command) {
  try {
    if (command === 'can-connect-to-database') await query(connection(), 'SELECT 1');
    else if (command === 'create-database') await createDatabase();
    else throw new Error(`unknown command ${command}`);
  } catch (error) {
    const fields = { error_code: errorCode(error), message: String(error.message) };
    const line = JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields });
    process.stderr.write(`schema-engine\n${line}\n`);
    process.exitCode = 1;
  }
}

async function serve() {
  await loadEngine();
  let schemaEngine;
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    if (!method) continue; // the CLI has printed what `diff` asked it to
    try {
      schemaEngine ??= await startEngine();
      const result = await call(schemaEngine, method, params);
      if (result?.stdout) {
        answer({ id: `print-${id}`, method: 'print', params: { content: result.stdout } });
      }
      answer({ id, result: result ?? null });
    } catch (error) {
      answer({ id, error: rpcError(error) });
    }
  }
  process.exit(0);
}

function call(schemaEngine, method, params) {
  if (method === 'getDatabaseVersion') return schemaEngine.version(params);
  if (method === 'createDatabase') return createDatabase();
  if (typeof schemaEngine[method] !== 'function') throw new Error(`unknown method ${method}`);
  return schemaEngine[method](params);
}

function startEngine() {
  const datamodels = values.datamodels?.map((file) => [file, readFileSync(file, 'utf8')]);
  const adapter = bindMigrationAwareSqlAdapterFactory(adapterFactory());
  return engine.SchemaEngine.new({ datamodels }, () => undefined, adapter);
}

async function loadEngine() {
  // The engine leaves here what it panicked of, right before it traps.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => process.stderr.write(`${message}\n`),
  };
  const script = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = readFileSync(new URL(script.replace(/\.js$/, '.wasm')));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/**
 * adapter-pg as the engine needs it: scripts go whole to the server (the adapter's own way splits them at
 * every ";", also inside functions), and the shadow database is a new, empty one that is dropped afterwards.
 */
function adapterFactory() {
  const main = connection();
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => open(main),
    async connectToShadowDb() {
      const database = `aura_shadow_${process.pid}_${Date.now()}`;
      await query(main, `CREATE DATABASE "${database}"`);
      const shadow = await open({ ...main, database });
      const dispose = shadow.dispose.bind(shadow);
      shadow.dispose = async () => {
        await dispose();
        await query(main, `DROP DATABASE "${database}" WITH (FORCE)`);
      };
      return shadow;
    },
  };
}

async function open(config) {
  const adapter = await new PrismaPg(config, { schema: config.schema }).connect();
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  teachCatalogChar(Object.getPrototypeOf(Object.getPrototypeOf(adapter)));
  return adapter;
}

/**
 * The engine reads columns of the system catalogs whose type is "char" (oid 18), which the adapter refuses
 * as unsupported. They pass here as text and are given back as what they are.
 */
function teachCatalogChar(queryable) {
  if (queryable.knowsCatalogChar) return;
  queryable.knowsCatalogChar = true;
  const { performIO, queryRaw } = queryable;
  queryable.queryRaw = async function (sql) {
    const positions = [];
    const seen = Object.create(this, {
      performIO: {
        value: async (inner) => {
          const result = await performIO.call(this, inner);
          const fields = result.fields.map((field, position) => {
            if (field.dataTypeID !== 18) return field;
            positions.push(position);
            return { ...field, dataTypeID: 25 };
          });
          return { ...result, fields, rows: result.rows };
        },
      },
    });
    const result = await queryRaw.call(seen, sql);
    for (const position of positions) result.columnTypes[position] = ColumnTypeEnum.Character;
    return result;
  };
}

/** Host, port, user, password and database apart: only so can another database be named (shadow, maintenance). */
function connection() {
  const { url } = JSON.parse(values.datasource ?? '{}');
  if (!url) throw new Error('The datasource has no url: set DATABASE_URL.');
  const { host, port, user, password, database, ssl, schema = 'public' } = parse(url);
  const options = `-c search_path=${String(schema)}`;
  return { host, port: Number(port ?? 5432), user, password, database, ssl, schema, options };
}

async function createDatabase() {
  const config = connection();
  const name = config.database.replaceAll('"', '""');
  await query({ ...config, database: 'postgres' }, `CREATE DATABASE "${name}"`);
  return { databaseName: config.database };
}

async function query(config, sql) {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Prisma's own numbers for what can go wrong before the engine has a connection. */
function errorCode(error) {
  if (error.code === '3D000') return 'P1003';
  if (error.code === '28P01' || error.code === '28000') return 'P1000';
  return 'P1001';
}

function rpcError(error) {
  const message = String(error?.message ?? error);
  const known = typeof error?.code === 'string' && /^P\d+$/.test(error.code);
  return {
    code: 4466,
    message: 'An error happened. Check the data field for details.',
    data: { is_panic: false, message, meta: null, error_code: known ? error.code : null },
  };
}

function answer(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}
