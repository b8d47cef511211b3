// Which versions are measured, as installed.
import fs from 'node:fs';
import path from 'node:path';

export function versionsOf(packages) {
  return Object.fromEntries(packages.map((name) => [name, JSON.parse(fs.readFileSync(path.join('node_modules', name, 'package.json'), 'utf8')).version]));
}
