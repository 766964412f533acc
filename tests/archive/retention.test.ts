import { describe, expect, it } from 'vitest';
import { openRetention } from '../../functions/archive/open-retention.ts';

describe('retention', () => {
  it('is of a bucket, for a number of days', () => {
    expect(openRetention('s3://bucket/archive/', '3650')).toMatchObject({ days: 3650 });
  });

  it.each([
    ['s3://bucket/archive/', undefined],
    ['s3://bucket/archive/', '0'],
    ['file:///archive/', '3650'],
    ['memory:', '3650'],
  ])('is none of %s for %s days', (url, days) => {
    expect(openRetention(url, days)).toBeUndefined();
  });

  it.each(['ten', '-1', '1.5', '999999'])('of "%s" days is refused', (days) => {
    expect(() => openRetention('s3://bucket/archive/', days)).toThrow(
      /RETAIN_DAYS is ".*whole number of days/,
    );
  });
});
