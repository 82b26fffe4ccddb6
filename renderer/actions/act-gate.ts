/** Whether anything may be done. Shut while the desk shows the past; what it shuts off is said where it is asked. */
export class ActGate {
  #isShut = false;

  get isShut(): boolean {
    return this.#isShut;
  }

  shut(): void {
    this.#isShut = true;
  }

  open(): void {
    this.#isShut = false;
  }
}
