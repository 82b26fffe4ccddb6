import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { SqlJsStatic, SqlValue } from 'sql.js';

const VERSION = '12.11.1';

/** As far as it is used here. */
interface NativeDatabase {
  exec(sql: string): void;
  prepare(sql: string): NativeStatement;
  serialize(): Buffer;
  close(): void;
}
interface NativeStatement {
  readonly reader: boolean;
  raw(): NativeStatement;
  all(...values: readonly SqlValue[]): SqlValue[][];
  run(...values: readonly SqlValue[]): void;
}
type Native = new (image: Buffer | ':memory:') => NativeDatabase;

/**
 * SQLite as machine code, put behind the face of sql.js, so that the same code runs the same statements on both. No part of
 * the product: it is fetched and compiled into `node_modules/.cache` when a benchmark asks for it.
 *
 * @throws Error that says why it can't be had (no network, no compiler, no headers)
 */
export async function loadBetterSqlite3(): Promise<SqlJsStatic> {
  const folder = resolve('node_modules/.cache/better-sqlite3');
  const load = () => createRequire(join(folder, 'package.json'))('better-sqlite3') as Native;
  if (!existsSync(join(folder, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'))) await install(folder);
  const Database = load();
  new Database(':memory:').close();
  return facade(Database);
}

async function install(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const prefix = dirname(dirname(await realpath(process.execPath)));
  const hasHeaders = existsSync(join(prefix, 'include/node/node_api.h'));
  const env = {
    ...process.env,
    npm_config_build_from_source: 'true',
    ...(hasHeaders ? { npm_config_nodedir: prefix } : {}),
  };
  const args = ['install', '--no-audit', '--no-fund', '--save-exact', `better-sqlite3@${VERSION}`];
  try {
    await promisify(execFile)('npm', args, { cwd: folder, env, shell: process.platform === 'win32' });
  } catch (cause) {
    const { stderr } = cause as { readonly stderr?: string };
    const line = stderr?.split('\n').find((one) => /\b(error|ERR!)/.test(one)) ?? String(cause);
    throw new Error(`better-sqlite3 could not be installed: ${line.trim()}`, { cause });
  }
}

function facade(Native: Native): SqlJsStatic {
  class Statement {
    readonly #native: NativeStatement;
    #values: readonly SqlValue[] = [];
    #rows: SqlValue[][] | null = null;
    #at = -1;

    constructor(native: NativeStatement) {
      this.#native = native.reader ? native.raw() : native;
    }

    bind(values: readonly SqlValue[]): boolean {
      this.#values = values;
      this.reset();
      return true;
    }

    step(): boolean {
      this.#rows ??= this.#native.all(...this.#values);
      this.#at += 1;
      return this.#at < this.#rows.length;
    }

    get(): SqlValue[] {
      return this.#rows?.[this.#at] ?? [];
    }

    run(values: readonly SqlValue[] = []): void {
      this.#native.run(...values);
    }

    reset(): void {
      this.#rows = null;
      this.#at = -1;
    }

    free(): boolean {
      this.reset();
      return true;
    }
  }

  class Database {
    readonly #native: NativeDatabase;

    constructor(image?: Uint8Array) {
      this.#native = new Native(image === undefined ? ':memory:' : Buffer.from(image));
    }

    exec(sql: string): [] {
      this.#native.exec(sql);
      return [];
    }

    run(sql: string): this {
      this.#native.exec(sql);
      return this;
    }

    prepare(sql: string): Statement {
      return new Statement(this.#native.prepare(sql));
    }

    export(): Uint8Array {
      return this.#native.serialize();
    }

    close(): void {
      this.#native.close();
    }
  }

  return { Database, Statement } as unknown as SqlJsStatic;
}
