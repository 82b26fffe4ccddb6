import type { BaseMapSource } from '#contract/base-map.ts';
import { addressOf } from './server-address.ts';
import { pictureTypeOf } from './picture-type.ts';
import { TileProblem, type TileSource } from './tile-source.ts';

type Server = Extract<BaseMapSource, { readonly address: string }>;

const ANSWER_WITHIN_MS = 10_000;
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Tiles of a server in the intranet. Only the declared address is asked: a redirect is not followed, and nothing but a whole
 * picture is passed on, so that no page of the intranet can be read through it.
 */
export function serverSource(source: Server, key: string | null): TileSource {
  const { minZoom, maxZoom } = source;
  return {
    extent: () => Promise.resolve({ minZoom, maxZoom, bounds: null }),
    tile: async (zoom, column, row) => {
      const answer = await ask(addressOf(source, key, zoom, column, row));
      const { status } = answer;
      if (status === 404 || status === 204) return dropped(answer, null);
      if (status >= 300 && status < 400) throw await dropped(answer, new TileProblem('redirected', `status ${status}`));
      if (status === 401 || status === 403)
        throw await dropped(answer, new TileProblem('key_refused', `status ${status}`));
      if (status !== 200) throw await dropped(answer, new TileProblem('bad_status', `status ${status}`));
      const bytes = await limited(answer);
      if (bytes === null || pictureTypeOf(bytes) === null) throw new TileProblem('not_a_picture', 'no whole picture');
      return bytes;
    },
    close: () => Promise.resolve(),
  };
}

/** Never with the address in the words: the key is in it. */
async function ask(address: string): Promise<Response> {
  try {
    return await fetch(address, {
      redirect: 'manual',
      credentials: 'omit',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  } catch {
    throw new TileProblem('server_gone', 'no answer');
  }
}

async function dropped<Value>(answer: Response, value: Value): Promise<Value> {
  await answer.body?.cancel();
  return value;
}

/** Null when there is more than a tile can be. */
async function limited(answer: Response): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of answer.body ?? []) {
      length += piece.length;
      if (length > MOST_BYTES) return null;
      pieces.push(piece);
    }
  } catch {
    throw new TileProblem('server_gone', 'the answer broke off');
  }
  return Buffer.concat(pieces);
}
