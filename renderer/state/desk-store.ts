import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ActName } from '#contract/case-acts.ts';
import type { CaseDetail } from '#contract/cases.ts';
import { languages, type Language } from '#renderer/i18n/setup.ts';
import { defaultLayers, readLayers, type MapLayers } from '#renderer/map/map-layers.ts';
import { readBaseMaps, type ChosenBaseMap } from './base-map-choice.ts';
import { noFilter, type DeskFilter } from './case-filter.ts';
import { workspaces, type Workspace } from './workspaces.ts';

export type Theme = 'dark' | 'light';
export type Order = 'newest' | 'urgent';
export type DialogName =
  | 'alarms'
  | 'report'
  | 'ticket'
  | 'import'
  | 'shortcuts'
  | 'rules'
  | 'merge'
  | 'backup'
  | 'wall'
  | 'seat'
  | 'briefings'
  | 'district'
  | 'foresight'
  | 'components';

/** A point that a person picked on the map for a form. */
export interface PickedPoint {
  readonly lon: number;
  readonly lat: number;
}

export interface AskedAct {
  readonly id: string;
  readonly action: ActName;
}

/** A report that something else on the desk has begun to write; the form takes it over when it opens. */
export interface ReportDraft {
  /** Kind and code of the class, as `matter 06042`; null where the person chooses. */
  readonly classKey: string | null;
  readonly description: string;
  readonly address: string;
}

/** What the person at this desk has chosen, and the case in hand. Live rows are not here: they live in {@link LiveCases}. */
export interface DeskState {
  readonly selectedId: string | null;
  /** The selected case as last loaded; of an earlier selection until then. */
  readonly detail: CaseDetail | null;
  readonly filter: DeskFilter;
  readonly order: Order;
  /** The duty whose workspace is open; null: that of all open cases. */
  readonly workspace: Workspace | null;
  readonly language: Language;
  readonly theme: Theme;
  readonly layers: MapLayers;
  /** Base maps that are on, bottom to top. */
  readonly baseMaps: readonly ChosenBaseMap[];
  readonly dialog: DialogName | null;
  /** An act that was asked for elsewhere: the case panel opens its form once the case is there. */
  readonly askedAct: AskedAct | null;
  /** While true, a click on the map gives a point to the form that asked. */
  readonly isPicking: boolean;
  readonly picked: PickedPoint | null;
  readonly draft: ReportDraft | null;
}

export type DeskStore = StoreApi<DeskState>;

const KEY = 'grid-command-desk';

/** Language, theme, order, workspace, the map's layers and its base maps are remembered on this machine. */
export function createDeskStore(storage: Pick<Storage, 'getItem' | 'setItem'>, preferred: string): DeskStore {
  const remembered = readRemembered(storage.getItem(KEY));
  const store = createStore<DeskState>(() => ({
    selectedId: null,
    detail: null,
    filter: noFilter,
    order: remembered.order ?? 'newest',
    workspace: remembered.workspace ?? null,
    language: remembered.language ?? (preferred.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'),
    theme: remembered.theme ?? 'dark',
    layers: remembered.layers ?? defaultLayers,
    baseMaps: remembered.baseMaps ?? [],
    dialog: null,
    askedAct: null,
    isPicking: false,
    picked: null,
    draft: null,
  }));
  store.subscribe(({ order, workspace, language, theme, layers, baseMaps }, before) => {
    const isSame =
      order === before.order &&
      workspace === before.workspace &&
      language === before.language &&
      theme === before.theme;
    if (isSame && layers === before.layers && baseMaps === before.baseMaps) return;
    storage.setItem(KEY, JSON.stringify({ order, workspace, language, theme, layers, baseMaps }));
  });
  return store;
}

interface Remembered {
  readonly order?: Order;
  readonly workspace?: Workspace;
  readonly language?: Language;
  readonly theme?: Theme;
  readonly layers?: MapLayers;
  readonly baseMaps?: readonly ChosenBaseMap[];
}

/** Anything unreadable counts as nothing remembered. */
function readRemembered(text: string | null): Remembered {
  let content: unknown = null;
  try {
    content = JSON.parse(text ?? 'null');
  } catch {
    return {};
  }
  if (typeof content !== 'object' || content === null) return {};
  const { order, workspace, language, theme, layers, baseMaps } = content as Readonly<Record<string, unknown>>;
  const known = languages.find((name) => name === language);
  const duty = workspaces.find((name) => name === workspace);
  return {
    ...(order === 'newest' || order === 'urgent' ? { order } : {}),
    ...(duty === undefined ? {} : { workspace: duty }),
    ...(known === undefined ? {} : { language: known }),
    ...(theme === 'dark' || theme === 'light' ? { theme } : {}),
    layers: readLayers(layers),
    baseMaps: readBaseMaps(baseMaps),
  };
}
