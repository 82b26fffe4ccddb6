import { expect, test } from 'vitest';
import { examineNames } from './examine-names.ts';

const named = (statedName: string, parent: string | null = 'P') => ({ statedName, parent });

test('plain names, and one name under two parents, are no problem', () => {
  expect(
    examineNames([named('东村'), named('西村'), named('A31号'), named('东村', 'Q'), named('Résidence 3')]),
  ).toEqual([]);
});

test('no name, one name twice under a parent, and names in the wrong encoding are found', () => {
  expect(examineNames([named(''), named('东村'), named('西村'), named('东村')])).toEqual([
    { kind: 'missing-name', areas: [0] },
    { kind: 'repeated-name', areas: [1, 3] },
  ]);
  const gbkAsUtf8 = new TextDecoder().decode(new Uint8Array([0xb6, 0xab, 0xb4, 0xe5]));
  const utf8AsLatin1 = Buffer.from('东村').toString('latin1');
  const gbkAsLatin1 = Buffer.from([0xb6, 0xab, 0xb4, 0xe5, 0xce, 0xf7]).toString('latin1');
  for (const name of [gbkAsUtf8, utf8AsLatin1, gbkAsLatin1, '锟斤拷村']) {
    expect(examineNames([named(name)]), name).toEqual([{ kind: 'garbled-name', areas: [0] }]);
  }
});
