import { describe, expect, it } from 'vitest';
import { PLAN } from '../functions/plan.ts';

describe('the plan', () => {
  it('orders the stages', () => {
    expect(PLAN.map(({ name }) => name)).toEqual(['pull', 'compute', 'render', 'print', 'check', 'publish']);
  });

  it('gives no stage something to read that no stage before it writes, but for what is public and what editors publish', () => {
    PLAN.forEach((stage, index) => {
      const written = [
        ...PLAN.slice(0, index + 1).flatMap(({ writes }) => writes),
        'public/',
        'templates/',
      ].map((prefix) => prefix.replace(/<\w+>.*/, ''));
      for (const prefix of stage.reads)
        expect(
          written.some((one) => prefix.startsWith(one) || one.startsWith(prefix)),
          `${stage.name} reads ${prefix}`,
        ).toBe(true);
    });
  });
});
