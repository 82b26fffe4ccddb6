import { createReadStream, type Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Sends a file of the built renderer; false when there is none of that name. Nothing outside `folder` is ever read. */
export async function sendFile(folder: string, urlPath: string, response: ServerResponse): Promise<boolean> {
  const file = fileFor(folder, urlPath);
  const type = file === null ? undefined : contentTypes[extname(file)];
  if (file === null || type === undefined) return false;
  const found = await fileInside(folder, file);
  if (found === null) return false;
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Length': found.size,
    // Names under assets/ carry a hash of their content.
    'Cache-Control': urlPath.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  await pipeline(createReadStream(file), response);
  return true;
}

/** Null for what is no file, and for what a link makes of something outside `folder`. */
async function fileInside(folder: string, file: string): Promise<Stats | null> {
  try {
    const [real, root] = await Promise.all([realpath(file), realpath(folder)]);
    const found = await stat(real);
    return real.startsWith(root + sep) && found.isFile() ? found : null;
  } catch {
    // Not there, or not for us: both are "not found" to whoever asks.
    return null;
  }
}

/** Addresses of pages as people write them. */
const pages: Readonly<Record<string, string>> = {
  '/': 'desk/index.html',
  '/wall': 'wall/index.html',
  '/wall/': 'wall/index.html',
  '/briefing/': 'briefing/index.html',
};

/** The file for a path of an address; null when it would lie outside `folder`. `/` is the desk, `/wall` the wall, `/briefing/` what is printed. */
export function fileFor(folder: string, urlPath: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (path.includes('\0')) return null;
  const file = normalize(join(folder, pages[path] ?? path));
  return file.startsWith(normalize(folder) + sep) ? file : null;
}
