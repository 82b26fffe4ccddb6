import { HostFrame, protocolVersion, type ClientFrame, type Transport } from '#contract/wire.ts';

/** A client made of bare frames: what it sends and what comes back, one after the other. */
export interface Frames {
  send(frame: ClientFrame): void;
  sendText(text: string): void;
  /** The next frame that was not taken yet, in order. */
  next(): Promise<HostFrame>;
  /** Takes frames until one of that type comes, and gives that one. */
  nextOf<Type extends HostFrame['type']>(type: Type): Promise<Extract<HostFrame, { type: Type }>>;
  /** Frames that have arrived and were not taken yet. */
  readonly waiting: readonly HostFrame[];
  readonly closed: Promise<string>;
  close(): void;
}

/** Reads the frames of a client's transport; each is parsed as a frame of the host. */
export function framesOf(transport: Transport): Frames {
  const waiting: HostFrame[] = [];
  const takers: ((frame: HostFrame) => void)[] = [];
  transport.onMessage((text) => {
    const frame = HostFrame.parse(JSON.parse(text));
    const taker = takers.shift();
    if (taker === undefined) waiting.push(frame);
    else taker(frame);
  });
  const next = (): Promise<HostFrame> => {
    const frame = waiting.shift();
    return frame === undefined ? new Promise((resolve) => takers.push(resolve)) : Promise.resolve(frame);
  };
  return {
    send: (frame) => transport.send(JSON.stringify(frame)),
    sendText: (text) => transport.send(text),
    next,
    nextOf: async <Type extends HostFrame['type']>(type: Type) => {
      for (;;) {
        const frame = await next();
        if (frame.type === type) return frame as Extract<HostFrame, { type: Type }>;
      }
    },
    waiting,
    closed: new Promise((resolve) => transport.onClosed(resolve)),
    close: () => transport.close('done'),
  };
}

/** Says hello and takes the welcome. */
export async function greet(frames: Frames, token?: string): Promise<Extract<HostFrame, { type: 'welcome' }>> {
  frames.send({ type: 'hello', protocol: protocolVersion, ...(token === undefined ? {} : { token }) });
  return frames.nextOf('welcome');
}
