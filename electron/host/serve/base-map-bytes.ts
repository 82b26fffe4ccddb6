import type { ServerResponse } from 'node:http';
import { baseMapPath } from '#contract/base-map.ts';
import type { WireError } from '#contract/errors.ts';
import type { BaseMaps } from '#host/ports/base-maps.ts';

const pattern = /^([0-9a-f]{16})\/(\d{1,2})\/(\d{1,8})\/(\d{1,8})$/;

/**
 * One tile: 200 with a picture; 204 where the map has none; 404 for no such map; 503 with a reason while it fails. Kept by
 * the page's browser for an hour, so that moving to and fro asks no server twice.
 */
export async function answerBaseMap(path: string, response: ServerResponse, baseMaps: BaseMaps): Promise<void> {
  const [, id = '', ...numbers] = pattern.exec(path.slice(baseMapPath.length)) ?? [];
  const [zoom = -1, column = -1, row = -1] = numbers.map(Number);
  const tile = await baseMaps.tile(id, zoom, column, row);
  response.setHeader('Cache-Control', 'no-store');
  switch (tile.state) {
    case 'tile':
      response.setHeader('Cache-Control', 'private, max-age=3600');
      response.writeHead(200, { 'Content-Type': tile.type, 'Content-Length': tile.bytes.length }).end(tile.bytes);
      return;
    case 'empty':
      response.writeHead(204).end();
      return;
    case 'unknown':
      return refuse(response, 404, { code: 'not_found', detail: {} });
    case 'failing':
      return refuse(response, 503, { code: 'base_map_unusable', detail: { problem: tile.reason } });
  }
}

function refuse(response: ServerResponse, status: number, error: WireError): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(error));
}
