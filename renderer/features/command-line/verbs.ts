import { pinyinInitials } from '#domain/base/pinyin-initials.ts';
import { formShapes } from '#renderer/acts/act-draft.ts';
import type { CaseAct } from '#renderer/acts/next-actions.ts';
import { en } from '#renderer/i18n/en.ts';
import { zhCn } from '#renderer/i18n/zh-cn.ts';

/** What the first word of a command line asks for. `acts`: the first of them that the case allows is meant. */
export type Verb = ActVerb | { readonly kind: 'search' } | { readonly kind: 'open' };

export interface ActVerb {
  readonly kind: 'act';
  readonly id: string;
  readonly acts: readonly CaseAct[];
}

interface NamedVerb {
  readonly verb: Verb;
  /** Texts that mean it whole: one character, a word, initials, English. Small letters. */
  readonly names: readonly string[];
}

const act = (id: string, acts: readonly CaseAct[], names: readonly string[]): NamedVerb => ({
  verb: { kind: 'act', id, acts },
  names,
});

/** The short words of the trade (desk-wall-briefing.md §9.7); each stands for the act that the case allows now. */
const short: readonly NamedVerb[] = [
  { verb: { kind: 'search' }, names: ['查', '查找', 'c', 'cz', 'find', 'search'] },
  { verb: { kind: 'open' }, names: ['开', '打开', 'k', 'dk', 'open'] },
  act('dispatch', ['dispatch', 'assign', 'sub_dispatch'], ['派', '派遣', '下派', '派单', 'p', 'pq', 'dispatch']),
  act('register', ['register'], ['立', '立案', 'l', 'la', 'file', 'register']),
  act('return', ['return', 'request_return'], ['退', '回退', '退单', 't', 'th', 'td', 'return']),
  act('supervise', ['supervise'], ['督', '督办', 'd', 'db', 'supervise']),
  act('urge', ['urge'], ['催', '催办', 'cb', 'urge']),
  act('merge', ['merge'], ['并', '并案', 'b', 'ba', 'merge']),
  act('unmerge', ['unmerge'], ['拆', '拆案', 'ca', 'unmerge']),
  act('suspend', ['request_suspension'], ['挂', '挂账', 'g', 'gz', 'suspend']),
  act('extend', ['request_extension'], ['延', '延期', 'y', 'yq', 'extend']),
  act('sign', ['sign'], ['签', '签收', 'qs', 'sign']),
  act('accept', ['accept', 'contact', 'accept_order'], ['接', '接单', 'jd', 'accept']),
  act('handle', ['handle'], ['处', '处置', 'cl', 'handle']),
  act('feed_back', ['feed_back', 'reply'], ['反', '反馈', 'fk', 'reply']),
  act('check', ['request_check', 'check'], ['核', '核查', 'hc', 'check']),
  act('close', ['close', 'conclude'], ['结', '结案', 'ja', 'close']),
  act('recall', ['recall'], ['撤', '撤回', 'ch', 'recall']),
];

const isAct = (action: string): action is CaseAct => Object.hasOwn(formShapes, action);

/** Every other act, by its name in the catalogs. */
const long: readonly NamedVerb[] = (Object.keys(zhCn.actions) as (keyof typeof zhCn.actions)[]).flatMap((action) => {
  if (!isAct(action)) return [];
  const zh = zhCn.actions[action];
  return [act(action, [action], [zh, pinyinInitials(zh), en.actions[action].toLowerCase()].filter(Boolean))];
});

export interface VerbsFound {
  /** What the word means; null where it means nothing, or several things. */
  readonly verb: Verb | null;
  /** Verbs that begin with the word, for a person to choose from. */
  readonly candidates: readonly { readonly verb: Verb; readonly name: string }[];
}

const MOST_CANDIDATES = 9;

/** The verb that a word means: a whole short name, else the one name that begins with it. */
export function findVerb(word: string): VerbsFound {
  const typed = word.toLowerCase();
  const exact = short.find(({ names }) => names.includes(typed)) ?? long.find(({ names }) => names.includes(typed));
  if (exact !== undefined) return { verb: exact.verb, candidates: [] };
  const seen = new Set<string>();
  const candidates = [...short, ...long].flatMap(({ verb, names }) => {
    const name = names.find((one) => one.startsWith(typed));
    const key = verb.kind === 'act' ? verb.acts.join(' ') : verb.kind;
    if (name === undefined || seen.has(key)) return [];
    seen.add(key);
    return [{ verb, name: names.find((one) => /\p{Script=Han}{2}/u.test(one)) ?? name }];
  });
  const [only, ...others] = candidates;
  return {
    verb: only !== undefined && others.length === 0 ? only.verb : null,
    candidates: candidates.slice(0, MOST_CANDIDATES),
  };
}
