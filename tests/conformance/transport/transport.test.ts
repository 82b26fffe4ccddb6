import { describe, expect, test } from 'vitest';
import type { Transport } from '#contract/wire.ts';
import { required } from '#domain/base/assert-never.ts';
import { Random } from '#domain/base/random.ts';
import { transportKinds, type TransportKind } from './transport-kinds.ts';

interface Linked {
  readonly host: Transport;
  readonly client: Transport;
}

const ends = ['host', 'client'] as const;

for (const kind of transportKinds) {
  describe(`transport: ${kind.name}`, () => {
    test('carries text both ways, whole and in order', async () => {
      const { host, client } = await link(kind);
      const texts = Array.from({ length: 500 }, (_, index) => `${index} ${'x'.repeat(index % 50)}`);
      const [atHost, atClient] = [arrivals(host, texts.length), arrivals(client, texts.length)];
      for (const text of texts) client.send(text);
      for (const text of texts) host.send(text);
      expect(await atHost).toEqual(texts);
      expect(await atClient).toEqual(texts);
    });

    test('keeps every character: Chinese, pairs of surrogates, quotes, line ends, an empty text', async () => {
      const { host, client } = await link(kind);
      const texts = [
        '网格指挥台：井盖破损',
        '🕳️𠮷',
        '"\\\n\r\u2028\0',
        '',
        `${JSON.stringify({ 描述: '路面\n积水' })}`,
      ];
      const [atHost, atClient] = [arrivals(host, texts.length), arrivals(client, texts.length)];
      for (const text of texts) client.send(text);
      for (const text of texts) host.send(text);
      expect(await atHost).toEqual(texts);
      expect(await atClient).toEqual(texts);
    });

    test('carries a frame of the host of 12 million characters', async () => {
      const { host, client } = await link(kind);
      const random = new Random(3);
      const large = Array.from({ length: 1_000 }, () => String(random.integer(1, 9)).repeat(12_000)).join('');
      const arrived = arrivals(client, 2);
      host.send(large);
      host.send('网'.repeat(1_000_000));
      const [first, second] = await arrived;
      expect(first === large).toBe(true);
      expect(second).toBe('网'.repeat(1_000_000));
    });

    test.each(ends)('closed by the %s: both ends hear of it, once', async (closing) => {
      const linked = await link(kind);
      const heard = { host: 0, client: 0 };
      const all = Promise.all(ends.map((end) => closed(linked[end], () => (heard[end] += 1))));
      linked[closing].close('the test ends it');
      linked[closing].close('a second time');
      expect((await all).every((reason) => reason !== '')).toBe(true);
      expect(heard).toEqual({ host: 1, client: 1 });
    });

    test.each(ends)('what the %s sent before it closed arrives before the end', async (closing) => {
      const linked = await link(kind);
      const other = closing === 'host' ? linked.client : linked.host;
      const order: string[] = [];
      other.onMessage((text) => order.push(text));
      const end = closed(other, () => order.push('end'));
      linked[closing].send('last');
      linked[closing].send('words');
      linked[closing].close('done');
      await end;
      expect(order).toEqual(['last', 'words', 'end']);
    });

    test('after the end nothing is sent, and whoever asks hears of the end at once', async () => {
      const { host, client } = await link(kind);
      const arrived: string[] = [];
      host.onMessage((text) => arrived.push(text));
      client.onMessage((text) => arrived.push(text));
      const all = Promise.all([closed(host), closed(client)]);
      client.close('done');
      await all;
      for (const end of [host, client]) {
        end.send('too late');
        let isTold = false;
        end.onClosed(() => (isTold = true));
        expect(isTold).toBe(true);
      }
      const { host: other, client: otherClient } = await link(kind);
      const next = arrivals(other, 1);
      otherClient.send('a round later');
      await next;
      expect(arrived).toEqual([]);
    });

    test.each(ends)('the %s that closed hears nothing more of the other end', async (closing) => {
      const linked = await link(kind);
      const other = closing === 'host' ? linked.client : linked.host;
      const late: string[] = [];
      linked[closing].onMessage((text) => late.push(text));
      const end = closed(other);
      for (let index = 0; index < 20; index += 1) other.send('on its way');
      linked[closing].close('done');
      await end;
      expect(late).toEqual([]);
    });

    test('a reason of any length and script is no obstacle', async () => {
      const { host, client } = await link(kind);
      const end = closed(host);
      client.close('网格指挥台'.repeat(100));
      await end;
    });

    test('the end that closed knows at once', async () => {
      const { client } = await link(kind);
      let isTold = false;
      client.close('done');
      client.onClosed(() => (isTold = true));
      expect(isTold).toBe(true);
    });

    test('a listener that left hears nothing more', async () => {
      const { host, client } = await link(kind);
      const left: string[] = [];
      const stop = host.onMessage((text) => left.push(text));
      const stopEnd = client.onClosed(() => left.push('end'));
      const first = arrivals(host, 1);
      client.send('one');
      await first;
      stop();
      stopEnd();
      const second = arrivals(host, 1);
      client.send('two');
      await second;
      const end = closed(client);
      host.close('done');
      await end;
      expect(left).toEqual(['one']);
    });
  });
}

async function link(kind: TransportKind): Promise<Linked> {
  const hosts: Transport[] = [];
  const connect = await kind.open((transport) => hosts.push(transport));
  const client = await connect();
  return { host: required(hosts[0], 'the host was given its end'), client };
}

function arrivals(transport: Transport, count: number): Promise<readonly string[]> {
  const texts: string[] = [];
  return new Promise((resolve) => {
    const stop = transport.onMessage((text) => {
      texts.push(text);
      if (texts.length < count) return;
      stop();
      resolve(texts);
    });
  });
}

function closed(transport: Transport, then: () => void = () => {}): Promise<string> {
  return new Promise((resolve) => {
    transport.onClosed((reason) => {
      then();
      resolve(reason);
    });
  });
}
