import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireError } from '#contract/errors.ts';
import type { Principal } from '#domain/access/permissions.ts';
import type { ComponentStore } from '#host/ports/components.ts';
import type { Attachments } from '#host/ports/attachments.ts';
import type { Handles } from './handles.ts';

const BINARY = 'application/octet-stream';

export interface AttachmentDoor {
  readonly attachments: Attachments;
  readonly components: Pick<ComponentStore, 'read'>;
  readonly handles: Handles;
}

/** Takes a picture in under an offered handle, or sends one, or an inventory, that was opened; a refusal is an error of the wire as JSON. */
export async function answerAttachment(
  request: IncomingMessage,
  response: ServerResponse,
  handle: string,
  principal: Principal,
  door: AttachmentDoor,
): Promise<void> {
  if (request.method === 'POST') return receive(request, response, handle, principal, door);
  if (request.method === 'GET') return send(response, handle, principal, door);
  response.writeHead(405, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' }).end('GET or POST');
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  handle: string,
  principal: Principal,
  { attachments, handles }: AttachmentDoor,
): Promise<void> {
  if (handles.take(handle, 'put', principal) === null) return refuse(response, 410, 'handle_unknown');
  // Not destroyed when the store stops reading, or the refusal could not be sent.
  const stored = await attachments.put(request.iterator({ destroyOnReturn: false }));
  if (stored.ok) return json(response, 200, stored.value);
  switch (stored.error) {
    case 'too_large':
      return refuse(response, 413, 'attachment_too_large');
    case 'not_a_picture':
      return refuse(response, 415, 'attachment_not_picture');
    case 'disk_full':
      return refuse(response, 507, 'attachment_disk_full');
  }
}

async function send(
  response: ServerResponse,
  handle: string,
  principal: Principal,
  { attachments, components, handles }: AttachmentDoor,
): Promise<void> {
  const inventory = handles.take(handle, 'components', principal);
  if (inventory !== null) {
    const bytes = await components.read(inventory.version);
    return bytes === null ? refuse(response, 404, 'components_damaged') : whole(response, bytes, BINARY);
  }
  const printed = handles.take(handle, 'pdf', principal);
  if (printed !== null) return whole(response, printed.bytes, 'application/pdf');
  const opened = handles.take(handle, 'get', principal);
  if (opened === null) return refuse(response, 410, 'handle_unknown');
  const found = await attachments.read(opened.hash);
  if (!found.ok) return refuse(response, 404, `attachment_${found.error}`);
  whole(response, found.value.contents, found.value.type);
}

function whole(response: ServerResponse, contents: Uint8Array, type: string): void {
  response
    .writeHead(200, { 'Content-Type': type, 'Content-Length': contents.length, 'Cache-Control': 'no-store' })
    .end(contents);
}

function refuse(response: ServerResponse, status: number, code: WireError['code']): void {
  response.setHeader('Connection', 'close');
  json(response, status, { code, detail: {} } satisfies WireError);
}

function json(response: ServerResponse, status: number, value: object): void {
  response
    .writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
    .end(JSON.stringify(value));
}
