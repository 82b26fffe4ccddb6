// Stands in for Electron's own default_app.asar, which a packaged Electron app does not carry: runs the app whose folder
// or file is named on the command line (CommonJS or ES module).
import { app } from 'electron';
import fs from 'node:fs';
import { Module } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { file, preload } = readArguments(process.argv.slice(1));
if (preload.length > 0) Module._preloadModules(preload);

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
const folder = path.resolve(file);
const manifest = path.join(folder, 'package.json');
const isPackage = fs.existsSync(manifest);
if (isPackage) {
  const { version, productName, name, desktopName } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
  if (version) app.setVersion(version);
  if (productName || name) app.name = productName || name;
  app.setDesktopName(desktopName || `${app.name}.desktop`);
}
const entry = Module._resolveFilename(folder, null, true);
app.setAppPath(isPackage ? folder : path.dirname(entry));
try {
  await import(pathToFileURL(entry).href);
} catch (error) {
  console.error('the app cannot be loaded:', error);
  process.exit(1);
}

function readArguments(args) {
  const preload = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '--version' || arg === '-v') {
      console.log(`v${process.versions.electron}`);
      process.exit(0);
    }
    if (arg === '-r' || arg === '--require') preload.push(args[(index += 1)]);
    else if (!arg.startsWith('-')) return { file: arg, preload };
  }
  console.error('electron: name the app to run');
  process.exit(1);
}
