import { expect, it } from 'vitest';
import document from '~/api/openapi.json';
import schema from '~/api/schema.ts?raw';
// @ts-expect-error a script of the build, without types
import { typesOf } from '../scripts/generate.mjs';

it('has the types of the committed OpenAPI document; renew them with `npm run schema`', async () => {
  expect(schema === (await typesOf(structuredClone(document)))).toBe(true);
});
