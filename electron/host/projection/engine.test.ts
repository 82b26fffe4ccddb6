import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, it, vi } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import { loadEngine } from './engine.ts';

const instances: Promise<WebAssembly.WebAssemblyInstantiatedSource>[] = [];
const { instantiate } = WebAssembly;
vi.spyOn(WebAssembly, 'instantiate').mockImplementation(((bytes: BufferSource, imports: WebAssembly.Imports) => {
  const made = instantiate(bytes, imports);
  instances.push(made);
  return made;
}) as typeof instantiate);
afterAll(() => vi.restoreAllMocks());

// Up to sql.js 1.15.1 export() closed and opened the database: statements and pragmas were gone, and an open
// transaction was rolled back without a word. The checkpoints rely on what came after.
it('export() keeps prepared statements and pragmas', async () => {
  const database = new (await loadEngine()).Database();
  database.exec('pragma max_page_count = 1000; create table facts (value integer); insert into facts values (1)');
  const statement = database.prepare('select count(*) from facts');
  const insert = database.prepare('insert into facts values (?)');
  expect(database.export().length).toBeGreaterThan(0);
  insert.run([2]);
  statement.step();
  expect(statement.get()).toEqual([2]);
  expect(database.exec('pragma max_page_count')[0]?.values).toEqual([[1_000]]);
  database.close();
});

it('export() inside a transaction throws and leaves the transaction open', async () => {
  const database = new (await loadEngine()).Database();
  database.exec('create table facts (value integer); begin immediate; insert into facts values (1)');
  expect(() => database.export()).toThrow(/busy or locked/);
  database.exec('commit');
  expect(database.exec('select count(*) from facts')[0]?.values).toEqual([[1]]);
  database.close();
});

it('a full database is an error, not an endless loop', async () => {
  const database = new (await loadEngine()).Database();
  database.exec('pragma max_page_count = 10; create table facts (value text)');
  expect(() => database.run('insert into facts values (zeroblob(100000))')).toThrow('database or disk is full');
  database.close();
});

it('functions are those of SQLite, not the old ones of sql.js', async () => {
  const database = new (await loadEngine()).Database();
  expect(() => database.exec('select reverse(1)')).toThrow(/no such function/);
  database.close();
});

// One engine serves all years: what a database holds lies outside the engine's own memory, which never shrinks.
it('a database of 40 MB lies in arrays of its own, which are free once it is closed; the engine stays small', async () => {
  const engine = await loadEngine();
  const before = await memory();
  const database = new engine.Database();
  database.exec('create table facts (value blob)');
  for (let part = 0; part < 40; part += 1) database.run('insert into facts values (zeroblob(1000000))');
  expect(database.export().length).toBeGreaterThan(40e6);
  const full = await memory();
  expect(full.arrays - before.arrays).toBeGreaterThan(39e6);
  expect(full.engine).toBeLessThan(32e6);
  database.close();
  // A collector may take more than one round.
  await vi.waitFor(async () => expect((await memory()).arrays - before.arrays).toBeLessThan(8e6));
});

/** Bytes in arrays that are in use, and of the engine's own memory. */
async function memory(): Promise<{ readonly arrays: number; readonly engine: number }> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { instance } = await required(instances[0], 'the engine is loaded');
  const own = Object.values(instance.exports).find((one) => one instanceof WebAssembly.Memory);
  return { arrays: process.memoryUsage().arrayBuffers, engine: required(own, 'it has memory').buffer.byteLength };
}
