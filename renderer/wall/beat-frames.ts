import workerUrl from './frame-watch.worker.ts?worker&url';

/**
 * Once a second, out of a frame that is drawn: tells the shell's watchdog where there is one (W6), and in a browser a worker that
 * has the page reloaded when frames stop while scripts still run: a lost compositor, a stuck graphics context. What a browser
 * page can't do is end itself while its own thread hangs: that takes Electron's shell, or a kiosk's own watchdog.
 */
export function beatFrames(): void {
  const beat = window.shell?.wallBeat;
  const worker = beat === undefined ? new Worker(workerUrl, { type: 'module' }) : null;
  worker?.addEventListener('message', () => location.reload());
  const tell = () => (beat === undefined ? worker?.postMessage(document.hidden ? 'hidden' : 'drawn') : beat());
  let last = 0;
  const frame = (at: number) => {
    if (at - last >= 1_000) {
      last = at;
      tell();
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  document.addEventListener('visibilitychange', tell);
}
