import { BaseMapAdd, type BaseMap, type BaseMapKind, type BaseMapSource } from '#contract/base-map.ts';

/** The form of a new base map, as typed. */
export interface BaseMapDraft {
  readonly kind: BaseMapKind;
  readonly coordinates: BaseMap['coordinates'];
  readonly path: string;
  readonly rows: 'north' | 'south';
  readonly address: string;
  readonly layer: string;
  readonly style: string;
  readonly matrixSet: string;
  readonly format: string;
  readonly key: string;
  readonly minZoom: string;
  readonly maxZoom: string;
  readonly name: string;
  readonly owner: string;
  readonly approvalNumber: string;
  readonly date: string;
}

/** WMTS as 天地图 has it. */
export const emptyDraft: BaseMapDraft = {
  ...{ kind: 'pmtiles', coordinates: 'cgcs2000', path: '', rows: 'north' },
  ...{ address: '', layer: 'img', style: 'default', matrixSet: 'w', format: 'tiles', key: '' },
  ...{ minZoom: '1', maxZoom: '18', name: '', owner: '', approvalNumber: '', date: '' },
};

/** What is sent; null while something is missing or can't be meant. */
export function requestOf(draft: BaseMapDraft): BaseMapAdd | null {
  const { name, owner, approvalNumber, date, coordinates, key } = draft;
  const isServer = draft.kind === 'xyz' || draft.kind === 'wmts';
  const request = {
    ...{ name, owner, approvalNumber, date: date.trim(), coordinates, source: sourceOf(draft) },
    ...(isServer && key.trim() !== '' ? { key } : {}),
  };
  const parsed = BaseMapAdd.safeParse(request);
  return parsed.success ? parsed.data : null;
}

function sourceOf(draft: BaseMapDraft): BaseMapSource {
  const { kind, address, layer, style, matrixSet, format, rows } = draft;
  // A path that was copied out of a file manager comes with quotation marks.
  const path = draft.path.trim().replace(/^"(.*)"$/, '$1');
  const zooms = { minZoom: zoomOf(draft.minZoom), maxZoom: zoomOf(draft.maxZoom) };
  switch (kind) {
    case 'pmtiles':
    case 'mbtiles':
      return { kind, path };
    case 'folder':
      return { kind, path, rows };
    case 'xyz':
      return { kind, address, ...zooms };
    case 'wmts':
      return { kind, address, ...zooms, layer, style, matrixSet, format };
  }
}

/** NaN for what is no number: the schema refuses it. */
function zoomOf(text: string): number {
  return /^\d{1,2}$/.test(text.trim()) ? Number(text) : NaN;
}
