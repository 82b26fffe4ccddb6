import { expect, test } from 'vitest';
import { GramTable, textSimilarity } from './gram-table.ts';
import { defaultSameCausePolicy } from './policy.ts';
import { gramsOf, normalised } from './text-grams.ts';

type Pair = readonly [one: string, other: string];

/**
 * One problem, told by two people. The synonyms were written before these pairs; that single characters count as much as
 * pairs of them, and `otherClassText`, were chosen on them. Real duplicates of a district will do worse.
 */
const sameInOtherWords: readonly Pair[] = [
  ['小区东门下水道堵了，污水流到路上', '东门口下水道堵塞，满地污水'],
  ['3号楼电梯又停运了，老人上不了楼', '电梯故障停运，三号楼住户爬楼'],
  ['工地半夜还在打桩，吵得睡不着', '夜间施工打桩，噪声扰民'],
  ['绿化带里有人倒了一堆装修垃圾', '装修垃圾倾倒在绿化带内'],
  ['公厕没有水，味道很难闻', '公共厕所停水，异味大'],
  ['人行道地砖松动，下雨踩一脚泥水', '人行道砖块松动缺失，雨天溅水'],
  ['暖气不热，家里只有14度', '室内暖气不热，温度只有14度'],
  ['路口红绿灯不亮了', '路口信号灯不亮，车辆抢行'],
  ['大货车违停在辅路，挡住公交站', '公交站旁辅路有货车违停'],
  ['流浪狗成群，追咬路人', '小区里有多只流浪狗，追着人咬'],
  ['河道里漂着白色垃圾', '河道水面有白色垃圾漂浮'],
  ['健身器材坏了，螺丝掉了', '健身器材损坏，螺丝脱落'],
];

/** Two problems, of the same place or in the same set phrases. */
const otherProblem: readonly Pair[] = [
  ['小区东门下水道堵了，污水流到路上', '小区东门道闸坏了，车辆出不去'],
  ['3号楼电梯又停运了，老人上不了楼', '3号楼楼顶漏雨'],
  ['工地半夜还在打桩，吵得睡不着', '工地大门口泥水横流'],
  ['绿化带里有人倒了一堆装修垃圾', '绿化带里的喷头一直喷水'],
  ['公厕没有水，味道很难闻', '公厕门锁坏了'],
  ['人行道地砖松动，下雨踩一脚泥水', '人行道上停满共享单车'],
  ['暖气不热，家里只有14度', '家里自来水发黄'],
  ['路口红绿灯不亮了', '路口有人摆摊卖水果'],
  ['大货车违停在辅路，挡住公交站', '公交站牌字迹不清'],
  ['流浪狗成群，追咬路人', '小区路灯损坏多日'],
  ['河道里漂着白色垃圾', '河道护栏被撞断，影响通行'],
  ['架空线缆垂落，影响通行', '路口有摊贩占道摆摊，影响通行'],
];

/** In the manner of the San Francisco records: categories with underscores, and what citizens write. */
const sameInEnglish: readonly Pair[] = [
  ['Sidewalk lifted by tree roots', 'Tree roots are lifting the sidewalk'],
  ['Light_Burnt_Out on Metal Pole', 'metal pole, light is burnt out'],
  ['Silver Toyota Camry 6YPP645 abandoned', 'abandoned vehicle: silver - Toyota - Camery - 6YPP645'],
  ['Overflowing City Receptacle', 'city garbage receptacle is overflowing'],
  ['Broken_Limb hanging over the street', 'tree limb broken, hangs over street'],
  ['Parking_Meter damaged', 'Damage to parking meters'],
  ['Pavement_Defect, pothole', 'potholes and pavement defects'],
  ['Mattress left on the curb', 'Furniture - mattresses left at curb'],
];
const otherInEnglish: readonly Pair[] = [
  ['Sidewalk lifted by tree roots', 'Needles on sidewalk'],
  ['Light_Burnt_Out on Metal Pole', 'Pole - Not_Offensive graffiti'],
  ['Silver Toyota Camry 6YPP645 abandoned', 'GREEN - GMC - N/A - 4K69353 abandoned vehicle'],
  ['Overflowing City Receptacle', 'Red Color Curb Request'],
  ['Broken_Limb hanging over the street', 'Street sweeping did not happen'],
  ['Parking_Meter damaged', 'Parking in the bicycle lane'],
  ['Pavement_Defect, pothole', 'Other Loose Garbage'],
  ['Mattress left on the curb', 'Abandoned car at the curb'],
];

/** Lowest first. */
function similarities(pairs: readonly Pair[]): readonly number[] {
  return pairs.map(([one, other]) => textSimilarity(one, other)).sort((a, b) => a - b);
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** How often a pair of one problem is more similar than a pair of two, over all such choices. */
function wellOrdered(same: readonly number[], other: readonly number[]): number {
  const right = same.flatMap((high) => other.map((low) => (high > low ? 1 : high === low ? 0.5 : 0)));
  return right.reduce((sum: number, value) => sum + value, 0) / right.length;
}

test.each([
  ['Chinese', sameInOtherWords, otherProblem],
  ['English', sameInEnglish, otherInEnglish],
])('%s: one problem in other words is more similar than another problem of the place', (_, sameOnes, otherOnes) => {
  const [same, other] = [similarities(sameOnes), similarities(otherOnes)];
  expect(wellOrdered(same, other)).toBeGreaterThanOrEqual(0.99);
  expect(median(same)).toBeGreaterThan(0.45);
  expect(median(other)).toBeLessThan(0.35);
  expect(other.at(-1)).toBeLessThan(defaultSameCausePolicy.otherClassText);
});

test('width, case, underscores and punctuation make no difference; digits do', () => {
  expect(textSimilarity('ＡＢＣ路１２号，井盖破损！', 'abc路12号 井盖破损')).toBeCloseTo(1);
  expect(textSimilarity('Human_Waste', 'human waste')).toBeCloseTo(1);
  expect(textSimilarity('12号楼漏水', '21号楼漏水')).toBeLessThan(0.9);
});

test('words for the same thing become one word, the longest first', () => {
  expect(normalised('路上井盖坏了')).toBe('路面井盖破损');
  expect(normalised('Trash, street light')).toBe('garbage, streetlight');
  expect(normalised('leakage')).toBe('leakage');
});

test('a very short text is compared by its characters', () => {
  expect(gramsOf('臭')).toEqual(['臭']);
  expect(textSimilarity('漏', '漏水')).toBeGreaterThan(0);
});

test('texts without words are similar to nothing', () => {
  expect([textSimilarity('', ''), textSimilarity('。！', '井盖'), textSimilarity('井盖', '')]).toEqual([0, 0, 0]);
});

test('an address with another house number is another address', () => {
  const table = new GramTable();
  const [same, other, longer] = ['幸福路12号', '幸福路21号', '幸福路12号3单元'].map((text) => table.add(text));
  table.measure('幸福路１２号');
  expect(table.addressSimilarityTo(same ?? [])).toBeCloseTo(1);
  expect(table.addressSimilarityTo(other ?? [])).toBe(0);
  expect(table.addressSimilarityTo(longer ?? [])).toBeGreaterThan(0.7);
});

test('a table that lost its texts is as a new one', () => {
  const table = new GramTable();
  const grams = ['井盖破损', '井盖丢失', 'loose cover'].map((text) => table.add(text));
  for (const numbers of grams) table.remove(numbers);
  expect(table.size).toBe(0);
  const again = table.add('井盖破损');
  table.measure('井盖破损');
  expect(table.similarityTo(again)).toBeCloseTo(1);
});

test('the similarity is symmetric and within 0 … 1', () => {
  for (const [one, other] of [...sameInOtherWords, ...otherProblem, ...sameInEnglish, ...otherInEnglish]) {
    const there = textSimilarity(one, other);
    expect(there).toBeCloseTo(textSimilarity(other, one));
    expect(there >= 0 && there <= 1).toBe(true);
  }
});
