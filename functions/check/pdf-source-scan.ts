/** A piece of a page's markup, in order: a tag that begins or ends, or text with its entities decoded. */
export type Piece =
  | {
      readonly kind: 'begin';
      readonly tag: string;
      readonly attributes: ReadonlyMap<string, string>;
      readonly inside: readonly Element[];
    }
  | { readonly kind: 'end'; readonly tag: string; readonly inside: readonly Element[] }
  | { readonly kind: 'text'; readonly text: string; readonly inside: readonly Element[] };

/** An element around a piece. */
export interface Element {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: '’',
  nbsp: '\u00a0',
};
const PIECE =
  /<!--[\s\S]*?-->|<style\b[\s\S]*?<\/style>|<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|[^<]+/gi;

/**
 * The pieces of a page that this program wrote: every element is closed unless it has no content, and text has no bare
 * angle bracket. Comments and style sheets are left out.
 */
export function* scan(html: string): Generator<Piece> {
  const inside: Element[] = [];
  for (const [whole, slash, name, attributes] of html.matchAll(PIECE)) {
    if (name === undefined) {
      if (!whole.startsWith('<')) yield { kind: 'text', text: decoded(whole), inside };
      continue;
    }
    const tag = name.toLowerCase();
    if (slash === '/') {
      const place = inside.findLastIndex((element) => element.tag === tag);
      if (place >= 0) inside.length = place;
      yield { kind: 'end', tag, inside };
      continue;
    }
    const element = { tag, attributes: attributesOf(attributes ?? '') };
    yield { kind: 'begin', ...element, inside };
    if (!VOID.has(tag) && !attributes?.endsWith('/')) inside.push(element);
  }
}

/** Whether an element has a class. */
export function hasClass({ attributes }: Element, name: string): boolean {
  return (attributes.get('class') ?? '').split(/\s+/).includes(name);
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)].map(
      ([, name = '', double, single, bare]) => [name.toLowerCase(), decoded(double ?? single ?? bare ?? '')],
    ),
  );
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (NAMED[name] ?? whole);
  });
}
