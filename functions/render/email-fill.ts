import { TemplateError } from '../errors.ts';
import { PLACEHOLDERS, type Placeholder } from './email.ts';
import { escapeHtml } from './html.ts';

const FORM = new RegExp(`\\{(${PLACEHOLDERS.join('|')})\\}`, 'g');

/** A placeholder as it stands in a body. */
export function placeholder(name: Placeholder): string {
  return `{${name}}`;
}

/**
 * Puts a subscriber's URLs into a body. One pass: what is put in is never read again, and is escaped in HTML.
 *
 * @param values an `https:` URL for every placeholder
 * @throws TemplateError if a value is no such URL
 */
export function fillPlaceholders(
  body: string,
  values: Readonly<Record<Placeholder, string>>,
  part: 'html' | 'text',
): string {
  return body.replace(FORM, (_, name: Placeholder) => {
    const value = values[name];
    if (!/^https:\/\/[!-~]+$/.test(value) || /[<>"{}]/.test(value))
      throw new TemplateError(
        `The value of the placeholder "${name}" is no https URL: "${value.slice(0, 80)}". Give the subscriber’s own link.`,
        { placeholder: name },
      );
    return part === 'html' ? escapeHtml(value).replaceAll('&#61;', '=') : value;
  });
}
