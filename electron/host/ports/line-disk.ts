/** What a record of chained lines asks of the disk when it writes: acts, alarms, shifts. Tests let it fail. */
export interface LineDisk {
  /**
   * Writes at that byte of the file, which is made where it is missing with the folder above it, and cuts what is behind. What
   * resolves is on the disk, names and all.
   */
  write(file: string, bytes: Uint8Array, at: number): Promise<void>;
}
