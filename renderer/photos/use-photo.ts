import { useEffect, useState } from 'react';
import { useClient, useConnection } from '#renderer/client/hooks.tsx';
import { photoCacheOf, type LoadedPhoto } from './photo-cache.ts';

/** A photo of the host's store; null while it is fetched. What failed is fetched again when the connection is back. */
export function usePhoto(hash: string): LoadedPhoto | null {
  const client = useClient();
  const { state } = useConnection();
  const [photo, setPhoto] = useState<{ readonly hash: string; readonly loaded: LoadedPhoto } | null>(null);
  useEffect(() => {
    if (state !== 'open') return;
    let isWanted = true;
    void photoCacheOf(client)
      .load(hash)
      .then((loaded) => {
        if (isWanted) setPhoto({ hash, loaded });
      });
    return () => {
      isWanted = false;
    };
  }, [client, hash, state]);
  return photo?.hash === hash ? photo.loaded : null;
}
