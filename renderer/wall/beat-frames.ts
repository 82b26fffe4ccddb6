import { withReload } from './frame-watch.ts';

const BEAT_MS = 1_000;

/**
 * Once a second, out of a frame that is drawn: tells the shell's watchdog where there is one (W6), and in a browser a worker that
 * has the page reloaded when frames stop while scripts still run: a lost compositor, a stuck graphics context. What a browser
 * page can't do is end itself while its own thread hangs: that takes Electron's shell, or a kiosk's own watchdog.
 */
export function beatFrames(): void {
  const beat = window.shell?.wallBeat;
  const worker =
    beat === undefined ? new Worker(new URL('./frame-watch.worker.ts', import.meta.url), { type: 'module' }) : null;
  worker?.addEventListener('message', reload);
  const tell = () => (beat === undefined ? worker?.postMessage(document.hidden ? 'hidden' : 'drawn') : beat());
  const frame = () => {
    tell();
    // Not in each frame: a page that is asked for frames is drawn, and a quiet wall need not be.
    setTimeout(() => requestAnimationFrame(frame), BEAT_MS);
  };
  requestAnimationFrame(frame);
  document.addEventListener('visibilitychange', tell);
}

const RELOADS_KEY = 'grid-command-wall-reloads';

function reload(): void {
  const past = (sessionStorage.getItem(RELOADS_KEY) ?? '').split(' ').filter(Boolean).map(Number);
  const next = withReload(past, Date.now());
  if (next === null) return;
  sessionStorage.setItem(RELOADS_KEY, next.join(' '));
  location.reload();
}
