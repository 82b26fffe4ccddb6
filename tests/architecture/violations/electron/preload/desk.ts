import { ipcRenderer } from 'electron';

ipcRenderer.send('ready');
