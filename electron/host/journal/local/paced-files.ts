import type { JournalFile, JournalFiles } from './journal-files.ts';

/**
 * The same files; `pause` is waited for before each read, so that a long walk leaves the disk and the processor to others.
 * When it rejects, so does the read.
 */
export function pacedFiles(files: JournalFiles, pause: () => Promise<void>): JournalFiles {
  return {
    makeFolder: (path) => files.makeFolder(path),
    list: (path) => files.list(path),
    open: async (path, mode) => pacedFile(await files.open(path, mode), pause),
    rename: (from, to) => files.rename(from, to),
    remove: (path) => files.remove(path),
    syncFolder: (path) => files.syncFolder(path),
  };
}

function pacedFile(file: JournalFile, pause: () => Promise<void>): JournalFile {
  return {
    async read(target, position) {
      await pause();
      return file.read(target, position);
    },
    write: (source, position) => file.write(source, position),
    writeSynced: (source, position) => file.writeSynced(source, position),
    dataSync: () => file.dataSync(),
    truncate: (length) => file.truncate(length),
    size: () => file.size(),
    close: () => file.close(),
  };
}
