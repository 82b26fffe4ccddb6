import type { AlarmPriority } from '#domain/alarms/alarm-type.ts';

/** A tone comes again so often until somebody acknowledges, and may be off for so long (desk-wall-briefing.md §3, A6). */
export const REPEAT_MS = 30_000;
export const MUTE_MS = 120_000;

/** Beeps of a priority: three high, two, one low. Seconds and hertz. */
const tones: Readonly<Record<AlarmPriority, { readonly hertz: number; readonly beeps: number }>> = {
  1: { hertz: 988, beeps: 3 },
  2: { hertz: 740, beeps: 2 },
  3: { hertz: 523, beeps: 1 },
};
const BEEP_S = 0.16;
const PAUSE_S = 0.1;
const LOUDNESS = 0.25;

/** `waiting`: the browser lets no page sound before a key or a click (autoplay policy). */
export type SoundState = 'ready' | 'waiting' | 'absent';

export interface SoundStatus {
  readonly state: SoundState;
  /** Page time at which the silence ends; null while it sounds. */
  readonly mutedUntil: number | null;
  /** Tones that were due and could not be heard. */
  readonly missed: number;
}

export interface SoundTools {
  /** Null where there is no sound at all. */
  readonly context: AudioContext | null;
  readonly now: () => number;
  /** Calls once, `ms` from now; the result cancels it. */
  readonly after: (ms: number, task: () => void) => () => void;
}

/** Rings for what waits: at once when an alarm comes, then every 30 seconds until none waits. At most three tones. */
export class AlarmSound {
  readonly #tools: SoundTools;
  #waiting = new Map<number, AlarmPriority>();
  #mutedUntil: number | null = null;
  #missed = 0;
  #cancelRepeat = () => {};
  #cancelMute = () => {};
  #status: SoundStatus;
  readonly #listeners = new Set<() => void>();

  constructor(tools: SoundTools) {
    this.#tools = tools;
    this.#status = this.#look();
  }

  get status(): SoundStatus {
    return this.#status;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What nobody has acknowledged, by id. */
  setWaiting(waiting: ReadonlyMap<number, AlarmPriority>): void {
    const fresh = [...waiting].filter(([id]) => !this.#waiting.has(id)).map(([, priority]) => priority);
    this.#waiting = new Map(waiting);
    if (waiting.size === 0) this.#cancelRepeat();
    else if (fresh.length > 0) this.#ring(mostUrgent(fresh));
  }

  /** Each tone once, whatever is muted. */
  test(): void {
    for (const [index, priority] of ([1, 2, 3] as const).entries()) this.#play(priority, index);
    this.#tell();
  }

  mute(): void {
    this.#mutedUntil = this.#tools.now() + MUTE_MS;
    this.#cancelMute();
    this.#cancelMute = this.#tools.after(MUTE_MS, () => this.unmute());
    this.#tell();
  }

  unmute(): void {
    this.#cancelMute();
    this.#mutedUntil = null;
    if (this.#waiting.size > 0) this.#ring(mostUrgent([...this.#waiting.values()]));
    this.#tell();
  }

  /** A key was pressed or a button clicked: from now on the page may sound. What waits is heard at once. */
  async allow(): Promise<void> {
    const { context } = this.#tools;
    if (context === null || context.state === 'running') return;
    await context.resume();
    if (this.#waiting.size > 0) this.#ring(mostUrgent([...this.#waiting.values()]));
    this.#tell();
  }

  #ring(priority: AlarmPriority): void {
    this.#cancelRepeat();
    this.#cancelRepeat = this.#tools.after(REPEAT_MS, () => this.#ring(mostUrgent([...this.#waiting.values()])));
    if (this.#mutedUntil === null) this.#play(priority, 0);
    this.#tell();
  }

  /** `turn`: so many tones are played before it. */
  #play(priority: AlarmPriority, turn: number): void {
    const { context } = this.#tools;
    if (context?.state !== 'running') {
      this.#missed += 1;
      return;
    }
    const { hertz, beeps } = tones[priority];
    const start = context.currentTime + turn;
    for (let beep = 0; beep < beeps; beep += 1) {
      const at = start + beep * (BEEP_S + PAUSE_S);
      const oscillator = context.createOscillator();
      const gain = context.createGain();
      oscillator.frequency.value = hertz;
      gain.gain.setValueAtTime(0, at);
      // Without a crack at both ends.
      gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01);
      gain.gain.setValueAtTime(LOUDNESS, at + BEEP_S - 0.02);
      gain.gain.linearRampToValueAtTime(0, at + BEEP_S);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(at);
      oscillator.stop(at + BEEP_S);
    }
  }

  #look(): SoundStatus {
    const { context } = this.#tools;
    const state = context === null ? 'absent' : context.state === 'running' ? 'ready' : 'waiting';
    return { state, mutedUntil: this.#mutedUntil, missed: this.#missed };
  }

  #tell(): void {
    this.#status = this.#look();
    for (const listener of this.#listeners) listener();
  }
}

function mostUrgent(priorities: readonly AlarmPriority[]): AlarmPriority {
  return priorities.reduce((a, b) => (b < a ? b : a), 3);
}
