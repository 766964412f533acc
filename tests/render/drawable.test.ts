import { describe, expect, it } from 'vitest';
import { drawable } from '../../functions/render/drawable.ts';

describe('a name that the faces must draw', () => {
  it.each([
    ['Qwen3-0.6B', 'Qwen3-0.6B'],
    ['Modèle Große', 'Modèle Große'],
    ['Bielik Łódź', 'Bielik ¤ódz'],
    ['Velvet ő', 'Velvet o'],
    ['通义千问 2', '¤¤¤¤ 2'],
    ['fast 🚀', 'fast ¤'],
    ['e\u0301', 'é'],
    ['{{{x}}', '{ { {x} }'],
  ])('%j is written %j', (name, written) => {
    expect(drawable(name)).toBe(written);
  });
});
