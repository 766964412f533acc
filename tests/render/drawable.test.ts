import { describe, expect, it } from 'vitest';
import { drawable } from '../../functions/render/drawable.ts';

describe('a name that the faces must draw', () => {
  it.each([
    ['Qwen3-0.6B', 'Qwen3-0.6B'],
    ['Modèle Große', 'Modèle Große'],
    ['Bielik Łódź', 'Bielik \ufffdódz'],
    ['Velvet ő', 'Velvet o'],
    ['通义千问 2', '\ufffd\ufffd\ufffd\ufffd 2'],
    ['fast 🚀', 'fast \ufffd'],
    ['e\u0301', 'é'],
  ])('%j is written %j', (name, written) => {
    expect(drawable(name)).toBe(written);
  });
});
