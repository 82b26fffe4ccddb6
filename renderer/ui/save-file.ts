/** Hands a text to the person as a file. */
export function save(fileName: string, text: string): void {
  saveBytes(fileName, new Blob([text], { type: 'text/csv;charset=utf-8' }));
}

/** Hands bytes to the person as a file. */
export function saveBytes(fileName: string, bytes: Blob): void {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
