import { expect, test } from 'vitest';
import { killAgainAndAgain, killsTimeoutMs } from '#tests/support/kill-nine.ts';

/** About 55 simulated reports a second, and ten steps for each. */
const args = ['--rate', '100000', '--speed', '2'];

test('kill -9 in simulated traffic: all that was acknowledged is there', { timeout: killsTimeoutMs }, async () => {
  const { kills, acknowledged } = await killAgainAndAgain({
    args,
    receipts: [20, 300],
    killsPerFolder: 20,
    beside: async (host) => {
      expect(await host.call('health.get', {})).toMatchObject({ value: { simulation: { state: 'running' } } });
      return () => 1;
    },
  });
  console.log(`simulated traffic: ${kills} kills, ${acknowledged} receipts, none lost`);
});
