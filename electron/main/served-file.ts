import { realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { isAppUrl } from './app-origin.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pbf': 'application/x-protobuf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * The file below `root` that an address of ours names, or null: another origin, a path that leaves the folder (also by
 * encoding, backslash or symbolic link), a NUL, a folder, a type we do not serve, or no such file.
 */
export async function servedFile(root: string, address: string): Promise<{ file: string; contentType: string } | null> {
  if (!isAppUrl(address)) return null;
  const path = decoded(new URL(address).pathname);
  if (path === null || /[\\\0]/.test(path)) return null;
  const contentType = contentTypes[extname(path).toLowerCase()];
  if (contentType === undefined) return null;
  const file = join(root, path);
  if (!isInside(root, file)) return null;
  const [realRoot, realFile] = await Promise.all([realOrNull(root), realOrNull(file)]);
  if (realRoot === null || realFile === null || !isInside(realRoot, realFile)) return null;
  return { file: realFile, contentType };
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch (cause) {
    if (cause instanceof URIError) return null;
    throw cause;
  }
}

function isInside(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function realOrNull(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return null;
    throw cause;
  }
}
