const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** HTML's entities as the signs they stand for; what is none, or of no sign, stays as it is. */
export function decoded(html: string): string {
  return html.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (entity, name: string) => signOf(name) ?? entity);
}

function signOf(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
