import { BrowserWindow, powerMonitor, powerSaveBlocker, screen } from 'electron';
import type { WallChoice, WallNotice, WallWindowsState } from '#contract/shell.ts';
import { stillUrl, wallUrl } from '../app-origin.ts';
import { DeskHome } from '../desk-home.ts';
import {
  displayUnder,
  isSameArea,
  planOf,
  usualPlan,
  wallNames,
  wallPlaces,
  type DisplayFacts,
  type WallPlace,
  type WallPlan,
} from '../display-layout.ts';
import { hashPin, LeaveGate } from '../leave-gate.ts';
import { report } from '../report.ts';
import { changeSettings, readSettings, type Settings } from '../settings.ts';
import type { StillPicture } from '../wall-still.ts';
import { windowKind } from './create-window.ts';
import { fillDisplay } from './fill-display.ts';
import { openWallPane, type WallPane } from './wall-pane.ts';
import type { Area } from './window-place.ts';

const lookEveryMs = 1_000;
const pollEveryMs = 5_000;
const settleMs = 1_000;

export interface WallSurroundings {
  /** Full path of the wall's preload. */
  readonly preload: string;
  /** Full path of the shell's settings. */
  readonly settingsFile: string;
  /** Asks a person whether the wall is to be left. `over`: the window of the wall, where no desk can be seen. */
  confirmLeave(over: BrowserWindow | null): Promise<boolean>;
  tell(window: BrowserWindow, notice: WallNotice): void;
}

/**
 * The wall's windows on the displays of this machine: opened, put on their displays again after every change, watched, closed.
 *
 * 1. Displays are looked at every five seconds and a second after the last event, since events come late or not at all (M4).
 * 2. A desk window goes back to where a person has put it, and outranks the wall ({@link wallPlaces}).
 * 3. While the wall is open the displays do not sleep (W4).
 */
export class WallWindows {
  readonly #surroundings: WallSurroundings;
  readonly #panes = new Map<string, WallPane>();
  readonly #listeners: ((state: WallWindowsState) => void)[] = [];
  readonly #gate: LeaveGate;
  readonly #deskHomes = new WeakMap<BrowserWindow, DeskHome>();
  #wall: Settings['wall'];
  /** Null: the wall is closed. */
  #plan: WallPlan | null = null;
  #blocker: number | null = null;
  #layoutAt = 0;
  #layout: Promise<void> | null = null;
  #isAsking = false;
  #lastTold = '';

  constructor(surroundings: WallSurroundings) {
    this.#surroundings = surroundings;
    this.#wall = readSettings(surroundings.settingsFile).settings.wall;
    this.#gate = new LeaveGate(() => this.#wall.pin);
    const soon = (): void => {
      this.#layoutAt = performance.now() + settleMs;
    };
    screen.on('display-added', soon);
    screen.on('display-removed', soon);
    screen.on('display-metrics-changed', soon);
    powerMonitor.on('resume', () => {
      soon();
      for (const pane of this.#panes.values()) pane.load();
    });
    setInterval(() => this.#look(), lookEveryMs);
  }

  state(): WallWindowsState {
    const present = presentDisplays();
    const desks = deskAreas();
    const plan = this.#plan ?? this.#wall.plan ?? usualPlan(present, desks);
    const names = wallNames(plan, present);
    return {
      isOpen: this.#plan !== null,
      isSpanning: plan.isSpanning,
      hasPin: this.#wall.pin !== null,
      displays: present.map(({ id, label, bounds, scaleFactor }) => ({
        id,
        label,
        width: Math.round(bounds.width * scaleFactor),
        height: Math.round(bounds.height * scaleFactor),
        name: names.get(id) ?? null,
        isDesk: desks.some((desk) => displayUnder(desk, present)?.id === id),
      })),
    };
  }

  /** Called with every new state. */
  onState(listener: (state: WallWindowsState) => void): void {
    this.#listeners.push(listener);
  }

  /** Opens the wall on the displays that a person chose, or moves it there, and remembers the choice. */
  async open({ displays, isSpanning }: WallChoice): Promise<WallWindowsState> {
    const present = presentDisplays();
    const chosen = present.filter(({ id }) => displays.includes(id));
    if (chosen.length === 0) throw new Error('none of these displays is connected any more');
    const before = this.#plan ?? this.#wall.plan;
    this.#plan = planOf({ chosen, present, desks: deskAreas(), isSpanning, before });
    this.#remember({ ...this.#wall, plan: this.#plan });
    return this.#opened();
  }

  /** Opens the wall where it was chosen to be, or where it usually is. */
  async openAsPlanned(): Promise<void> {
    this.#plan = this.#wall.plan ?? usualPlan(presentDisplays(), deskAreas());
    await this.#opened();
    if (this.#panes.size === 0) report('none of the wall’s displays is connected; its windows open when one is');
  }

  close(): WallWindowsState {
    this.#plan = null;
    for (const pane of this.#panes.values()) pane.close();
    this.#panes.clear();
    if (this.#blocker !== null) powerSaveBlocker.stop(this.#blocker);
    this.#blocker = null;
    return this.#tellState();
  }

  /** @param pin four to eight digits; null: none */
  setPin(pin: string | null): WallWindowsState {
    this.#remember({ ...this.#wall, pin: pin === null ? null : hashPin(pin) });
    return this.#tellState();
  }

  /** A page has drawn a frame. */
  beat(webContentsId: number): void {
    this.#paneOf(webContentsId)?.beat();
  }

  noticeFor(webContentsId: number): WallNotice {
    return { leave: this.#gate.shown, isMisplaced: this.#paneOf(webContentsId)?.isMisplaced ?? false };
  }

  /** The last good picture of a display; null: none was taken yet. */
  pictureOf(name: string): StillPicture | null {
    return this.#panes.get(name)?.picture ?? null;
  }

  async #opened(): Promise<WallWindowsState> {
    this.#blocker ??= powerSaveBlocker.start('prevent-display-sleep');
    await this.#layOut();
    return this.#tellState();
  }

  #remember(wall: Settings['wall']): void {
    this.#wall = wall;
    try {
      changeSettings(this.#surroundings.settingsFile, { wall });
    } catch (cause) {
      report(`the wall's displays could not be remembered: ${String(cause)}`);
    }
  }

  #look(): void {
    const now = performance.now();
    for (const pane of this.#panes.values()) pane.look();
    if (this.#gate.look(now)) this.#tellPages();
    if (now < this.#layoutAt) return;
    this.#layoutAt = now + pollEveryMs;
    void this.#layOut().then(() => this.#tellState());
  }

  /** One at a time: what changes meanwhile is seen by the one after it. */
  async #layOut(): Promise<void> {
    if (this.#layout !== null) {
      this.#layoutAt = 0;
      return this.#layout;
    }
    this.#layout = this.#place().finally(() => {
      this.#layout = null;
    });
    return this.#layout;
  }

  async #place(): Promise<void> {
    const present = presentDisplays();
    this.#bringDesksHome(present);
    const places = this.#plan === null ? [] : wallPlaces(this.#plan, present, deskAreas());
    for (const [name, pane] of this.#panes) {
      if (!pane.window.isDestroyed() && places.some((place) => place.name === name)) continue;
      pane.close();
      this.#panes.delete(name);
    }
    await Promise.all(places.map((place) => this.#placeOne(place)));
  }

  async #placeOne({ name, bounds, displays }: WallPlace): Promise<void> {
    const pane = this.#panes.get(name) ?? this.#openPane(name, bounds);
    const isThere = isSameArea(pane.window.getContentBounds(), bounds);
    const wasTried = pane.area !== null && isSameArea(pane.area, bounds);
    if (wasTried && (isThere || pane.isMisplaced)) return;
    pane.area = bounds;
    const isOneDisplay = displays.length === 1;
    if (!isOneDisplay) pane.window.setAlwaysOnTop(true);
    const isRight = await fillDisplay(pane.window, bounds, isOneDisplay, wait);
    if (isRight === !pane.isMisplaced) return;
    pane.isMisplaced = !isRight;
    if (!isRight) report(`${name}: the window could not be made to cover its display ${JSON.stringify(bounds)}`);
    this.#tellPages();
  }

  #openPane(name: string, bounds: Area): WallPane {
    const pane = openWallPane({
      name,
      preload: this.#surroundings.preload,
      near: bounds,
      page: wallUrl(name),
      still: stillUrl(name),
      pressed: (key) => this.#pressed(key, pane.window),
      lost: () => {
        if (this.#panes.get(name) === pane) this.#layoutAt = 0;
      },
    });
    this.#panes.set(name, pane);
    return pane;
  }

  #pressed(key: string, window: BrowserWindow): void {
    switch (this.#gate.key(key, performance.now())) {
      case 'nothing':
        return;
      case 'shown':
        return this.#tellPages();
      case 'leave':
        return void this.close();
      case 'ask':
        return void this.#ask(window);
    }
  }

  async #ask(window: BrowserWindow): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      const isDeskSeen = this.#plan !== null && !this.#plan.coversDesk && deskWindows().length > 0;
      if (await this.#surroundings.confirmLeave(isDeskSeen ? null : window)) this.close();
    } finally {
      this.#isAsking = false;
    }
  }

  #bringDesksHome(present: readonly DisplayFacts[]): void {
    for (const window of deskWindows()) {
      if (window.isMinimized() || window.isFullScreen()) continue;
      const home = this.#deskHomes.get(window) ?? new DeskHome();
      this.#deskHomes.set(window, home);
      const place = home.look(present, window.getBounds());
      if (place === null) continue;
      const isMaximized = window.isMaximized();
      if (isMaximized) window.unmaximize();
      window.setBounds(place);
      if (isMaximized) window.maximize();
    }
  }

  #paneOf(webContentsId: number): WallPane | undefined {
    return [...this.#panes.values()].find(
      ({ window }) => !window.isDestroyed() && window.webContents.id === webContentsId,
    );
  }

  #tellPages(): void {
    for (const { window, isMisplaced } of this.#panes.values())
      this.#surroundings.tell(window, { leave: this.#gate.shown, isMisplaced });
  }

  #tellState(): WallWindowsState {
    const state = this.state();
    const text = JSON.stringify(state);
    if (text === this.#lastTold) return state;
    this.#lastTold = text;
    for (const listener of this.#listeners) listener(state);
    return state;
  }
}

/** Every window of the desk. */
export function deskWindows(): readonly BrowserWindow[] {
  return BrowserWindow.getAllWindows().filter(({ webContents }) => windowKind(webContents.id) === 'desk');
}

function deskAreas(): readonly Area[] {
  return deskWindows().map((window) => window.getBounds());
}

function presentDisplays(): readonly DisplayFacts[] {
  return screen
    .getAllDisplays()
    .map(({ id, label, bounds, scaleFactor }) => ({ id, label, bounds, scaleFactor }))
    .toSorted((one, other) => one.bounds.x - other.bounds.x || one.bounds.y - other.bounds.y);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
