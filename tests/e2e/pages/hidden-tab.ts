declare global {
  interface Window {
    showTab?: (isShown: boolean) => void;
    /** Frames that are asked for and not drawn. */
    waitingFrames?: () => number;
  }
}

/**
 * Lets a test hide a page as a browser does: `document.hidden`, the event, and no frames until it is shown again. Give it to
 * `page.addInitScript`; it runs in the page.
 */
export function canBeHidden(): void {
  let isShown = true;
  const waiting = new Map<number, FrameRequestCallback>();
  const request = window.requestAnimationFrame.bind(window);
  const cancel = window.cancelAnimationFrame.bind(window);
  let next = 1e9;
  window.requestAnimationFrame = (callback) => {
    if (isShown) return request(callback);
    next += 1;
    waiting.set(next, callback);
    return next;
  };
  window.cancelAnimationFrame = (handle) => {
    waiting.delete(handle);
    cancel(handle);
  };
  Object.defineProperties(document, {
    hidden: { get: () => !isShown },
    visibilityState: { get: () => (isShown ? 'visible' : 'hidden') },
  });
  window.waitingFrames = () => waiting.size;
  window.showTab = (shown) => {
    isShown = shown;
    document.dispatchEvent(new Event('visibilitychange'));
    if (!shown) return;
    for (const callback of waiting.values()) request(callback);
    waiting.clear();
  };
}
