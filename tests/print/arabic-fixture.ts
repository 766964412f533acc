import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { PrintJob } from '../../functions/render/print-job.ts';
import { jobOf } from './fixture.ts';

const require = createRequire(import.meta.url);

function face(family: string, weight: number, file: string): string {
  const data = readFileSync(require.resolve(`@fontsource/${file}.woff2`)).toString('base64');
  return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2")}`;
}

/** Headings of the Arabic fixture as they are written, with the level of each. */
export const HEADINGS: readonly (readonly [level: number, text: string])[] = [
  [1, 'ميزان النماذج المفتوحة'],
  [2, 'الاستخدام والتنزيلات'],
  [2, 'مؤشّر الأسعار والتراخيص لشهر يوليو'],
  [2, 'الرموز عبر OpenRouter (يوليو 2026)'],
];

const PROSE =
  'تُحسب التنزيلات كل شهر، وهذا ما تتحدث عنه هذه الصفحة. المؤشّر الأوّل هو حصّة كلّ جانب بنسبة 87.5% من الرموز.';

/**
 * A report in small that is read from the right: headings, a link, a list, a table, a chart, and names in Latin letters;
 * in faces that draw most letters with several glyphs.
 */
export function arabicReport(): string {
  const [title, ...headings] = HEADINGS.map(([, text]) =>
    text.replace('OpenRouter', '<bdi lang="en">$&</bdi>'),
  );
  const sections = headings.map(
    (heading, index) => `<section id="s${index}"><h2>${heading}</h2><p>${PROSE} ${PROSE}</p></section>`,
  );
  return `<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>Fixture</title><style>
${face('Noto Naskh Arabic', 400, 'noto-naskh-arabic/files/noto-naskh-arabic-arabic-400-normal')}
${face('Noto Naskh Arabic', 700, 'noto-naskh-arabic/files/noto-naskh-arabic-arabic-700-normal')}
${face('Inter', 400, 'inter/files/inter-latin-400-normal')}
@page{size:A4;margin:20mm;@bottom-right{content:counter(page) " / " counter(pages);font:400 9pt Inter}}
*{font-synthesis:none} body{font:400 11pt "Noto Naskh Arabic",Inter} h1,h2{font-weight:700} th{font-weight:400}
h2{border-bottom:1px solid}
</style></head><body><header id="cover"><h1>${title}</h1><p>الصين والولايات المتحدة: <bdi lang="en">DeepSeek V3.2</bdi> أوّلاً.</p></header>
<ul><li><a href="#s0">الاستخدام والتنزيلات</a></li><li><a href="https://example.org/">موقع</a></li></ul>
${sections.join('\n')}
<figure><figcaption>لوحة</figcaption><svg role="img" aria-label="حصّة الصين أكبر" style="direction:ltr" width="90" height="20"><rect width="50" height="20"/></svg></figure>
<table><thead><tr><th scope="col">الجهة</th><th scope="col">الحصّة</th><th scope="col">التغيّر</th></tr></thead>
<tbody><tr><th scope="row">الصين</th><td>61.1</td><td>3.2</td></tr><tr><th scope="row">أوروبا</th><td></td><td>0.4</td></tr></tbody></table>
</body></html>`;
}

export function arabicJob(): PrintJob {
  return jobOf({
    title: 'ميزان النماذج المفتوحة، يوليو 2026',
    subject: 'الصين أوّلاً.',
    language: 'ar',
    direction: 'rtl',
    pictures: [],
    fonts: ['400 12px "Noto Naskh Arabic"', '700 12px "Noto Naskh Arabic"', '400 12px "Inter"'],
  });
}
