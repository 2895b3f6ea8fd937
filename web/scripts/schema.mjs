/** Renews `src/api/openapi.json` from the server's sources, and `src/api/schema.ts` from that. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { typesOf } from './generate.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const own = path('../../.venv/bin/python');
const python = process.env.PYTHON ?? (existsSync(own) ? own : 'python3');

const document = execFileSync(python, [path('openapi.py')], { encoding: 'utf8', maxBuffer: 1 << 26 });
writeFileSync(path('../src/api/openapi.json'), document);
writeFileSync(path('../src/api/schema.ts'), await typesOf(JSON.parse(document)));
