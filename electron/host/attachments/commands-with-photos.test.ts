import { expect, test } from 'vitest';
import { ok, refused } from '#domain/base/result.ts';
import type { CaseCommand } from '#domain/case/commands.ts';
import type { Commands, Recorded } from '#host/ports/commands.ts';
import { aReport, desk } from '#tests/builders/cases.ts';
import { aPhoto } from '#tests/builders/photos.ts';
import { commandsWithPhotos } from './commands-with-photos.ts';

const kept = aPhoto('near', 1);
const lost = aPhoto('far', 2);

function aQueue() {
  const sent: string[] = [];
  const commands: Commands = {
    submit(command) {
      sent.push(command.id);
      return Promise.resolve(ok({} as Recorded));
    },
    wouldAccept: () => Promise.resolve(ok('new')),
    drained: () => Promise.resolve(),
  };
  const claimed: string[] = [];
  const attachments = {
    has: (hash: string) => Promise.resolve(hash === kept.hash),
    claim: (hashes: readonly string[]) => {
      claimed.push(`${sent.length} sent before`);
      const missing = hashes.find((hash) => hash !== kept.hash);
      const error = { code: 'attachment_missing', detail: { hash: missing ?? '' } } as const;
      return Promise.resolve(missing === undefined ? ok(null) : refused(error));
    },
  };
  return { sent, claimed, commands: commandsWithPhotos(commands, attachments) };
}

const reportWith = (id: string, photos: readonly (typeof kept)[]): CaseCommand => ({
  ...{ id, actor: desk },
  body: aReport({ photos }),
});

test('a command whose photos are all kept goes on; one that names another is refused with its hash', async () => {
  const { commands, sent, claimed } = aQueue();
  expect(await commands.submit(reportWith('whole', [kept, kept]))).toMatchObject({ ok: true });
  const refusal = { ok: false, error: { code: 'attachment_missing', detail: { hash: lost.hash } } };
  expect(await commands.submit(reportWith('lacking', [kept, lost]))).toEqual(refusal);
  expect(await commands.wouldAccept(reportWith('lacking', [lost]))).toEqual(refusal);
  expect(sent).toEqual(['whole']);
  expect(claimed).toEqual(['0 sent before', '1 sent before']);
});

test('commands without photos are handed on at once, so that they share a batch', () => {
  const { commands, sent } = aQueue();
  void commands.submit(reportWith('first', []));
  void commands.submit({ id: 'second', actor: desk, body: { type: 'register', caseId: '1', condition: '属实' } });
  expect(sent).toEqual(['first', 'second']);
});
