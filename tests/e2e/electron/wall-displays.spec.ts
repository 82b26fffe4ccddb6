import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { hostPortMessage, type Shell } from '#contract/shell.ts';
import { noDummyDisplays, startDummyDisplays, type DummyDisplays } from '#tests/support/dummy-displays.ts';
import { aReportInput } from '#tests/builders/wire.ts';
import { startApp, type StartedApp } from './start-app.ts';

const missing = noDummyDisplays();
const display = (output: number) => ({ x: output * 3_840, y: 0, width: 3_840, height: 2_160 });

/** Pages of 4K drawn without a graphics card, beside whatever else the machine does; the review scene has no map to draw. */
const patient = { timeout: 120_000 };
const slow = { timeout: 240_000 };

let folder: string;
let displays: DummyDisplays;
let started: StartedApp;

test.skip(missing !== null, missing ?? '');
test.beforeEach(() => test.setTimeout(600_000));

test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = await mkdtemp(join(tmpdir(), 'wall-displays-'));
  displays = await startDummyDisplays(3);
  started = await startApp(join(folder, 'data'), ['--no-simulate', '--wall', 'review'], { DISPLAY: displays.display });
  await expect.poll(places, patient).toEqual({ 'wall-1': display(1), 'wall-2': display(2) });
});
test.afterAll(async () => {
  await started?.app.close();
  await displays?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What each window of the wall covers, by the name of its page. */
function places(): Promise<Record<string, object>> {
  return started.app.evaluate(({ BrowserWindow }) =>
    Object.fromEntries(
      BrowserWindow.getAllWindows().flatMap((window) => {
        const name = new URL(window.webContents.getURL() || 'app:').searchParams.get('display');
        return name === null ? [] : [[name, window.getContentBounds()]];
      }),
    ),
  );
}

function rendererPid(name: string): Promise<number | undefined> {
  return started.app.evaluate(
    ({ BrowserWindow }, wanted) =>
      BrowserWindow.getAllWindows()
        .find(({ webContents }) => webContents.getURL().endsWith(`display=${wanted}`))
        ?.webContents.getOSProcessId(),
    name,
  );
}

async function pageOf(name: string): Promise<Page> {
  const find = () => started.app.windows().find((page) => page.url().endsWith(`display=${name}`));
  await expect.poll(() => find() !== undefined, patient).toBe(true);
  return find() as Page;
}

/**
 * Runs a script in the page of a display, by way of main: Playwright's own page is of no use any more once its process was killed.
 * Null: the page is not there, or just being loaded.
 */
function inPage(name: string, script: string): Promise<unknown> {
  return started.app.evaluate(
    ({ BrowserWindow }, given) =>
      BrowserWindow.getAllWindows()
        .find(({ webContents }) => !webContents.isCrashed() && webContents.getURL().endsWith(`display=${given.name}`))
        ?.webContents.executeJavaScript(given.script)
        .catch(() => null) ?? null,
    { name, script },
  );
}

/** The page is there and shows a scene; its whole area is what the window covers, at a pixel of its own for each one of the display. */
async function showsAScene(name: string): Promise<void> {
  const script =
    "[innerWidth, innerHeight, devicePixelRatio, document.querySelector('[data-scene]')?.dataset.scene].join(' ')";
  await expect.poll(() => inPage(name, script), slow).toBe('3840 2160 1 review');
}

test('the wall covers the displays that the desk does not, to the pixel, and each page fills its own', async () => {
  for (const name of ['wall-1', 'wall-2']) await showsAScene(name);
  const { bounds } = await started.app.evaluate(({ BrowserWindow }) => {
    const [desk] = BrowserWindow.getAllWindows().filter(({ webContents }) => webContents.getURL().includes('/desk/'));
    return { bounds: desk?.getBounds() };
  });
  expect(bounds?.x).toBeLessThan(3_840);
});

test('a display is unplugged: its window is gone and the other stays; plugged in again: both are right', async () => {
  displays.unplug(1);
  await expect.poll(places, patient).toEqual({ 'wall-2': display(2) });
  displays.plugIn(1);
  await expect.poll(places, patient).toEqual({ 'wall-1': display(1), 'wall-2': display(2) });
  await showsAScene('wall-1');
});

test('the display of the desk is lost: the desk takes one of the wall; back, everything is where it was', async () => {
  const deskX = () =>
    started.app.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find(({ webContents }) => webContents.getURL().includes('/desk/'))
          ?.getBounds().x,
    );
  const before = await deskX();
  displays.unplug(0);
  await expect.poll(async () => Object.keys(await places()).length, patient).toBe(1);
  displays.plugIn(0);
  await expect.poll(places, patient).toEqual({ 'wall-1': display(1), 'wall-2': display(2) });
  await expect.poll(deskX, patient).toBe(before);
});

test('a page whose process is killed comes back, and one that hangs is ended and comes back', async () => {
  await showsAScene('wall-1');
  const first = await rendererPid('wall-1');
  process.kill(first as number, 'SIGKILL');
  await expect.poll(async () => ![undefined, 0, first].includes(await rendererPid('wall-1')), patient).toBe(true);
  await showsAScene('wall-1');

  const second = await rendererPid('wall-1');
  // It never answers; that it is broken off when the app ends is no fault.
  inPage('wall-1', 'for (;;) performance.now()').catch(() => null);
  await expect.poll(async () => ![undefined, 0, second].includes(await rendererPid('wall-1')), slow).toBe(true);
  await showsAScene('wall-1');
});

test('a page of the wall has the wall’s rights: it opens nothing and writes nothing, whatever it asks', async () => {
  // Its own connection stands: the port that comes next is ours.
  await showsAScene('wall-2');
  const page = await pageOf('wall-2');
  const shell = await page.evaluate(() => Object.keys(Reflect.get(window, 'shell') as object).sort());
  expect(shell).toEqual(['onHostState', 'onWallNotice', 'requestHostPort', 'wallBeat']);
  const frames = await page.evaluate(
    async ({ type, input }) => {
      const port = await new Promise<MessagePort>((resolve) => {
        addEventListener('message', ({ data, ports }) => {
          if ((data as { type?: unknown }).type === type && ports[0] !== undefined) resolve(ports[0]);
        });
        (Reflect.get(window, 'shell') as Shell).requestHostPort();
      });
      const answers: unknown[] = [];
      return new Promise<unknown[]>((resolve) => {
        port.onmessage = ({ data }) => {
          answers.push(JSON.parse(String(data)));
          if (answers.length === 3) resolve(answers);
        };
        for (const frame of [
          { type: 'hello', protocol: 1 },
          { type: 'call', id: 'a', method: 'case.report', input },
          {
            type: 'call',
            id: 'b',
            method: 'wall.push',
            input: { display: 'wall-1', scene: { kind: 'watch' }, minutes: 1 },
          },
        ])
          port.postMessage(JSON.stringify(frame));
      });
    },
    { type: hostPortMessage, input: aReportInput() },
  );
  expect(frames).toMatchObject([
    { type: 'welcome', principal: { kind: 'wall' } },
    { type: 'failure', id: 'a', error: { code: 'forbidden' } },
    { type: 'failure', id: 'b', error: { code: 'forbidden' } },
  ]);
});

test('the desk moves the wall, as one picture over two displays, and sets a PIN; Esc twice and the PIN leave', async () => {
  const desk = started.page;
  const dialog = desk.getByRole('dialog', { name: '大屏' });
  // A desk whose map is still being drawn has its keys already, but not from the first moment on.
  await expect(async () => {
    if (!(await dialog.isVisible())) await desk.keyboard.press('Alt+w');
    await expect(dialog).toBeVisible();
  }).toPass(patient);
  await dialog.getByText('一幅画面横跨所选显示器').click();
  await dialog.getByRole('button', { name: '应用' }).click();
  await expect.poll(places, patient).toEqual({ 'wall-1': { ...display(1), width: 7_680 } });
  await dialog.getByLabel('离开大屏的 PIN').last().fill('2468');
  await dialog.getByRole('button', { name: '设置 PIN' }).click();
  await expect(dialog.getByRole('button', { name: '取消 PIN' })).toBeVisible();

  const press = (keyCode: string) =>
    started.app.evaluate(({ BrowserWindow }, key) => {
      const wall = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes('/wall/'));
      // The last key closes the window before it is let go.
      for (const type of ['keyDown', 'keyUp'] as const)
        if (wall?.isDestroyed() === false) wall.webContents.sendInputEvent({ type, keyCode: key });
    }, keyCode);
  for (const key of ['Escape', 'Escape', '1', '1', '1', '1', 'Enter']) await press(key);
  await expect.poll(() => inPage('wall-1', 'document.body.innerText'), slow).toContain('PIN 不正确');
  for (const key of ['2', '4', '6', '8', 'Enter']) await press(key);
  await expect.poll(places, patient).toEqual({});
  await expect(dialog.getByRole('button', { name: '打开大屏' })).toBeVisible();
});

test('without a PIN a person is asked on the desk', async () => {
  const dialog = started.page.getByRole('dialog', { name: '大屏' });
  await dialog.getByRole('button', { name: '取消 PIN' }).click();
  await dialog.getByText('一幅画面横跨所选显示器').click();
  await dialog.getByRole('button', { name: '打开大屏' }).click();
  await expect.poll(places, patient).toEqual({ 'wall-1': display(1), 'wall-2': display(2) });
  const asked = await started.app.evaluate(async ({ BrowserWindow, dialog: native }) => {
    const wall = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes('/wall/'));
    return new Promise<string[]>((resolve) => {
      native.showMessageBox = ((over: Electron.BrowserWindow, { message }: Electron.MessageBoxOptions) => {
        resolve([new URL(over.webContents.getURL()).pathname, message]);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      }) as typeof native.showMessageBox;
      for (let count = 0; count < 2; count += 1) {
        for (const type of ['keyDown', 'keyUp'] as const) wall?.webContents.sendInputEvent({ type, keyCode: 'Escape' });
      }
    });
  });
  expect(asked).toEqual(['/desk/index.html', '关闭本机的大屏窗口？']);
  await expect.poll(places, patient).toEqual({});
});
