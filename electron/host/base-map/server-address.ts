import type { BaseMapSource } from '#contract/base-map.ts';
import { TileProblem } from './tile-source.ts';

type Server = Extract<BaseMapSource, { readonly address: string }>;

/** Names under which services take a secret key. */
const keyNames = /^(tk|ak|key|token|apikey|api_key|access_token)$/i;
/** Matrix sets whose tiles are squares of degrees: 天地图 `c`, and the usual names elsewhere. */
const inDegrees = /^c$|[_:]c$|4326|4490|crs84/i;
/** Services that are known to give shifted pictures, whatever is declared: 高德, 腾讯, 百度. */
const shifted: readonly (readonly [ending: string, system: 'gcj02' | 'bd09'])[] = [
  ['autonavi.com', 'gcj02'],
  ['amap.com', 'gcj02'],
  ['gtimg.com', 'gcj02'],
  ['map.qq.com', 'gcj02'],
  ['google.cn', 'gcj02'],
  ['bdimg.com', 'bd09'],
  ['baidu.com', 'bd09'],
];

/** The shifted system that a server is known to draw in; null: none is known. */
export function knownShift(address: string): 'gcj02' | 'bd09' | null {
  const host = parsed(address).hostname;
  return shifted.find(([ending]) => host === ending || host.endsWith(`.${ending}`))?.[1] ?? null;
}

/** An address that was pasted with its key in it, and the key apart: it must not be shown with the address. */
export function withoutKey<Source extends Server>(
  source: Source,
): { readonly source: Source; readonly key: string | null } {
  const [path = '', query] = source.address.split('?', 2);
  if (query === undefined) return { source, key: null };
  let key: string | null = null;
  const pairs = query.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split('=', 2);
    if (!keyNames.test(name) || value === '' || value === '{key}') return pair;
    key = decodeURIComponent(value);
    return `${name}={key}`;
  });
  return { source: { ...source, address: `${path}?${pairs.join('&')}` }, key };
}

/** @throws TileProblem `bad_address`, `geographic` */
export function requireUsable(source: Server, key: string | null): void {
  const { protocol, username, password } = parsed(source.address);
  if (protocol !== 'http:' && protocol !== 'https:') throw new TileProblem('bad_address', `${protocol} is not fetched`);
  if (username !== '' || password !== '') throw new TileProblem('bad_address', 'with a name or password in it');
  const strange = source.address.match(/\{[^}]*\}/g)?.filter((place) => !places(source).includes(place)) ?? [];
  if (strange.length > 0) throw new TileProblem('bad_address', `${strange.join(' ')} means nothing here`);
  if (source.address.includes('{key}') && key === null) throw new TileProblem('key_missing', 'no key was given');
  if (source.kind === 'wmts') {
    if (inDegrees.test(source.matrixSet)) throw new TileProblem('geographic', `matrix set ${source.matrixSet}`);
  } else if (!['{z}', '{x}', '{y}'].every((place) => source.address.includes(place))) {
    throw new TileProblem('bad_address', 'without {z}, {x} or {y}');
  }
  if (source.maxZoom < source.minZoom) throw new TileProblem('bad_address', 'no zoom level');
}

/** The one address of a tile; nothing but numbers and the key goes into what was declared. */
export function addressOf(source: Server, key: string | null, zoom: number, column: number, row: number): string {
  const filled = source.address
    .replaceAll('{key}', encodeURIComponent(key ?? ''))
    .replaceAll('{z}', String(zoom))
    .replaceAll('{x}', String(column))
    .replaceAll('{y}', String(row));
  if (source.kind === 'xyz') return filled;
  const address = new URL(filled);
  const { layer, style, matrixSet, format } = source;
  const parts = {
    ...{ SERVICE: 'WMTS', REQUEST: 'GetTile', VERSION: '1.0.0', LAYER: layer, STYLE: style },
    ...{ TILEMATRIXSET: matrixSet, FORMAT: format },
    ...{ TILEMATRIX: String(zoom), TILEROW: String(row), TILECOL: String(column) },
  };
  for (const [name, value] of Object.entries(parts)) address.searchParams.set(name, value);
  if (key !== null && !source.address.includes('{key}')) address.searchParams.set('tk', key);
  return address.href;
}

function places({ kind }: Server): readonly string[] {
  return kind === 'xyz' ? ['{z}', '{x}', '{y}', '{key}'] : ['{key}'];
}

function parsed(address: string): URL {
  const sample = address.replaceAll(/\{[^}]*\}/g, '0');
  if (!URL.canParse(sample)) throw new TileProblem('bad_address', 'no address');
  return new URL(sample);
}
