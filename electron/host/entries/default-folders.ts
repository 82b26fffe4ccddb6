import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the data lies if `--data` does not say: the user's own data folder by the habit of each system. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (platform === 'win32') return join(environment['APPDATA'] ?? homedir(), 'grid-command');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'grid-command');
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'grid-command');
}
