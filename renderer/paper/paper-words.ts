import type { Briefing } from '#contract/briefings.ts';
import { countText, momentWords } from '#domain/briefing/numbers.ts';

/** Words of the frame of a page. Paper is written in Chinese whatever the language of the desk. */
export const paperWords = {
  reserved: '内部资料　注意保存',
  draft: '草稿',
  drafted: '起草',
  approved: '审签',
  job: '系统自动',
  pending: '待审签',
  inputs: '输入摘要',
  scale: '比例尺',
  north: '北',
  legend: '在办',
  levels: { 1: 'Ⅰ级', 2: 'Ⅱ级', 3: 'Ⅲ级', 4: 'Ⅳ级' },
} as const;

/** 〔2026〕第 327 期（第 2 版）; of a draft without number. */
export function numberWords({ issue, document }: Briefing): string {
  if (issue === null) return `〔${document.day.slice(0, 4)}〕第　　期（草稿）`;
  const version = issue.version === 1 ? '' : `（第 ${issue.version} 版）`;
  return `〔${issue.year}〕第 ${countText(issue.serial)} 期${version}`;
}

/** The day it was issued, or drafted: 2026 年 11 月 23 日. */
export function dateWords({ issue, createdAt }: Briefing): string {
  const day = momentWords(issue?.at ?? createdAt);
  return `${day.slice(0, 4)} 年 ${Number(day.slice(5, 7))} 月 ${Number(day.slice(8, 10))} 日`;
}

/** Two lines at the foot of each page: what the numbers are of, and their anchor outside the machine (security.md L4). */
export function footWords({ dataTime, sequence, journalHash }: Briefing): string {
  return `数据时间 ${momentWords(dataTime)}　日志 ${countText(sequence)}\n日志头 SHA-256 ${shortHash(journalHash)}`;
}

/** Who reads over the shoulder of a copy: unit, person, moment. */
export function readerWords({ document, draftedBy, issue, createdAt }: Briefing): string {
  const person = issue?.approvedBy.display ?? draftedBy?.display ?? paperWords.job;
  return `${document.unit}　${person}　${momentWords(issue?.at ?? createdAt)}`;
}

/** 〔D-01〕, or 〔D-01 至 D-04〕 of a run. */
export function idWords(ids: readonly string[]): string {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return '';
  if (first === last) return `〔${first}〕`;
  const number = (id: string) => Number(id.slice(2));
  const isRun = ids.every((id, at) => number(id) === number(first) + at);
  return isRun ? `〔${first} 至 ${last}〕` : `〔${ids.join('、')}〕`;
}

function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-8, -4)} ${hash.slice(-4)}`;
}
