import { pinyinInitials } from '#domain/base/pinyin-initials.ts';
import { commands, type CommandId } from '#renderer/actions/commands.ts';

/** A command as the palette lists it. */
export interface ListedCommand {
  readonly id: CommandId;
  readonly key: string;
  readonly title: string;
  readonly isAct: boolean;
}

/** Commands whose title, initials or key fit, those that begin so first; the palette and the line themselves are left out. */
export function findCommands(text: string, titleOf: (id: CommandId) => string): readonly ListedCommand[] {
  const typed = text.toLowerCase();
  return commands
    .filter(({ id }) => id !== 'command_line' && id !== 'palette')
    .map(({ id, key, isAct }) => ({ id, key, title: titleOf(id), isAct }))
    .map((command) => ({ command, rank: rankOf(command, typed) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ command }) => command);
}

function rankOf({ title, key }: ListedCommand, typed: string): number | null {
  const small = title.toLowerCase();
  if (typed === '') return 0;
  if (small.startsWith(typed) || key.toLowerCase() === typed) return 0;
  const initials = pinyinInitials(title);
  if (initials.startsWith(typed)) return 1;
  if (small.includes(typed)) return 2;
  return initials.includes(typed) ? 3 : null;
}
