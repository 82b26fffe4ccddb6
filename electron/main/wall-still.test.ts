import { expect, test } from 'vitest';
import { stillUrl } from './app-origin.ts';
import { stillAnswer, type StillPicture } from './wall-still.ts';

const picture: StillPicture = { jpeg: new Uint8Array([0xff, 0xd8]), at: Date.UTC(2026, 10, 30, 8, 20) };
const of = (name: string) => (name === 'wall-1' ? picture : null);

test('the last picture with the time when it was taken, in Beijing, and what to do', async () => {
  const answer = stillAnswer(stillUrl('wall-1'), of, true);
  const text = (await answer?.text()) ?? '';
  expect(text).toContain('画面已停止更新</b>截至 2026-11-30 16:20');
  expect(text).toContain('<img src="/wall-still/wall-1.jpg"');
  expect(text).not.toContain('<script');
  expect(answer?.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; img-src 'self'; style-src 'sha256-/,
  );
});

test('the picture itself', async () => {
  const answer = stillAnswer(`${stillUrl('wall-1')}.jpg`, of, true);
  expect(answer?.headers.get('content-type')).toBe('image/jpeg');
  expect([...new Uint8Array((await answer?.arrayBuffer()) ?? new ArrayBuffer())]).toEqual([0xff, 0xd8]);
});

test('no picture yet: the page says so and asks for none', async () => {
  const text = (await stillAnswer(stillUrl('wall-2'), of, false)?.text()) ?? '';
  expect(text).toContain('there is no picture of before');
  expect(text).not.toContain('<img');
  expect(stillAnswer(`${stillUrl('wall-2')}.jpg`, of, false)?.status).toBe(404);
});

test.each(['app://grid-command/wall/index.html', 'app://elsewhere/wall-still/wall-1', stillUrl('<b>'), 'nonsense'])(
  '%s is not answered',
  (address) => expect(stillAnswer(address, of, true)).toBeNull(),
);
