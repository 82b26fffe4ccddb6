import { contextBridge, ipcRenderer } from 'electron';
import {
  hostPortMessage,
  shellChannels,
  type HostProcessState,
  type Shell,
  type WallWindowsState,
} from '#contract/shell.ts';

const listeners = new Set<(state: HostProcessState) => void>();
const wallListeners = new Set<(state: WallWindowsState) => void>();

const shell: Shell = {
  chooseFile: (kind) => ipcRenderer.invoke(shellChannels.chooseFile, kind),
  requestHostPort: () => ipcRenderer.send(shellChannels.requestHostPort),
  onHostState(listener) {
    listeners.add(listener);
    ipcRenderer.send(shellChannels.hostState);
    return () => void listeners.delete(listener);
  },
  wall: {
    state: () => ipcRenderer.invoke(shellChannels.wallState),
    open: (chosen) => ipcRenderer.invoke(shellChannels.wallOpen, chosen),
    close: () => ipcRenderer.invoke(shellChannels.wallClose),
    setPin: (pin) => ipcRenderer.invoke(shellChannels.wallPin, pin),
    onState(listener) {
      wallListeners.add(listener);
      return () => void wallListeners.delete(listener);
    },
  },
};

contextBridge.exposeInMainWorld('shell', shell);

ipcRenderer.on(shellChannels.hostState, (_event, state: HostProcessState) => {
  for (const listener of listeners) listener(state);
});

ipcRenderer.on(shellChannels.wallState, (_event, state: WallWindowsState) => {
  for (const listener of wallListeners) listener(state);
});

// The context bridge cannot carry a port, a window message can.
ipcRenderer.on(shellChannels.hostPort, (event) => {
  window.postMessage({ type: hostPortMessage }, window.location.origin, [...event.ports]);
});
