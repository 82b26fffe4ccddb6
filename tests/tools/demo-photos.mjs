import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findChromium } from './find-chromium.mjs';

/** Where the pictures of the simulated staff lie; the first word of a name is the kind of photo. */
const folder = fileURLToPath(new URL('../../resources/demo-photos/', import.meta.url));

const road = '<rect width="480" height="360" fill="#8d9197"/><rect y="250" width="480" height="110" fill="#7c8086"/>';
const street = `<rect width="480" height="150" fill="#c3d2dd"/><rect y="90" width="150" height="90" fill="#b7a48f"/>
  <rect x="165" y="60" width="140" height="120" fill="#a7988a"/><rect x="320" y="80" width="160" height="100" fill="#bcae9c"/>
  <rect y="175" width="480" height="30" fill="#a9aeb3"/><rect y="205" width="480" height="155" fill="#74787d"/>
  <path d="M240 205 L232 360 L248 360 Z" fill="#d8d8d0"/>`;
const wall = '<rect width="480" height="360" fill="#c9c2b4"/><rect y="285" width="480" height="75" fill="#8d9197"/>';

/** What is wrong in the city, before and after. */
const scenes = {
  cover: {
    ground: road,
    before: `<ellipse cx="240" cy="185" rx="120" ry="92" fill="#4c5056"/><path d="M170 130 L250 190 L205 268 A120 92 0 0 1 170 130" fill="#16181b"/>
      <path d="M250 190 L330 120 M250 190 L300 265" stroke="#16181b" stroke-width="5"/>`,
    after: `<ellipse cx="240" cy="185" rx="120" ry="92" fill="#50545b"/><ellipse cx="240" cy="185" rx="104" ry="78" fill="none" stroke="#33363b" stroke-width="5"/>
      <path d="M150 185 H330 M160 150 H320 M160 220 H320 M240 110 V260" stroke="#33363b" stroke-width="6"/>`,
  },
  rubbish: {
    ground: wall,
    before: `<ellipse cx="170" cy="265" rx="75" ry="52" fill="#2f3a35"/><ellipse cx="275" cy="250" rx="85" ry="66" fill="#39463f"/>
      <ellipse cx="345" cy="285" rx="55" ry="38" fill="#2b322e"/><rect x="95" y="272" width="60" height="42" fill="#a97c4f"/>
      <path d="M260 188 L275 168 L290 188" stroke="#39463f" stroke-width="12" fill="none"/>`,
    after:
      '<path d="M0 318 H480" stroke="#a4a8ac" stroke-width="3"/><rect x="390" y="210" width="56" height="82" rx="6" fill="#3f6b53"/>',
  },
  bills: {
    ground: wall,
    before: [
      [90, 70, -6, '#e8e1c8'],
      [170, 110, 4, '#dfe6ea'],
      [255, 60, -3, '#f0d9cf'],
      [310, 140, 8, '#e8e1c8'],
      [200, 190, -9, '#d9e5d5'],
    ]
      .map(
        ([x, y, turn, fill]) =>
          `<g transform="translate(${x} ${y}) rotate(${turn})"><rect width="76" height="58" fill="${fill}"/><path d="M8 16 H64 M8 28 H56 M8 40 H66" stroke="#8a8478" stroke-width="4"/></g>`,
      )
      .join(''),
    after: '<rect x="80" y="55" width="320" height="200" fill="#d2ccbf"/>',
  },
};

const lamp = '<path d="M380 205 V70 H340" stroke="#3e4347" stroke-width="7" fill="none"/>';
const sign = `<rect x="150" y="95" width="180" height="110" rx="8" fill="#1f5f8b"/><rect x="160" y="105" width="160" height="90" rx="4" fill="none" stroke="#fff" stroke-width="3"/>
  <text x="240" y="165" font-size="40" fill="#fff" text-anchor="middle">12 号</text>`;

const shots = {
  'near-1': [scenes.cover.ground + scenes.cover.before, '近景'],
  'near-2': [scenes.rubbish.ground + scenes.rubbish.before, '近景'],
  'near-3': [scenes.bills.ground + scenes.bills.before, '近景'],
  'far-1': [`${street}${lamp}<ellipse cx="150" cy="300" rx="34" ry="14" fill="#16181b"/>`, '远景'],
  'far-2': [
    `${street}<ellipse cx="330" cy="225" rx="30" ry="20" fill="#2f3a35"/><ellipse cx="365" cy="232" rx="22" ry="14" fill="#39463f"/>`,
    '远景',
  ],
  'reference-1': [wall + sign, '参照物'],
  'before-1': [scenes.cover.ground + scenes.cover.before, '处置前'],
  'before-2': [scenes.rubbish.ground + scenes.rubbish.before, '处置前'],
  'before-3': [scenes.bills.ground + scenes.bills.before, '处置前'],
  'after-1': [scenes.cover.ground + scenes.cover.after, '处置后'],
  'after-2': [scenes.rubbish.ground + scenes.rubbish.after, '处置后'],
  'after-3': [scenes.bills.ground + scenes.bills.after, '处置后'],
};

/** Draws the pictures again: `node tests/tools/demo-photos.mjs`. Each says 演示 across the middle and at the foot. */
async function drawAll() {
  mkdirSync(folder, { recursive: true });
  const executablePath = findChromium(process.env);
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage({ viewport: { width: 480, height: 360 } });
  for (const [name, [drawing, words]] of Object.entries(shots)) {
    await page.setContent(`<body style="margin:0"><svg width="480" height="360" font-family="Noto Sans CJK SC, sans-serif">${drawing}
      <text x="240" y="200" font-size="92" font-weight="700" fill="#fff" fill-opacity="0.55" text-anchor="middle" transform="rotate(-18 240 180)">演示</text>
      <rect y="328" width="480" height="32" fill="#101214"/><text x="14" y="351" font-size="18" fill="#fff">演示照片 · ${words}</text></svg>`);
    await page.screenshot({ path: path.join(folder, `${name}.jpg`), type: 'jpeg', quality: 70 });
  }
  await browser.close();
}

await drawAll();
