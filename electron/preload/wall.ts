import { contextBridge, ipcRenderer } from 'electron';
import { hostPortMessage, shellChannels, type HostProcessState, type Shell, type WallNotice } from '#contract/shell.ts';

const stateListeners = new Set<(state: HostProcessState) => void>();
const noticeListeners = new Set<(notice: WallNotice) => void>();

/** A page of the wall reads, beats, and hears what main has to say; it opens nothing. */
const shell = {
  requestHostPort: () => ipcRenderer.send(shellChannels.requestHostPort),
  onHostState(listener) {
    stateListeners.add(listener);
    ipcRenderer.send(shellChannels.hostState);
    return () => void stateListeners.delete(listener);
  },
  wallBeat: () => ipcRenderer.send(shellChannels.wallBeat),
  onWallNotice(listener) {
    noticeListeners.add(listener);
    ipcRenderer.send(shellChannels.wallNotice);
    return () => void noticeListeners.delete(listener);
  },
} satisfies Omit<Shell, 'chooseFile'>;

contextBridge.exposeInMainWorld('shell', shell);

ipcRenderer.on(shellChannels.hostState, (_event, state: HostProcessState) => {
  for (const listener of stateListeners) listener(state);
});

ipcRenderer.on(shellChannels.wallNotice, (_event, notice: WallNotice) => {
  for (const listener of noticeListeners) listener(notice);
});

// The context bridge cannot carry a port, a window message can.
ipcRenderer.on(shellChannels.hostPort, (event) => {
  window.postMessage({ type: hostPortMessage }, window.location.origin, [...event.ports]);
});
