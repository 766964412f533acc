import { wrongTemplate } from './template-error.ts';
import type { Templates } from './templates.ts';
import type { Theme } from './theme.ts';

/** The theme's faces as a style sheet that carries its fonts: static ones, since variable fonts become Type 3 in a PDF. */
export function fontFaces({ faces }: Theme, { fonts }: Templates): string {
  return faces
    .map(({ family, weight, style, package: name, file }) => {
      const data = fonts.get(`${name}/${file}`);
      if (data === undefined) {
        throw wrongTemplate(
          { file: 'theme.json' },
          `the font file ${name}/${file} is missing. Install its package with npm ci.`,
        );
      }
      return `@font-face{font-family:"${family}";font-weight:${weight};font-style:${style};src:url(data:font/woff2;base64,${data}) format("woff2")}`;
    })
    .join('\n');
}

/** The faces that must have loaded before printing, as CSS font shorthands. */
export function fontShorthands({ faces }: Theme): string[] {
  return faces.map(({ family, weight, style }) => `${style} ${weight} 12px "${family}"`);
}
