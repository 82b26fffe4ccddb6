import type { WireError } from '#contract/errors.ts';
import type { Client } from '#renderer/client/client.ts';
import { fetchPhoto } from './photo-bytes.ts';
import { thumbnailOf } from './reencode.ts';

/** A photo for the screen: addresses of its picture and of a small copy, or why there is none. */
export type LoadedPhoto =
  | { readonly url: string; readonly small: string; readonly error: null }
  | { readonly url: null; readonly error: WireError };

/** So many pictures stay in memory; those that were looked at longest ago go first. */
const MOST_KEPT = 60;

/** Pictures fetched from the host, each once. What failed is asked again the next time. */
class PhotoCache {
  readonly #client: Client;
  readonly #loading = new Map<string, Promise<LoadedPhoto>>();

  constructor(client: Client) {
    this.#client = client;
  }

  load(hash: string): Promise<LoadedPhoto> {
    const known = this.#loading.get(hash);
    this.#loading.delete(hash);
    const loading = known ?? this.#fetch(hash);
    this.#loading.set(hash, loading);
    this.#forgetOldest();
    return loading;
  }

  async #fetch(hash: string): Promise<LoadedPhoto> {
    const found = await fetchPhoto(this.#client, hash);
    if (!found.ok) {
      this.#loading.delete(hash);
      return { url: null, error: found.error };
    }
    const url = URL.createObjectURL(found.value);
    const small = await thumbnailOf(found.value);
    return { url, small: small === null ? url : URL.createObjectURL(small), error: null };
  }

  #forgetOldest(): void {
    for (const [hash, loading] of this.#loading) {
      if (this.#loading.size <= MOST_KEPT) return;
      this.#loading.delete(hash);
      void loading.then((photo) => {
        if (photo.url === null) return;
        URL.revokeObjectURL(photo.url);
        URL.revokeObjectURL(photo.small);
      });
    }
  }
}

const caches = new WeakMap<Client, PhotoCache>();

/** The pictures that came over this connection. */
export function photoCacheOf(client: Client): PhotoCache {
  const known = caches.get(client);
  if (known !== undefined) return known;
  const made = new PhotoCache(client);
  caches.set(client, made);
  return made;
}
