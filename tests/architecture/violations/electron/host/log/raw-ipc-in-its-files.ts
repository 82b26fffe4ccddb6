export function tell(window: { readonly webContents: { send(channel: string): void } }): void {
  window.webContents.send('told');
}
