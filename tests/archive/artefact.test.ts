import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { binaryArtefact, jsonArtefact, sha256, textArtefact } from '../../functions/archive/artefact.ts';
import { ArchiveCorrupt } from '../../functions/errors.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (body: Uint8Array) => new TextDecoder().decode(body);
const note = jsonArtefact('note', z.strictObject({ words: z.string(), count: z.int().nonnegative() }));

describe('a JSON object of the archive', () => {
  it('comes back as it was written, and ends its last line', () => {
    const body = note.serialise({ words: 'é "quoted" 漢', count: 2 }, 'a/note.json');
    expect(text(body).endsWith('}\n')).toBe(true);
    expect(note.parse(body, 'a/note.json')).toEqual({ words: 'é "quoted" 漢', count: 2 });
  });

  it.each([
    ['nothing', bytes('')],
    ['half of itself', bytes('{"words": "cut o')],
    ['a page of HTML', bytes('<!doctype html><title>Sign in</title>')],
    ['bytes that are no UTF-8', Uint8Array.from([0x22, 0xff, 0x22])],
  ])('is refused as not JSON when it is %s, by what and where it is', (_, body) => {
    expect(() => note.parse(body, 'memory:a/note.json')).toThrow(ArchiveCorrupt);
    expect(() => note.parse(body, 'memory:a/note.json')).toThrow(
      `The note at memory:a/note.json is not JSON (${body.length} bytes). Make it again.`,
    );
  });

  it.each([
    ['lacks a field', '{"words": "a"}', /count/],
    ['has a field too many', '{"words": "a", "count": 1, "more": 1}', /more/],
    ['has a field of another type', '{"words": "a", "count": "1"}', /count/],
    ['is of another kind', '[]', /object/],
  ])('is refused when it %s, and the message names the place in it', (_, body, named) => {
    expect(() => note.parse(bytes(body), 'a/note.json')).toThrow(/^The note at a\/note\.json is not valid: /);
    expect(() => note.parse(bytes(body), 'a/note.json')).toThrow(named);
  });

  it('is validated before it is written too', () => {
    expect(() => note.serialise({ words: 'a', count: -1 }, 'a/note.json')).toThrow(
      /^The note to be written to a\/note\.json is not valid: .*count/,
    );
  });

  it('does not take over what a body says of its prototype', () => {
    const body = bytes('{"words": "a", "count": 1, "__proto__": {"admin": true}}');
    expect(() => note.parse(body, 'a/note.json')).toThrow(/__proto__/);
  });
});

describe('text and binary objects', () => {
  const page = textArtefact('page', /^<!doctype html>/i);
  const pdf = binaryArtefact('report', '%PDF-');

  it('are what begins as their kind does', () => {
    expect(page.parse(bytes('<!DOCTYPE html><p>é'), 'a')).toBe('<!DOCTYPE html><p>é');
    const body = Uint8Array.from([...bytes('%PDF-1.7\n'), 0xff, 0x00]);
    expect(pdf.parse(body, 'a')).toEqual(body);
  });

  it('are refused in both directions when they begin otherwise', () => {
    expect(() => page.parse(bytes('{}'), 'a.html')).toThrow(
      /^The page at a\.html does not begin as one does: "\{\}"/,
    );
    expect(() => page.serialise('', 'a.html')).toThrow(ArchiveCorrupt);
    expect(() => pdf.parse(bytes('%PD'), 'a.pdf')).toThrow(/^The report at a\.pdf .*\(3 bytes\)/);
    expect(() => pdf.serialise(new Uint8Array(), 'a.pdf')).toThrow(ArchiveCorrupt);
  });
});

it('a checksum is SHA-256 in lower-case hexadecimal', () => {
  // The example "abc" of FIPS 180-4.
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256(bytes('abc'))).toBe(sha256('abc'));
});
