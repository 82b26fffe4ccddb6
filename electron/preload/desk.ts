import { contextBridge, ipcRenderer } from 'electron';
import { hostPortMessage, shellChannels, type HostProcessState, type Shell } from '#contract/shell.ts';

const listeners = new Set<(state: HostProcessState) => void>();

const shell: Shell = {
  chooseFile: (kind) => ipcRenderer.invoke(shellChannels.chooseFile, kind),
  requestHostPort: () => ipcRenderer.send(shellChannels.requestHostPort),
  onHostState(listener) {
    listeners.add(listener);
    ipcRenderer.send(shellChannels.hostState);
    return () => void listeners.delete(listener);
  },
};

contextBridge.exposeInMainWorld('shell', shell);

ipcRenderer.on(shellChannels.hostState, (_event, state: HostProcessState) => {
  for (const listener of listeners) listener(state);
});

// The context bridge cannot carry a port, a window message can.
ipcRenderer.on(shellChannels.hostPort, (event) => {
  window.postMessage({ type: hostPortMessage }, window.location.origin, [...event.ports]);
});
