import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { figuresSchema } from './figures.ts';

/** The published schema of `figures.json`, so that others can check and read it without this program. */
const file = new URL('figures.schema.json', import.meta.url);

/** The text of the published schema, as the code would write it now. */
export function publishedSchema(): string {
  const schema = z.toJSONSchema(figuresSchema, { target: 'draft-2020-12' });
  return `${JSON.stringify({ ...schema, title: 'Figures of one edition of the Open Model Balance' }, null, 2)}\n`;
}

if (import.meta.main) {
  const text = publishedSchema();
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (read() !== text) {
    console.error(
      'functions/compute/figures.schema.json is not what functions/compute/figures.ts says. Write it again: npx node functions/compute/schema.ts',
    );
    process.exitCode = 1;
  }
}

function read(): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
