import { expect, it } from 'vitest';
import { required } from '#domain/base/assert-never.ts';
import { loadEngine } from './engine.ts';
import { FileRoom } from './file-room.ts';

const PAGE_BYTES = 4_096;
const MAX_BYTES = 64 * 1024 * 1024;

it('a database writes into the room that it was given, from an image on and as the room grows', async () => {
  const engine = await loadEngine();
  const empty = new engine.Database();
  empty.exec('create table facts (id integer primary key, value text)');
  const image = empty.export();
  empty.close();
  const room = new FileRoom(image.length, MAX_BYTES);
  const given = room.holding(image);
  const { slice } = given;
  let kept: Uint8Array | undefined;
  given.slice = (from, to) => (kept = slice(from, to));
  const database = new engine.Database(given as Uint8Array);
  database.exec('pragma journal_mode = memory; pragma synchronous = off');
  for (let part = 0; part < 20; part += 1) {
    database.exec(`begin immediate; insert into facts (value) values ('part ${part} ${'x'.repeat(1_000_000)}')`);
    room.reserve(Number(database.exec('pragma page_count')[0]?.values[0]?.[0]) * PAGE_BYTES);
    database.exec('commit');
  }
  const written = required(kept, 'the engine took its copy by slice');
  const exported = database.export();
  expect(exported.length).toBeGreaterThan(20_000_000);
  // The first page counts changes of the file it lies in.
  const [inRoom, asFile] = [written, exported].map((bytes) => bytes.subarray(PAGE_BYTES, exported.length));
  expect(Buffer.from(required(inRoom, 'both')).equals(required(asFile, 'both'))).toBe(true);
  database.close();
});

it('a database that finds no room goes on without it', async () => {
  const engine = await loadEngine();
  const empty = new engine.Database();
  empty.exec('create table facts (id integer primary key, value text)');
  const room = new FileRoom(0, MAX_BYTES);
  const database = new engine.Database(room.holding(empty.export()));
  for (let part = 0; part < 10; part += 1)
    database.run('insert into facts (value) values (?)', ['x'.repeat(1_000_000)]);
  room.reserve(12_000_000);
  database.run('insert into facts (value) values (?)', ['last']);
  expect(database.exec('select count(*), sum(length(value)) from facts')[0]?.values).toEqual([[11, 10_000_004]]);
  expect(database.exec('pragma integrity_check')[0]?.values).toEqual([['ok']]);
  [empty, database].forEach((each) => each.close());
});

it('the memory is there no longer once the room is free', async () => {
  const engine = await loadEngine();
  const empty = new engine.Database();
  empty.exec('create table facts (value blob)');
  const image = empty.export();
  empty.close();
  const room = new FileRoom(image.length, MAX_BYTES);
  const database = new engine.Database(room.holding(image));
  for (let part = 1; part <= 40; part += 1) {
    room.reserve(part * 1_050_000);
    database.run('insert into facts values (zeroblob(1000000))');
  }
  database.close();
  const full = process.memoryUsage.rss();
  room.free();
  expect(full - process.memoryUsage.rss()).toBeGreaterThan(39e6);
});
