import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  app,
  dialog,
  Menu,
  protocol,
  safeStorage,
  session,
  utilityProcess,
  type BrowserWindow,
  type MessageBoxOptions,
  type MessagePortMain,
} from 'electron';
import { readCommandLine } from '#contract/command-line.ts';
import { startFailures, type HostOptions, type HostSecret } from '#contract/host-process.ts';
import { appArguments } from './app-arguments.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { hostOptions } from './host-options.ts';
import { HostProcess } from './host-process.ts';
import { secretFromKeyStore, type KeyStore } from './key-store.ts';
import { leaveWords, menuTemplate } from './menu.ts';
import { report } from './report.ts';
import { securePages, secureSession } from './security.ts';
import { serveShell, serveWallWindows, tellHostState, tellWall } from './shell-api.ts';
import { stillAnswer } from './wall-still.ts';
import { wallPartition } from './windows/create-window.ts';
import { openDeskWindow } from './windows/desk-window.ts';
import { deskWindows, WallWindows } from './windows/wall-windows.ts';

boot();

function boot(): void {
  const appFolder = app.getAppPath();
  const read = readCommandLine(appArguments(process.argv, app.isPackaged, appFolder));
  if (!read.ok) {
    report(read.problem);
    app.exit(startFailures.bad_arguments);
    return;
  }
  const workingFolder = process.env['INIT_CWD'] ?? process.cwd();
  const options = hostOptions(read.value, workingFolder, appFolder, app.getVersion());
  if (options.dataFolder !== null && !keepShellFilesIn(options.dataFolder)) {
    app.exit(startFailures.folder_unusable);
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    report('Grid Command runs already; its window comes to the front');
    app.exit(0);
    return;
  }
  // Chromium refuses to sandbox for root and says so only by ending its processes; `npm start` adds the switch then.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  registerAppScheme();
  app.whenReady().then(
    () => open(appFolder, options, read.value.hasWall),
    (cause: unknown) => {
      throw cause;
    },
  );
}

function open(appFolder: string, options: HostOptions, hasWall: boolean): void {
  const wallSession = session.fromPartition(wallPartition);
  securePages();
  for (const each of [session.defaultSession, wallSession]) secureSession(each);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(app.getLocale(), !app.isPackaged)));
  const host = startHost(appFolder, options);
  serveShell(host);
  tellHostState(host);
  const settingsFile = join(app.getPath('userData'), 'settings.json');
  const openDesk = () => openDeskWindow(join(appFolder, 'out/preload/desk.cjs'), settingsFile);
  const walls = new WallWindows({
    preload: join(appFolder, 'out/preload/wall.cjs'),
    settingsFile,
    confirmLeave: (over) => confirmLeave(over ?? deskWindows()[0]),
    tell: tellWall,
  });
  serveWallWindows(walls);
  const files = join(appFolder, 'out/renderer');
  const isChinese = app.getLocale().toLowerCase().startsWith('zh');
  serveApp(protocol, files, () => host.url);
  serveApp(
    wallSession.protocol,
    files,
    () => host.wallUrl,
    (address) => stillAnswer(address, (name) => walls.pictureOf(name), isChinese),
  );
  openDesk();
  if (hasWall) void walls.openAsPlanned();

  app.on('before-quit', () => walls.close());
  app.on('second-instance', () => bringToFront(openDesk));
  app.on('window-all-closed', () => app.quit());
  endWithHost(host);
}

/** The shell's own files lie with the data, so that two data folders can be open at once. False: they cannot lie there. */
function keepShellFilesIn(dataFolder: string): boolean {
  const folder = join(dataFolder, 'shell');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    report(`the data folder ${dataFolder} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`);
    return false;
  }
  app.setPath('userData', folder);
  return true;
}

function startHost(appFolder: string, options: HostOptions): HostProcess<MessagePortMain> {
  const utility = join(appFolder, 'out/main/utility.js');
  if (!existsSync(utility)) throw new Error(`${utility} is missing: run npm run build`);
  const host = new HostProcess<MessagePortMain>(options, secretFor(options), {
    fork: () => utilityProcess.fork(utility, [], { serviceName: 'Grid Command host' }),
    now: () => performance.now(),
    after(delayMs, task) {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
  });
  host.onState(({ message }) => {
    if (message !== '') report(message);
  });
  host.start();
  return host;
}

/** What opens the personal data: the key store of the system, unless a pass-phrase is named. */
function secretFor({ secretFile }: HostOptions): HostSecret {
  if (secretFile !== null) return { kind: 'none', reason: 'no_secret' };
  const backends: Partial<Record<NodeJS.Platform, string>> = { darwin: 'keychain', win32: 'dpapi' };
  const store: KeyStore = {
    isEncryptionAvailable: () => safeStorage.isEncryptionAvailable(),
    backend: () => backends[process.platform] ?? safeStorage.getSelectedStorageBackend(),
    encryptString: (plain) => safeStorage.encryptString(plain),
    decryptString: (encrypted) => safeStorage.decryptString(encrypted),
  };
  return secretFromKeyStore(join(app.getPath('userData'), 'key.json'), store, report);
}

/** Quitting waits until the host has written and closed everything. */
function endWithHost(host: HostProcess<MessagePortMain>): void {
  let isEnding = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    host.stop().then(
      () => app.exit(host.exitCode),
      (cause: unknown) => {
        throw cause;
      },
    );
  });
}

/** Another start of the program: the desk comes to the front, or is opened again where only the wall is. */
function bringToFront(openDesk: () => void): void {
  const [window] = deskWindows();
  if (window === undefined) return openDesk();
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Whether a person wants to leave the wall, asked over the desk or, where none can be seen, over the wall. */
async function confirmLeave(over: BrowserWindow | undefined): Promise<boolean> {
  const { message, leave, stay } = leaveWords(app.getLocale());
  const question: MessageBoxOptions = {
    type: 'question',
    message,
    buttons: [leave, stay],
    defaultId: 1,
    cancelId: 1,
  };
  over?.show();
  const { response } = await (over === undefined
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(over, question));
  return response === 0;
}
