import type { Theme } from './theme.ts';

/** The page's own ground, which charts know as white. */
const GROUND = 'var(--ground)';

/** The style sheets' name for a colour of the theme: `unitedStatesTint` is `--united-states-tint`. */
export function colourVariable(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The theme's colours as CSS variables; the style sheet of the web gives them other values in the dark. */
export function colourVariables({ colours }: Theme): string {
  return `:root{--ground:#fff;${Object.entries(colours)
    .map(([name, value]) => `${colourVariable(name)}:${value}`)
    .join(';')}}`;
}

/** A chart's colour on the web: by the name the theme has for it, so that light and dark are the style sheet's affair. */
export function webColour({ colours }: Theme): (colour: string) => string {
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(colours)) {
    const key = value.toLowerCase();
    if (!names.has(key)) names.set(key, `var(${colourVariable(name)})`);
  }
  return (colour) => {
    const written = colour.toLowerCase();
    return names.get(written) ?? (/^(white|#fff|#ffffff)$/.test(written) ? GROUND : colour);
  };
}
