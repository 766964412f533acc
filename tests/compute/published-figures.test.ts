import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { publishedFigures, publishedFiguresArtefact } from '../../functions/compute/published-figures.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const v1 = fixture('figures-v1.json');
const v2 = fixture('figures.json');
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('figures that an earlier release published', () => {
  it('are read from version 1 with every figure and table as it was, each source as one that served the edition', () => {
    const before = JSON.parse(v1.toString());
    const read = publishedFiguresArtefact.parse(v1, 'figures.json');
    expect(before.schemaVersion).toBe(1);
    expect(read.schemaVersion).toBe(2);
    expect(read.figures).toEqual(before.figures);
    expect(Object.keys(read.figures).length).toBeGreaterThan(50);
    expect(read.tables).toEqual(before.tables);
    expect(read.sources).toEqual(
      before.sources.map((source: object) => ({ ...source, serves: 'edition' as const })),
    );
  });

  it('are read from version 2 as they are', () => {
    expect(publishedFiguresArtefact.parse(v2, 'figures.json')).toEqual(JSON.parse(v2.toString()));
  });

  it('of version 1 may not have what came with version 2: they would not be what was published', () => {
    const body = JSON.parse(v1.toString());
    body.sources[0].serves = 'comparison';
    expect(() => publishedFiguresArtefact.parse(bytes(body), 'figures.json')).toThrow(
      /The figures of version 1 at figures\.json is not valid.*serves/,
    );
  });

  it('of a version that this release does not know end in one error that names it and says what to do', () => {
    expect(() =>
      publishedFiguresArtefact.parse(bytes({ schemaVersion: 3 }), 'public/2027-01/r1/figures.json'),
    ).toThrow(
      /^The figures at public\/2027-01\/r1\/figures\.json are of schema version 3, and this release reads 1 and 2\. A later release published them/,
    );
  });

  it.each(['{}', '{"schemaVersion":"2"}', '[]', '{"schemaVersion":0}', 'no JSON'])(
    'that say no version are refused: %s',
    (text) => {
      expect(() => publishedFiguresArtefact.parse(new TextEncoder().encode(text), 'x')).toThrow(
        /figures of an earlier edition at x is not/,
      );
    },
  );

  it('are found under today’s ids, where one was renamed', () => {
    const renamed = new Map([['usage.open-share', 'usage.open.share']]);
    const { figures } = publishedFigures(renamed).parse(v1, 'figures.json');
    expect(figures['usage.open.share']).toEqual(JSON.parse(v1.toString()).figures['usage.open-share']);
    expect(figures).not.toHaveProperty(['usage.open-share']);
    expect(Object.keys(figures)).toHaveLength(Object.keys(JSON.parse(v1.toString()).figures).length);
  });

  it('keep the figure under today’s id where an edition has both', () => {
    const renamed = new Map([['usage.open-share', 'usage.china-of-open']]);
    const { figures } = publishedFigures(renamed).parse(v1, 'figures.json');
    expect(figures['usage.china-of-open']).toEqual(JSON.parse(v1.toString()).figures['usage.china-of-open']);
    expect(figures).not.toHaveProperty(['usage.open-share']);
  });
});
