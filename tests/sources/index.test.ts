import { describe, expect, it } from 'vitest';
import { huggingface } from '../../functions/sources/huggingface.ts';
import { SOURCE_NAMES, SOURCES, sourceNamed } from '../../functions/sources/index.ts';
import { openrouterUsage } from '../../functions/sources/openrouter-usage.ts';
import { originSchema } from '../../functions/sources/origin.ts';

describe('every source', () => {
  it('is found by its name, and declares whom to cite', () => {
    expect(SOURCES.map(({ name }) => name)).toEqual([...SOURCE_NAMES]);
    for (const source of SOURCES) {
      expect(sourceNamed(source.name)).toBe(source);
      expect(originSchema.safeParse(source.origin).success).toBe(true);
      expect(source.origin.citation).toContain('{as_of}');
    }
    expect(() => sourceNamed('__proto__')).toThrow(
      /There is no source "__proto__". There are: huggingface, /,
    );
  });

  it('says before it asks what an absent key narrows', () => {
    expect(openrouterUsage.limits({})).toEqual([
      expect.stringMatching(/Without OPENROUTER_API_KEY .* begin with 2026-08-20/),
    ]);
    expect(openrouterUsage.limits({ OPENROUTER_API_KEY: 'synthetic-key' })).toEqual([]);
    expect(huggingface.limits({ HF_TOKEN: '' })).toHaveLength(1);
    expect(huggingface.limits({ HF_TOKEN: 'hf_x' })).toEqual([]);
  });

  it('refuses a key that could not stand in a header, without telling it', () => {
    expect(() => huggingface.limits({ HF_TOKEN: 'hf_x\nhost: evil' })).toThrow(
      /^HF_TOKEN has characters(?!.*evil)/,
    );
  });
});
