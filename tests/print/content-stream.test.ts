import { describe, expect, it } from 'vitest';
import { withArtifacts } from '../../functions/print/artifacts.ts';
import { runsOf, textOf } from '../../functions/print/clusters.ts';
import { instructionsOf, markOf } from '../../functions/print/content-stream.ts';
import { withEarlyEnds } from '../../functions/print/mark-ends.ts';

const page = (text: string) => withArtifacts({ kind: 'page', text, height: 800 });
const operators = (text: string) => [...instructionsOf(text)].map(({ operator }) => operator);

describe('what a page draws', () => {
  it('is read instruction by instruction, whatever stands in its texts', () => {
    const text = '/Span <</ActualText (a\\) EMC [b) /MCID 7>> BDC % EMC\n[(x) -1.5 <00 41>] TJ true gs EMC';
    const [begin, show, set] = [...instructionsOf(text)];
    expect(operators(text)).toEqual(['BDC', 'TJ', 'gs', 'EMC']);
    expect(begin && markOf(begin)).toBe(7);
    expect(show?.operands).toEqual(['[(x) -1.5 <00 41>]']);
    expect(set?.operands).toEqual(['true']);
  });

  it.each([
    ['an image in the line', 'BI /W 1 ID xx EI'],
    ['numbers without an operator', '1 0 0'],
    ['a string without an end', '(abc'],
  ])('is not read past %s', (_, text) => {
    expect(() => operators(text)).toThrow(SyntaxError);
  });
});

describe('an artifact', () => {
  it('is a head or a foot before the page is clipped to its content, by where it stands', () => {
    const head = page('BT 1 0 0 -1 80 60 Tm <01> Tj ET W n');
    expect(head).toMatch(/^\/Artifact <<\/Type \/Pagination \/Subtype \/Header [^>]*>> BDC\nBT/);
    expect(page('BT 1 0 0 -1 80 1000 Tm <01> Tj ET W n')).toContain('/Subtype /Footer');
  });

  it('is layout afterwards, and what is marked already stays as it is', () => {
    const text = 'W n 0 0 5 5 re f /P <</MCID 0>> BDC 1 1 2 2 re f EMC';
    expect(page(text)).toBe(
      'W n /Artifact <</Type /Layout>> BDC\n0 0 5 5 re f\nEMC /P <</MCID 0>> BDC 1 1 2 2 re f EMC',
    );
  });

  it('reaches around a text whose direction is marked within', () => {
    const text = 'W n BT /ReversedChars BMC <01> Tj EMC ET';
    expect(page(text)).toBe(`W n /Artifact <</Type /Layout>> BDC\n${text.slice(4)}\nEMC`);
  });

  it('is no path that only clips, and no form, which marks its own parts', () => {
    for (const text of ['0 0 5 5 re W n', 'q 1 0 0 1 0 0 cm /X1 Do Q']) expect(page(text)).toBe(text);
  });
});

describe('a marked part', () => {
  it('ends where its last is painted', () => {
    const text = '/P <</MCID 0>> BDC BT <01> Tj ET q 1 0 0 rg EMC /P <</MCID 1>> BDC BT <02> Tj ET EMC';
    expect(withEarlyEnds(text)).toBe(
      '/P <</MCID 0>> BDC BT <01> Tj ET\nEMC q 1 0 0 rg  /P <</MCID 1>> BDC BT <02> Tj ET EMC',
    );
  });
});

describe('a run of text', () => {
  const map = new Map([
    [1, 'a'],
    [2, 'b'],
  ]);

  it('says what its glyphs say, and what is said beside them', () => {
    const [run] = runsOf(
      'BT /F1 10 Tf 1 0 0 -1 5 6 Tm <0001> Tj /Span <</ActualText <FEFF006200E9>>> BDC <0009> Tj 2 1 Td <0003> Tj EMC ET',
    );
    expect(run).toMatchObject({
      font: 'F1',
      size: 10,
      matrix: '1 0 0 -1 5 6',
      reversed: false,
      simple: true,
    });
    expect(run?.clusters[1]?.glyphs).toEqual([
      { code: 9, move: undefined },
      { code: 3, move: [2, 1] },
    ]);
    expect(run && textOf(run, map)).toBe('abé');
  });

  it('is read from its end where it is shown from there', () => {
    const [run] = runsOf('BT /ReversedChars BMC /F1 10 Tf <00010002> Tj EMC ET');
    expect(run && textOf(run, map)).toBe('ba');
  });
});
