import type { Page } from '@playwright/test';

export interface WallScan {
  /** Texts that reach out of the page, or that are cut off and may not be. */
  readonly cutOff: readonly string[];
  /** Smallest font size of any text, device pixels. */
  readonly smallest: number;
  /** Whether the map has a pixel of its own for each of the display; null without a map. */
  readonly mapIsExact: boolean | null;
  readonly text: string;
}

/** Looks at every text of the page; texts of the tables marked `data-may-shorten` may end with an ellipsis. */
export function scanWall(page: Page): Promise<WallScan> {
  return page.evaluate(() => {
    const cutOff: string[] = [];
    let smallest = Infinity;
    for (const element of document.querySelectorAll<HTMLElement>('#root *')) {
      const isText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      );
      if (!isText || element.closest('.maplibregl-map') !== null) continue;
      const { left, top, right, bottom, width } = element.getBoundingClientRect();
      if (width === 0) continue;
      const { display, fontSize } = getComputedStyle(element);
      smallest = Math.min(smallest, Number.parseFloat(fontSize) * devicePixelRatio);
      const isOut = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
      const isCut = display !== 'inline' && element.scrollWidth > element.clientWidth + 1;
      const mayShorten = element.closest('[data-may-shorten]') !== null;
      const isBelowTheFold = element.closest('[data-timeline]') !== null;
      if ((isOut && !isBelowTheFold) || (isCut && !mayShorten))
        cutOff.push(`${element.tagName} ${element.textContent}`);
    }
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.maplibregl-canvas');
    const box = canvas?.getBoundingClientRect();
    return {
      cutOff,
      smallest,
      mapIsExact:
        canvas === null || box === undefined
          ? null
          : Math.abs(canvas.width - box.width * devicePixelRatio) < 2 &&
            Math.abs(canvas.height - box.height * devicePixelRatio) < 2,
      text: document.body.innerText,
    };
  });
}
