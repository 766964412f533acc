import { BadRequest } from '../../functions/errors.ts';
import { completeLocales } from '../../functions/render/locales.ts';
import { acceptedLanguages, forget } from './accepted.ts';
import { readAsked } from './asked.ts';
import { inOneLine } from './compare-pages.ts';
import { isPlatformOfBaseline, OTHER_PLATFORM } from './platform.ts';
import { editorsTemplates, printRecording } from './printed-edition.ts';
import { rasterise } from './rasterise.ts';
import { acceptPages, type Folders, type LanguagePages, reviewPages } from './review.ts';

/** How a review ended: what to say, and whether every page is as accepted. */
export interface Reviewed {
  readonly lines: readonly string[];
  readonly same: boolean;
}

/**
 * Every page of the recorded edition in every complete language, as a picture beside the accepted one. A page that
 * differs is named with how much and where, and left as before, after and difference. `--accept` accepts the pages as
 * they are; `--lang fr` and `--page 3` narrow either. Pixels are promised on Linux on x86-64 alone.
 *
 * @throws BadRequest if it is asked for what there is not; the errors of the stages
 */
export async function visualReview(args: readonly string[], folders: Folders): Promise<Reviewed> {
  const templates = await editorsTemplates();
  const { complete } = completeLocales(templates);
  const asked = readAsked(args, complete);
  if (asked.accept && !isPlatformOfBaseline)
    throw new BadRequest(`${OTHER_PLATFORM} Accept pages on such a machine.`);
  const languages: LanguagePages[] = [];
  for (const { language, direction, pdf } of await printRecording(templates, asked.languages))
    languages.push({ language, direction, pages: await rasterise(pdf) });
  const count = languages.reduce((sum, { pages }) => sum + (asked.page === undefined ? pages.length : 1), 0);
  const named = asked.languages.join(', ');

  if (asked.accept) {
    await acceptPages(languages, asked, folders.baseline);
    if (asked.languages.length === complete.length)
      for (const language of await acceptedLanguages(folders.baseline))
        if (!complete.includes(language)) await forget(folders.baseline, language);
    return {
      lines: [`Accepted ${count} pages of ${named} in tests/visual/baseline. Commit them.`],
      same: true,
    };
  }

  const changed = await reviewPages(languages, asked, folders);
  const warning = isPlatformOfBaseline ? [] : [`${OTHER_PLATFORM} What follows may be this machine’s doing.`];
  const last =
    changed.length === 0
      ? `${count} pages of ${named} are as accepted. All of them: tests/visual/changed/contact-sheet.png`
      : `${changed.length} of ${count} pages changed. Look: tests/visual/changed/index.html. If they are as you want them: npm run visual -- --accept`;
  return { lines: [...warning, ...changed.map(inOneLine), last], same: changed.length === 0 };
}
