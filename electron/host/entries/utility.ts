import { FromHost, ToHost, type HostOptions, type HostSecret } from '#contract/host-process.ts';
import { pinoLog } from '../log/pino-log.ts';
import type { Log } from '../ports/log.ts';
import { messagePortTransport, type MessagePortLike } from '../serve/transports/message-port.ts';
import { StartProblem } from '../start-problem.ts';
import { runHost, type RunningHost } from './run-host.ts';

/** `process.parentPort` of an Electron utility process, as far as it is used here. */
interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly MessagePortLike[] }) => void,
  ): void;
  postMessage(message: FromHost): void;
}

function parentPort(): ParentPort {
  const port = (process as unknown as { readonly parentPort?: ParentPort }).parentPort;
  if (port === undefined) throw new Error('this entry runs in an Electron utility process; use headless.js elsewhere');
  return port;
}

const port = parentPort();
const log = pinoLog('warn');
let running: RunningHost | null = null;

/** Ports that main handed over before the host was ready. */
const early: { readonly principal: 'operator' | 'wall'; readonly port: MessagePortLike }[] = [];

port.on('message', ({ data, ports }) => {
  const message = ToHost.parse(data);
  if (message.type === 'start') void start(message.options, message.secret, log);
  if (message.type === 'port') {
    const [given] = ports;
    if (given === undefined) throw new Error('a port message without a port');
    if (running === null) early.push({ principal: message.principal, port: given });
    else running.host.connect(messagePortTransport(given), message.principal);
  }
  if (message.type === 'stop') void stop();
});

async function start(options: HostOptions, secret: HostSecret, hostLog: Log): Promise<void> {
  try {
    running = await runHost(options, hostLog, secret);
  } catch (cause) {
    const code = cause instanceof StartProblem ? cause.code : 'internal';
    const message = cause instanceof Error ? cause.message : String(cause);
    hostLog.error('the host could not start', { code, message });
    port.postMessage({ type: 'failed', code, message });
    return;
  }
  for (const waiting of early.splice(0)) running.host.connect(messagePortTransport(waiting.port), waiting.principal);
  port.postMessage({ type: 'ready', url: running.url, wallUrl: running.wallUrl });
}

async function stop(): Promise<void> {
  await running?.close();
  port.postMessage({ type: 'stopped' });
}
