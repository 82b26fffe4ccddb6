import { FrameWatch } from './frame-watch.ts';

const watch = new FrameWatch();

addEventListener('message', ({ data }: MessageEvent<unknown>) => watch.beat(data === 'hidden'));
setInterval(() => {
  if (watch.second()) postMessage('still');
}, 1_000);
