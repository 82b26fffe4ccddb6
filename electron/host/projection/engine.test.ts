import { expect, it } from 'vitest';
import { loadEngine } from './engine.ts';

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
