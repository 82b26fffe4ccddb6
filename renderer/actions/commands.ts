/**
 * What a key can do anywhere on the desk. One list behind hotkeys, buttons and the cheat sheet (K1). `isAct`: it changes
 * something, or opens what does; while the gate is shut (`ActGate`) it is not run, whoever asks.
 */
export const commands = [
  { id: 'new_case', key: 'F2', words: 'shortcuts.newCase', isAct: true },
  { id: 'new_ticket', key: 'Alt+T', words: 'shortcuts.newTicket', isAct: true },
  { id: 'search', key: 'F3', words: 'shortcuts.search', isAct: false },
  { id: 'command_line', key: 'F4', words: 'shortcuts.commandLine', isAct: false },
  { id: 'palette', key: 'Alt+P', words: 'shortcuts.palette', isAct: false },
  { id: 'next_step', key: 'F6', words: 'shortcuts.next', isAct: true },
  { id: 'press_unit', key: 'F7', words: 'shortcuts.press', isAct: true },
  { id: 'other_act_1', key: '1', words: 'shortcuts.otherAct1', isAct: true },
  { id: 'other_act_2', key: '2', words: 'shortcuts.otherAct2', isAct: true },
  { id: 'other_act_3', key: '3', words: 'shortcuts.otherAct3', isAct: true },
  { id: 'more_acts', key: 'm', words: 'shortcuts.moreActs', isAct: true },
  { id: 'recall', key: 'Alt+Z', words: 'shortcuts.recall', isAct: true },
  { id: 'acknowledge', key: 'F8', words: 'shortcuts.acknowledge', isAct: true },
  { id: 'alarms', key: 'Alt+A', words: 'shortcuts.alarms', isAct: true },
  { id: 'mute_alarms', key: 'Alt+S', words: 'shortcuts.muteAlarms', isAct: false },
  { id: 'list_or_map', key: 'F9', words: 'shortcuts.focusMap', isAct: false },
  { id: 'find_place', key: 'Alt+G', words: 'shortcuts.findPlace', isAct: false },
  { id: 'focus_queue', key: 'Alt+Q', words: 'shortcuts.focusQueue', isAct: false },
  { id: 'focus_case', key: 'Alt+C', words: 'shortcuts.focusCase', isAct: false },
  { id: 'let_in', key: 'Alt+N', words: 'shortcuts.letIn', isAct: false },
  { id: 'merge', key: 'Alt+M', words: 'shortcuts.merge', isAct: true },
  { id: 'import', key: 'Alt+I', words: 'shortcuts.import', isAct: true },
  { id: 'rules', key: 'Alt+R', words: 'shortcuts.rules', isAct: true },
  { id: 'district', key: 'Alt+D', words: 'shortcuts.district', isAct: true },
  { id: 'foresight', key: 'Alt+Y', words: 'foresight.title', isAct: true },
  { id: 'backup', key: 'Alt+B', words: 'shortcuts.backup', isAct: true },
  { id: 'wall', key: 'Alt+W', words: 'wallDesk.title', isAct: true },
  { id: 'seat', key: 'Alt+J', words: 'shift.seatOnly', isAct: true },
  { id: 'lock', key: 'Alt+K', words: 'shift.lock', isAct: false },
  { id: 'briefings', key: 'Alt+O', words: 'briefing.title', isAct: true },
  { id: 'past', key: 'Alt+H', words: 'shortcuts.past', isAct: false },
  { id: 'past_play', key: 'p', words: 'shortcuts.pastPlay', isAct: false },
  { id: 'past_back', key: '[', words: 'shortcuts.pastBack', isAct: false },
  { id: 'past_forward', key: ']', words: 'shortcuts.pastForward', isAct: false },
  { id: 'language', key: 'Alt+L', words: 'shortcuts.language', isAct: false },
  { id: 'workspace_accept', key: 'Alt+1', words: 'workspaces.accept', isAct: false },
  { id: 'workspace_dispatch', key: 'Alt+2', words: 'workspaces.dispatch', isAct: false },
  { id: 'workspace_supervise', key: 'Alt+3', words: 'workspaces.supervise', isAct: false },
  { id: 'workspace_lead', key: 'Alt+4', words: 'workspaces.lead', isAct: false },
  { id: 'workspace_assess', key: 'Alt+5', words: 'workspaces.assess', isAct: false },
  { id: 'workspace_emergency', key: 'Alt+6', words: 'workspaces.emergency', isAct: false },
  { id: 'workspace_all', key: 'Alt+9', words: 'workspaces.all', isAct: false },
  { id: 'bulk', key: 'Alt+U', words: 'shortcuts.bulk', isAct: true },
  { id: 'reset_layout', key: 'Alt+0', words: 'shortcuts.resetLayout', isAct: false },
  { id: 'shortcuts', key: '?', words: 'shortcuts.sheet', isAct: false },
  { id: 'back', key: 'Esc', words: 'shortcuts.back', isAct: false },
] as const;

export type CommandId = (typeof commands)[number]['id'];

/** What the menu 工具 lists, in its order; everything else has a place of its own on the screen, or only a key. */
export const toolMenu = [
  'alarms',
  'import',
  'rules',
  'district',
  'merge',
  'foresight',
  'past',
  'seat',
  'lock',
  'backup',
  'wall',
  'briefings',
  'palette',
  'reset_layout',
  'shortcuts',
] as const satisfies readonly CommandId[];

/** Keys of the acts beside the usual step, in the order of their buttons. */
export const otherActs = ['other_act_1', 'other_act_2', 'other_act_3'] as const satisfies readonly CommandId[];

const acts: ReadonlySet<CommandId> = new Set(commands.filter(({ isAct }) => isAct).map(({ id }) => id));

export function isAct(id: CommandId): boolean {
  return acts.has(id);
}

const keys: Readonly<Record<CommandId, string>> = Object.fromEntries(
  commands.map(({ id, key }) => [id, key]),
) as Record<CommandId, string>;

export function keyOf(id: CommandId): string {
  return keys[id];
}

/** The part of a keyboard event that decides. */
export interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isInTextField: boolean;
}

/**
 * The command of a key press, or null. Nothing while an input method composes (K4); a bare character never acts inside
 * a text field (K2).
 */
export function commandOf(stroke: Stroke): CommandId | null {
  if (stroke.isComposing || stroke.keyCode === 229 || stroke.metaKey) return null;
  // Ctrl with a digit is the browser's own; where it reaches the page, in Electron, it means what Alt does (K8).
  const isOfWindow = stroke.ctrlKey && !stroke.altKey && /^Digit\d$/.test(stroke.code);
  if (stroke.ctrlKey && !isOfWindow) return null;
  const meant = isOfWindow ? { ...stroke, altKey: true } : stroke;
  const found = commands.find(({ key }) => fits(key, meant));
  if (found === undefined) return null;
  const isBareCharacter = found.key.length === 1;
  return isBareCharacter && stroke.isInTextField ? null : found.id;
}

function fits(key: string, stroke: Stroke): boolean {
  if (key.startsWith('Alt+')) {
    const end = key.slice(4);
    // By place on the keyboard: with Alt some systems give another character.
    return stroke.altKey && (stroke.code === `Key${end}` || stroke.code === `Digit${end}`);
  }
  if (stroke.altKey) return false;
  return key === 'Esc' ? stroke.key === 'Escape' : stroke.key === key;
}
