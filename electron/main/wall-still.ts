import { createHash } from 'node:crypto';
import { isAppUrl, stillPath } from './app-origin.ts';

/** The last picture of a display that was taken while its page was well. `at`: this machine's time, milliseconds since 1970. */
export interface StillPicture {
  readonly jpeg: Uint8Array<ArrayBuffer>;
  readonly at: number;
}

const words = {
  zh: {
    stopped: '画面已停止更新',
    asOf: '截至',
    never: '没有可用的画面',
    remedy: '大屏程序反复出错，已停止重新载入。请在指挥台“大屏”中重新打开。',
  },
  en: {
    stopped: 'The picture has stopped',
    asOf: 'as of',
    never: 'there is no picture of before',
    remedy:
      'The page of the wall failed again and again and is not loaded any more. Open the wall again from the desk.',
  },
};

const style = `
html, body { margin: 0; height: 100%; overflow: hidden; background: #0b0d10; color: #e6e9ee; cursor: none; }
body { display: flex; flex-direction: column; font: 500 3vh/1.3 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
header { flex: none; padding: 2vh 2vw; background: #d8dce2; color: #12161c; }
b { font-size: 5vh; margin-right: 2vw; }
img { flex: 1; min-height: 0; object-fit: contain; filter: grayscale(1) brightness(0.6); }
`;
const policy = [
  "default-src 'none'",
  "img-src 'self'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
].join('; ');

/**
 * The page of last resort (W6), with no script in it: the last good picture greyed, when it was taken, and what a person must do.
 *
 * @param address of the request
 * @param pictureOf the last picture of the display of that name; null: there is none
 * @param isChinese language of the sentences
 * @returns null when the address is none of these
 */
export function stillAnswer(
  address: string,
  pictureOf: (name: string) => StillPicture | null,
  isChinese: boolean,
): Response | null {
  if (!isAppUrl(address)) return null;
  const { pathname } = new URL(address);
  const [, name, suffix] = /^\/wall-still\/([\w-]{1,40})(\.jpg)?$/.exec(pathname) ?? [];
  if (name === undefined) return null;
  const picture = pictureOf(name);
  const common = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
  if (suffix !== undefined) {
    if (picture === null) return new Response('none', { status: 404, headers: common });
    return new Response(picture.jpeg, { headers: { ...common, 'content-type': 'image/jpeg' } });
  }
  const headers = { ...common, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  return new Response(page(name, picture, isChinese), { headers });
}

function page(name: string, picture: StillPicture | null, isChinese: boolean): string {
  const word = isChinese ? words.zh : words.en;
  const since = picture === null ? word.never : `${word.asOf} ${timeInBeijing(picture.at)}`;
  const image = picture === null ? '' : `<img src="${stillPath}${name}.jpg" alt="">`;
  return `<!doctype html><html lang="${isChinese ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${word.stopped}</title><style>${style}</style></head><body><header><b>${word.stopped}</b>${since}<br>${word.remedy}</header>${image}</body></html>`;
}

function timeInBeijing(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(
    at,
  );
}
